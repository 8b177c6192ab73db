"""How plans are shown to staff: the panel on the overview and the rows of the plan page."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplans.models import Action, Plan
from actionplans.plan.checking import lacking
from actionplans.plan.items import every_words
from actionplans.plan.schema import Plans, PlansSection
from actionplans.plan.selectors import Standing, complainants_among, newest_actions, standings
from actionplans.plan.services import HowSent
from cases.models import Deadline, Party
from cases.pages import duties
from cases.selectors.file import CaseFile
from landlords.permissions import Permission, can
from letters.pages.due import address
from policies.sections import Sourced
from policies.wording import short_date
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor

SHOWN = 3
"""Actions of a plan on the overview: those that are late or next."""


@dataclass(frozen=True)
class ActionRow:
    """One action as a line of a table. ``state`` is a kind of sign; ``key`` is empty where nothing can be done."""

    words: str
    who: str
    by: str
    state: str
    state_text: str
    outcome: str = ""
    key: str = ""
    ours: bool = False


@dataclass(frozen=True)
class Remark:
    """Something a plan lacks or does not know of yet: a reminder, or a duty of the policy not done."""

    text: str
    source: Sourced


def draw_panel(file: CaseFile, by: Actor) -> dict[str, Any] | None:
    """The newest plan with each complainant; a complainant without one is told while the case is open."""
    people = complainants_among(file.parties)
    if not people:
        return None
    actions: dict[int, list[Action]] = {}
    for action in newest_actions(file.case):
        actions.setdefault(action.plan.person_id, []).append(action)
    may = file.case.is_open and can(by, Permission.AGREE_PLAN)
    drawn = [_panel(file, party, actions.get(party.person_id, []), may) for party in people]
    wanted = file.case.is_open and file.case.route == "asb"
    shown = {
        "plans": [one for one in drawn if one["version"]],
        "lacking": [one for one in drawn if not one["version"]] if wanted else [],
    }
    return shown if any(shown.values()) else None


def _panel(file: CaseFile, party: Party, actions: list[Action], may: bool) -> dict[str, Any]:
    plan = actions[0].plan if actions else None
    policy = file.policy.section(PlansSection).plans
    words = {"name": party.person.name, "version": plan.version if plan else 0}
    heading = _("Action plan with %(name)s, version %(version)d") if plan else _("Action plan with %(name)s")
    open_ones = sorted((one for one in actions if not one.settled), key=_by_day)
    return {
        **words,
        "id": f"plan-{party.person.key}",
        "heading": heading % words,
        "rows": [action_row(action, party) for action in open_ones[:SHOWN]],
        "more": _more(len(open_ones[SHOWN:]), len(actions) - len(open_ones)),
        "foot": _foot(plan, policy) if plan else "",
        "respondent": file.policy.core.words.respondent,
        "url": agree_url(file, party) if may else reverse("plan", args=[file.case.reference]),
        "label": (_("Change") if plan else _("Agree it")) if may else _("See it"),
        "whole_url": reverse("plan", args=[file.case.reference]),
    }


def _by_day(action: Action) -> tuple[bool, datetime.date]:
    """What is late or next first, what goes on without a day last."""
    return action.by is None, action.by or datetime.date.max


def _more(left: int, settled: int) -> str:
    """ "4 more to do, 2 settled" """
    told = (
        [ngettext("%(number)d more to do", "%(number)d more to do", left) % {"number": left}] if left else []
    )
    told += [_("%(number)d settled") % {"number": settled}] if settled else []
    return ", ".join(told)


def _foot(plan: Plan, policy: Plans) -> str:
    sent = sent_words(plan) or (_("Not sent yet.") if policy.sent else "")
    agreed = _("Agreed %(when)s.") % {"when": duties.moment_words(plan.agreed_at)}
    often = _("We speak %(interval)s.") % {"interval": every_words(plan.contact_every_days)}
    return " ".join(filter(None, [agreed, sent, often]))


def sent_words(plan: Plan) -> str:
    if plan.sent_at is None:
        return ""
    words = {"how": str(HowSent(plan.sent_how).label), "when": duties.moment_words(plan.sent_at)}
    return _("Sent: %(how)s, %(when)s.") % {**words, "how": words["how"].lower()}


def sections_of(file: CaseFile, by: Actor) -> list[dict[str, Any]]:
    """The plan page, one section for each complainant."""
    policy = file.policy.section(PlansSection).plans
    may = file.case.is_open and can(by, Permission.AGREE_PLAN)
    people = complainants_among(file.parties)
    found = standings(file.case, [party.person_id for party in people])
    return [
        _section(file, party, found[party.person_id], policy, may)
        | {"letter_url": _letter_url(file, party, found[party.person_id], by)}
        for party in people
    ]


def _letter_url(file: CaseFile, party: Party, standing: Standing, by: Actor) -> str:
    """Only for a plan that was not sent yet."""
    if standing.newest is None or standing.newest.sent_at is not None or not file.case.is_open:
        return ""
    if not can(by, Permission.WRITE_LETTERS):
        return ""
    return address("action_plan", file.case.reference, party.person)


def _section(file: CaseFile, party: Party, standing: Standing, policy: Plans, may: bool) -> dict[str, Any]:
    plan = standing.newest
    return {
        "party": party,
        "plan": plan,
        "plan_words": _agreed_words(plan) if plan else "",
        "sent_words": sent_words(plan) if plan else "",
        "unsent": policy.sent if plan and plan.sent_at is None else None,
        "unsent_sign": "reminder" if policy.sent and policy.sent.interpretation else "on_time",
        "interval": _interval_words(party, plan),
        "spoke": _spoke_words(standing),
        "remarks": remarks(policy, standing) if plan and file.case.is_open else [],
        "rows": [action_row(one, party, may=may) for one in plan.actions.all()] if plan else [],
        "earlier": [_version(one, party) for one in standing.plans[1:]],
        "agree_url": agree_url(file, party) if may else "",
        "send_url": reverse("send-plan", args=[file.case.reference, plan.key])
        if may and plan and plan.sent_at is None
        else "",
    }


def _version(plan: Plan, party: Party) -> dict[str, Any]:
    return {
        "label": _("Version %(version)d") % {"version": plan.version},
        "words": _agreed_words(plan),
        "sent_words": sent_words(plan),
        "interval": every_words(plan.contact_every_days),
        "why": plan.why_changed,
        "rows": [action_row(one, party, newest=False) for one in plan.actions.all()],
    }


def remarks(policy: Plans, standing: Standing) -> list[Remark]:
    """What speaks for changing the newest plan. Never shown as missed: no time is set for any of it."""
    plan = standing.newest
    if plan is None:
        return []
    found = [Remark(rule.text, rule) for rule in lacking(policy, list(plan.actions.all()))]
    if standing.incident_at and standing.incident_at > plan.recorded_at:
        told = _("Something has happened since this version. Go through the plan again.")
        found.append(Remark(told, policy.looked_at_again))
    if standing.assessed_at and standing.assessed_at > plan.recorded_at:
        told = _("The risk has been assessed since this version. Does the plan still answer it?")
        found.append(Remark(told, policy.after_risk))
    often = policy.interval.when_high
    if standing.high_risk and often and plan.contact_every_days > often:
        told = _("The risk is high: consider speaking %(interval)s.") % {"interval": every_words(often)}
        found.append(Remark(told, policy.interval))
    return found


def duty_address(deadline: Deadline, reference: str) -> str:
    """The part of the plan page about whoever it is owed to: agreeing and sending both begin there."""
    return reverse("plan", args=[reference]) + (f"#plan-{deadline.person.key}" if deadline.person else "")


def agree_url(file: CaseFile, party: Party) -> str:
    return reverse("agree-plan", args=[file.case.reference, party.person.key])


def action_row(action: Action, party: Party, *, may: bool = False, newest: bool = True) -> ActionRow:
    state, text = _state(action, newest)
    return ActionRow(
        words=capfirst(action.words),
        who=action.owner.user.name if action.owner else party.person.name,
        by=_day(action.by) if action.by else "",
        state=state,
        state_text=text,
        outcome=_outcome(action),
        key=str(action.key) if may and not action.settled else "",
        ours=action.who == Action.Side.LANDLORD,
    )


def _state(action: Action, newest: bool) -> tuple[str, str]:
    """An action's day is agreed, and no clause times it: past it reminds, and is not a miss (decision 1)."""
    if action.done_at is not None:
        return "met", _("Done")
    if action.dropped_at is not None:
        return "impossible", _("Dropped")
    if not newest:
        return "on_time", _("Carried on")
    days = (clock.now().astimezone(LONDON).date() - action.by).days if action.by else 0
    if days > 0:
        return "reminder", _late_words(action, days)
    return "on_time", _left(-days) if action.by else _("Going on")


