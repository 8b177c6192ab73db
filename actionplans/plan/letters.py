"""What the letter of a plan says: the newest plan with its reader, and never anybody else's.

Only a complainant's letter can have these values, and none is put together for somebody who is a respondent too.
"""

from collections.abc import Callable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.models import Action, Plan
from actionplans.plan.items import every_words
from actionplans.plan.schema import PlansSection
from actionplans.plan.selectors import newest_plan
from cases.choices import PartyRole
from letters.composing.document import Table
from letters.composing.engine import Value
from letters.suggesting import done_for_reader
from letters.values import COMPLAINANT_ONLY, Placeholder, Writing, letter_values
from policies.wording import long_date
from policies.working_time import LONDON

SAID_TO_THEM = ("For you to ", "For you ")
"""How the template begins what it asks of them; under a heading that says so it is left out."""


def register() -> None:
    for name, description, value, optional in (
        ("actions_ours", gettext_lazy("What we do by the plan: action, who, by when"), _actions_ours, False),
        ("actions_theirs", gettext_lazy("What they do by the plan: action, by when"), _actions_theirs, True),
        ("plan_agreed_on", gettext_lazy("The day the plan was agreed"), _of_plan(_agreed_on), False),
        ("plan_contact", gettext_lazy("How often we speak, by the plan"), _of_plan(_contact), False),
    ):
        letter_values.register(name, Placeholder(description, value, COMPLAINANT_ONLY, optional=optional))
    done_for_reader.register("plan", done_by_plan)


def done_by_plan(writing: Writing) -> list[str]:
    """What we did of the newest plan with the reader."""
    actions = _actions(writing, Action.Side.LANDLORD)
    return [capfirst(one.words) for one in actions if one.done_at is not None]


def plan_for(writing: Writing) -> Plan | None:
    """The newest with the reader of this letter."""
    if writing.addressee is None:
        return None
    other_side = writing.case.parties.filter(person=writing.addressee, role=PartyRole.RESPONDENT)
    return None if other_side.exists() else newest_plan(writing.case, writing.addressee.pk)


def _of_plan(chosen: Callable[[Plan], str]) -> Callable[[Writing], Value]:
    def value(writing: Writing) -> Value:
        plan = plan_for(writing)
        return chosen(plan) if plan else None

    return value


def _agreed_on(plan: Plan) -> str:
    return long_date(plan.agreed_at.astimezone(LONDON).date())


def _contact(plan: Plan) -> str:
    return every_words(plan.contact_every_days)


def _actions_ours(writing: Writing) -> Value:
    rows = tuple(
        (capfirst(one.words), _owner(one), _by(one)) for one in _actions(writing, Action.Side.LANDLORD)
    )
    return Table((_("What"), _("Who"), _("By when")), rows, "actions_ours") if rows else None


def _actions_theirs(writing: Writing) -> Value:
    rows = tuple((_theirs(one, writing), _by(one)) for one in _actions(writing, Action.Side.COMPLAINANT))
    return Table((_("What"), _("By when")), rows, "actions_theirs") if rows else None


def _actions(writing: Writing, side: Action.Side) -> list[Action]:
    """Done or still to do; what was dropped is no longer part of the plan."""
    plan = plan_for(writing)
    if plan is None:
        return []
    actions = plan.actions.filter(who=side, dropped_at__isnull=True)
    return list(actions.select_related("owner__user").order_by("pk"))


def _theirs(action: Action, writing: Writing) -> str:
    """A landlord whose document prints the template has its words as they stand."""
    words = action.words
    if writing.policy.section(PlansSection).plans.template.interpretation:
        opening = next((one for one in SAID_TO_THEM if words.startswith(one)), "")
        words = words.removeprefix(opening)
    return capfirst(words)


def _owner(action: Action) -> str:
    return action.owner.user.name if action.owner else ""


def _by(action: Action) -> str:
    if action.done_at is not None:
        return _("Done on %(day)s") % {"day": long_date(action.done_at.astimezone(LONDON).date())}
    return long_date(action.by) if action.by else _("Any time")
