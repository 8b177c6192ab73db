"""Everything that speaks against a plan as it is about to be agreed, told at once."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from actionplans.models import Action, Plan
from actionplans.plan.items import every_words
from actionplans.plan.schema import LONGEST_INTERVAL, ContentRule, IntervalRule, Plans
from actionplans.plan.selectors import owners_for
from cases.choices import PartyRole
from cases.confided import known_on
from cases.models import Case, Deadline, Party
from landlords.permissions import Refused
from policies.working_time import LONDON
from timeline import clock

LONGEST_WORDS = 500
A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class ActionDetails:
    """One action as agreed. ``item`` is the key of the template's item; a landlord's has ``owner_id`` and ``by``."""

    who: str
    words: str
    item: str = ""
    owner_id: int | None = None
    by: datetime.date | None = None


@dataclass(frozen=True)
class Draft:
    """A plan before it is one. ``dropped``: reasons by the id of an unfinished action; the others are carried on."""

    case: Case
    party: Party
    policy: Plans
    days: int | None
    actions: Sequence[ActionDetails]
    agreed_at: datetime.datetime
    late_reason: str
    why_changed: str
    before: Plan | None
    unfinished: Sequence[Action]
    dropped: Mapping[int, str]

    @property
    def carried(self) -> list[Action]:
        return [action for action in self.unfinished if action.pk not in self.dropped]


def complainant(case: Case, person_id: int) -> Party:
    """Raises Refused for anybody else, and for a complainant who is also a respondent of this case.

    The plan may name the respondent and how the complainant is protected: it is made with nobody on the other side.
    """
    theirs = case.parties.filter(person_id=person_id).select_related("person")
    parts = {one.role: one for one in known_on(case, theirs)}
    if PartyRole.RESPONDENT in parts:
        words = _("%(name)s is an alleged perpetrator on this case: no complainant's plan is made with them.")
        raise Refused(words % {"name": parts[PartyRole.RESPONDENT].person.name})
    if PartyRole.COMPLAINANT not in parts:
        raise Refused(_("Choose a complainant of this case."))
    return parts[PartyRole.COMPLAINANT]


def problems(draft: Draft) -> list[str]:
    """Every reason against the plan, in the user's words."""
    return [
        *_interval(draft),
        *_actions(draft),
        *_contents(draft),
        *_when(draft),
        *_change(draft),
    ]


def lacking(policy: Plans, actions: Sequence[Action | ActionDetails]) -> list[ContentRule]:
    """What the policy, or our reading of it, wants in every plan and these actions do not hold."""
    there = {f"{action.who}_action" for action in actions}
    items = [policy.item(action.item) for action in actions if action.item]
    if any(item is not None and item.supports for item in items):
        there.add("support")
    return [rule for rule in policy.contents if rule.need not in there]


def owed_since(case: Case, person_id: int) -> datetime.datetime:
    """The earliest moment anything can have been agreed with them or done for them: when their duties began."""
    first = Deadline.objects.filter(case=case, person=person_id).order_by("start_at").first()
    return min(first.start_at, case.opened_at) if first else case.opened_at


def not_later_than_now(moment: datetime.datetime) -> Iterator[str]:
    if moment > clock.now():
        yield _("The date and time cannot be in the future.")


def explained_if_late(moment: datetime.datetime, late_reason: str) -> Iterator[str]:
    """More than a day back something is recorded late, and says why."""
    if clock.now() - moment > A_DAY and not late_reason.strip():
        yield _("This is dated more than a day back: say why it is recorded only now.")


def owner_problems(case: Case, details: ActionDetails) -> Iterator[str]:
    """A landlord's action has somebody who does it, who can open the case, and a day that has not passed."""
    name = {"action": Truncator(details.words).chars(80)}
    if details.owner_id is None:
        yield _("“%(action)s”: choose who does it.") % name
    elif details.owner_id not in {member.pk for member in owners_for(case)}:
        yield _("“%(action)s”: whoever does it must work here and be able to open this case.") % name
    if details.by is None:
        yield _("“%(action)s”: say by when.") % name
    yield from day_problems(details)


def day_problems(details: ActionDetails) -> Iterator[str]:
    if details.by is not None and details.by < clock.now().astimezone(LONDON).date():
        name = {"action": Truncator(details.words).chars(80)}
        yield _("“%(action)s”: the day it is to be done by has passed.") % name


def _interval(draft: Draft) -> Iterator[str]:
    rule = draft.policy.interval
    name = draft.party.person.name
    if draft.days is None:
        told = _("Agree with %(name)s how often we speak, and say it in days.")
        yield _sourced(told % {"name": name}, rule.clause)
    elif not 1 <= draft.days <= LONGEST_INTERVAL:
        yield _("The days between contacts must be from 1 to %(most)d.") % {"most": LONGEST_INTERVAL}
    elif not rule.allows(draft.days):
        yield _sourced(_too_seldom(rule), rule.clause)


def _too_seldom(rule: IntervalRule) -> str:
    offered = _(" or ").join(every_words(days) for days in rule.choices)
    return _("We speak %(offered)s, or more often; less often cannot be agreed.") % {"offered": offered}


def _actions(draft: Draft) -> Iterator[str]:
    if not draft.actions and not draft.carried:
        yield _("The plan has no action: say what each of you does.")
    for details in draft.actions:
        yield from _action(draft.case, details)


def _action(case: Case, details: ActionDetails) -> Iterator[str]:
    name = {"action": Truncator(details.words).chars(80), "most": LONGEST_WORDS}
    if not details.words.strip():
        yield _("An action has no words: say what is done.")
    if len(details.words) > LONGEST_WORDS:
        yield _("“%(action)s”: the words of an action must be %(most)d characters or fewer.") % name
    if details.who == Action.Side.LANDLORD:
        yield from owner_problems(case, details)
    elif details.who == Action.Side.COMPLAINANT:
        yield from day_problems(details)
    else:
        yield _("“%(action)s”: say whose it is, the complainant's or ours.") % name


def _contents(draft: Draft) -> Iterator[str]:
    """Only a clause refuses; our readings are shown on the plan (decision 18)."""
    if draft.actions or draft.carried:
        for rule in lacking(draft.policy, [*draft.actions, *draft.carried]):
            if not rule.interpretation:
                yield _sourced(rule.text, rule.clause)


def _when(draft: Draft) -> Iterator[str]:
    yield from not_later_than_now(draft.agreed_at)
    yield from explained_if_late(draft.agreed_at, draft.late_reason)
    if draft.agreed_at < owed_since(draft.case, draft.party.person_id):
        yield _("It cannot have been agreed before the complainant came to this case.")
    if draft.before is not None and draft.agreed_at < draft.before.agreed_at:
        yield _("It cannot have been agreed before version %(version)d.") % {"version": draft.before.version}


def _change(draft: Draft) -> Iterator[str]:
    if draft.before is not None and not draft.why_changed.strip():
        yield _("Say why the plan changes.")
    if len(draft.why_changed) > LONGEST_WORDS:
        yield _("Why the plan changes must be %(most)d characters or fewer.") % {"most": LONGEST_WORDS}
    known = {action.pk: action for action in draft.unfinished}
    for key, reason in draft.dropped.items():
        if key not in known:
            yield _("An action to be dropped is no longer unfinished. Open the plan again.")
        elif not reason.strip():
            yield _("“%(action)s”: say why it is dropped.") % {
                "action": Truncator(known[key].words).chars(80)
            }


def _sourced(text: str, clause: str | None) -> str:
    return f"{text} ({clause})" if clause else text
