"""A clock in words: what there is to do, how it stands, when it is due. Shared by My work and the case page."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.choices import Basis, DeadlineState
from cases.models import Breach, Deadline
from policies.calendars import WorkingCalendar
from policies.rules import describe, parse_dated_rule, parse_rule
from policies.wording import by_end_of, missed_by, short_date, time_left
from policies.wording import clock as clock_words
from policies.working_time import LONDON, is_late, lateness
from timeline import clock

TASKS: dict[str, tuple[str | Promise, str | Promise]] = {
    "acknowledgement": (
        gettext_lazy("Acknowledge the report of %(name)s"),
        gettext_lazy("Acknowledge the report"),
    ),
    "initial_contact": (gettext_lazy("Make first contact with %(name)s"), gettext_lazy("Make first contact")),
    "risk_assessment": (gettext_lazy("Assess the risk to %(name)s"), gettext_lazy("Assess the risk")),
    "action_plan": (
        gettext_lazy("Agree the action plan with %(name)s"),
        gettext_lazy("Agree the action plan"),
    ),
    "contact_update": (gettext_lazy("Speak with %(name)s"), gettext_lazy("Speak with the complainant")),
    "contact_until_agreed": (
        gettext_lazy("Speak with %(name)s and agree how often"),
        gettext_lazy("Speak with the complainant and agree how often"),
    ),
    "risk_review": (gettext_lazy("Review the risk to %(name)s"), gettext_lazy("Review the risk")),
    "risk_action": (
        gettext_lazy("Decide what is done about the risk to %(name)s"),
        gettext_lazy("Decide what is done about the risk"),
    ),
    "partner_share": (
        gettext_lazy("Discuss the risk to %(name)s with partners"),
        gettext_lazy("Discuss the risk with partners"),
    ),
    "liaison_officer": (
        gettext_lazy("Give %(name)s a liaison officer"),
        gettext_lazy("Name a liaison officer"),
    ),
    "case_review_information": (
        gettext_lazy("Tell %(name)s about the ASB case review"),
        gettext_lazy("Tell the complainant about the ASB case review"),
    ),
    "resolution": (gettext_lazy("Resolve the case of %(name)s"), gettext_lazy("Resolve the case")),
    "domestic_abuse_referral": (
        gettext_lazy("Refer %(name)s to domestic abuse support"),
        gettext_lazy("Make the domestic abuse referral"),
    ),
    "lead_agency": (
        gettext_lazy("Agree which agency leads"),
        gettext_lazy("Agree which agency leads"),
    ),
    "triage_decision": (
        gettext_lazy("Decide the report of %(name)s"),
        gettext_lazy("Decide the waiting report"),
    ),
}
"""By kind: what to do with a name, and without one."""


@dataclass(frozen=True)
class Sign:
    """A state sign and its words."""

    kind: str
    text: str


def task(deadline: Deadline) -> str:
    """What to do, verb first."""
    named, unnamed = TASKS[deadline.kind]
    return str(named) % {"name": deadline.person.name} if deadline.person else str(unnamed)


def title(deadline: Deadline) -> str:
    return f"{deadline.label}: {deadline.person.name}" if deadline.person else deadline.label


def is_missed(deadline: Deadline) -> bool:
    """A promise past its due second, whether or not the sweep has found it yet."""
    if deadline.basis != Basis.PROMISE or deadline.due_at is None:
        return False
    passed = deadline.state == DeadlineState.RUNNING and is_late(deadline.due_at, clock.now())
    return passed or deadline.breached_at is not None


def sign(deadline: Deadline, calendar: WorkingCalendar, breach: Breach | None = None) -> Sign:
    """How a clock stands. A reminder is never missed and never red (decision 1)."""
    if breach is not None and breach.confirmed_at is not None:
        return Sign("met", _("Met, recorded late"))
    if is_missed(deadline):
        return _missed(deadline, calendar)
    if deadline.state == DeadlineState.MET:
        return Sign("met", _("Met") if deadline.basis == Basis.PROMISE else _("Done"))
    if deadline.state == DeadlineState.IMPOSSIBLE:
        return Sign("impossible", _("Not possible"))
    if deadline.state == DeadlineState.WITHDRAWN:
        return Sign("impossible", _("Replaced"))
    return _running(deadline)


def _missed(deadline: Deadline, calendar: WorkingCalendar) -> Sign:
    assert deadline.due_at is not None
    if deadline.breached_at is not None and not deadline.needs_explanation:
        return Sign("missed_explained", _("Missed, explained"))
    until = deadline.met_at or clock.now()
    late = lateness(parse_dated_rule(deadline.rule), deadline.due_at, until, calendar)
    if deadline.state == DeadlineState.WITHDRAWN:
        return Sign("missed", _("Missed"))
    return Sign("missed", missed_by(late) if late else _("Missed: recorded late"))


def _running(deadline: Deadline) -> Sign:
    now, reminder = clock.now(), deadline.basis == Basis.REMINDER
    if deadline.due_at is None:
        days = _days_between(deadline.start_at, now)
        return Sign("reminder", _not_done(days)) if reminder else Sign("on_time", _open_for(days))
    left = time_left(_local(deadline.due_at), _local(now))
    if reminder:
        days = _days_between(deadline.due_at, now)
        return Sign("reminder", _not_done(days) if days > 0 else left)
    soon = deadline.amber_at is not None and deadline.amber_at <= now
    return Sign("due_soon" if soon else "on_time", left)


def due_words(deadline: Deadline) -> str:
    """For lists: "was due Wed 30 Dec", "by the end of Fri 27 Nov", "since Mon 16 Nov"."""
    if deadline.due_at is None:
        return _("since %(day)s") % {"day": _short(deadline.start_at)}
    if is_missed(deadline):
        return _("was due %(day)s") % {"day": _short(deadline.due_at)}
    if is_late(deadline.due_at, clock.now()):
        return _("was for %(day)s") % {"day": _short(deadline.due_at)}
    return by_end(deadline.due_at, short=True)


def by_end(moment: datetime.datetime, *, short: bool = False) -> str:
    """``short`` is for lists."""
    return by_end_of(_local(moment), _local(clock.now()).date(), short=short)


def by_end_sentence(deadline: Deadline) -> str:
    """ "By the end of Friday 27 November." or, without a date, the rule as it is written."""
    if deadline.due_at is None:
        since = {"rule": capfirst(describe(parse_rule(deadline.rule))), "day": _short(deadline.start_at)}
        return _("%(rule)s. Owed since %(day)s.") % since
    if is_missed(deadline):
        return _("Was due %(when)s.") % {"when": by_end(deadline.due_at)}
    return _("%(when)s.") % {"when": capfirst(by_end(deadline.due_at))}


def moment_words(moment: datetime.datetime) -> str:
    """ "Tue 29 Dec, 11:04am", with the year when it is not this one."""
    local = _local(moment)
    other_year = local.year != _local(clock.now()).year
    day = short_date(local.date(), with_year=other_year)
    return _("%(day)s, %(time)s") % {"day": day, "time": clock_words(local.time())}


def is_today(deadline: Deadline) -> bool:
    return deadline.due_at is not None and _days_between(clock.now(), deadline.due_at) == 0


def attempts_words(number: int) -> str:
    """An attempt is not contact: said wherever one could be taken for it."""
    if not number:
        return ""
    words = ngettext("%(number)d attempt", "%(number)d attempts", number) % {"number": number}
    return _("%(attempts)s, no answer. An attempt is not contact") % {"attempts": words}


def days_open(deadline_start: datetime.datetime) -> int:
    """Day 0 is the day it began."""
    return _days_between(deadline_start, clock.now())


def _not_done(days: int) -> str:
    return ngettext("Not done, %(days)d day", "Not done, %(days)d days", days) % {"days": days}


def _open_for(days: int) -> str:
    return ngettext("Owed for %(days)d day", "Owed for %(days)d days", days) % {"days": days}


def _days_between(earlier: datetime.datetime, later: datetime.datetime) -> int:
    return (_local(later).date() - _local(earlier).date()).days


def _short(moment: datetime.datetime) -> str:
    local = _local(moment)
    return short_date(local.date(), with_year=local.year != _local(clock.now()).year)


def _local(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(LONDON)