def _late_words(action: Action, days: int) -> str:
    """What the complainant does is not ours to remind of; we ask."""
    if action.who == Action.Side.COMPLAINANT:
        return _("Ask how it went")
    return ngettext("Not done, %(days)d day", "Not done, %(days)d days", days) % {"days": days}


def _left(days: int) -> str:
    if days < 2:
        return _("Tomorrow") if days else _("Due today")
    return _("In %(days)d days") % {"days": days}


def _outcome(action: Action) -> str:
    settled = action.done_at or action.dropped_at
    if settled is None:
        return ""
    return f"{duties.moment_words(settled)}, {action.settled_by}. {action.outcome}"


def _agreed_words(plan: Plan) -> str:
    words = {"when": duties.moment_words(plan.agreed_at), "who": plan.recorded_by}
    return _("Agreed %(when)s, recorded by %(who)s.") % words


def _interval_words(party: Party, plan: Plan | None) -> str:
    """What is agreed now, which a contact since may have changed."""
    days = party.contact_every_days or (plan.contact_every_days if plan else None)
    if days is None:
        return _("How often we speak is not agreed yet.")
    return _("We speak %(interval)s.") % {"interval": every_words(days)}


def _spoke_words(standing: Standing) -> str:
    if standing.spoke_at is None:
        return _("We have not spoken yet.")
    return _("Last spoke %(when)s.") % {"when": duties.moment_words(standing.spoke_at)}


def _day(day: datetime.date) -> str:
    return short_date(day, with_year=day.year != clock.now().astimezone(LONDON).year)
