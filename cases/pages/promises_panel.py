"""Promises and deadlines of one case: what is owed first, what is settled folded away."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import Basis, DeadlineState
from cases.models import Breach, Deadline
from cases.pages import duties
from cases.pages.parts import TRIED, UPDATE, duty_pages, letter_address
from cases.schema import MET_BY_CONTACT
from cases.selectors.file import CaseFile, breaches_of
from cases.selectors.work import attempts_of
from landlords.permissions import Permission, can
from policies.calendars import nation_name
from policies.rules import describe, parse_rule
from timeline import clock
from timeline.actors import Actor

Row = dict[str, Any]
SHOWN = 3
"""Duties in sight where fewer are missed or due today; the others wait behind a fold."""


def panel(file: CaseFile, *, by: Actor, with_settled: bool = False) -> Row:
    """``rows`` need somebody now, ``later`` can wait (or cannot be done); the settled are only drawn when asked for.

    ``summary`` counts promises only.
    """
    folded = file.settled if with_settled else []
    settled = len(folded) if with_settled else file.settled_count
    breaches = breaches_of([*file.deadlines, *folded])
    words = ngettext("%(number)d earlier promise", "%(number)d earlier promises", settled)

    def row(deadline: Deadline) -> Row:
        return _row(deadline, breaches.get(deadline.pk), file)

    ordered = _in_order(file.deadlines)
    rows = [row(one) | {"actions": _actions(one, breaches.get(one.pk), file, by)} for one in ordered]
    shown = _in_sight(ordered)
    return {
        "rows": rows[:shown],
        "later": rows[shown:],
        "later_label": _later(ordered[shown:]),
        "folded": [row(one) for one in folded],
        "folded_url": "?settled=1#owed" if settled and not with_settled else "",
        "folded_label": _("%(promises)s, settled") % {"promises": words % {"number": settled}},
        "summary": summary(file.deadlines),
    }


def summary(deadlines: list[Deadline]) -> str:
    """ "1 missed, 2 due today" """
    missed = len(unexplained(deadlines))
    today = [one for one in next_promises(deadlines) if duties.is_today(one)]
    told = []
    if missed:
        told.append(_("%(number)d missed") % {"number": missed})
    if today:
        told.append(_("%(number)d due today") % {"number": len(today)})
    return ", ".join(told)


def unexplained(deadlines: list[Deadline]) -> list[Deadline]:
    return [
        one
        for one in deadlines
        if duties.is_missed(one) and (one.needs_explanation or one.breached_at is None)
    ]


def next_promises(deadlines: list[Deadline]) -> list[Deadline]:
    """Dated promises still to be kept, the earliest first."""
    return [
        one
        for one in deadlines
        if one.state == DeadlineState.RUNNING
        and one.basis == Basis.PROMISE
        and one.due_at is not None
        and not duties.is_missed(one)
    ]


def _in_order(deadlines: list[Deadline]) -> list[Deadline]:
    """Missed, then dated promises and reminders as they fall due, then what has no date, then the impossible."""

    def place(deadline: Deadline) -> tuple[bool, bool, bool]:
        impossible = deadline.state == DeadlineState.IMPOSSIBLE
        return impossible, not duties.is_missed(deadline), deadline.due_at is None

    return sorted(deadlines, key=place)


def _in_sight(ordered: list[Deadline]) -> int:
    """How many of them stand open. One more is not folded away alone: its fold would take the same room."""
    pressing = sum(duties.is_missed(one) or duties.is_today(one) for one in ordered)
    shown = max(SHOWN, pressing)
    return len(ordered) if len(ordered) == shown + 1 else shown


def _later(waiting: list[Deadline]) -> str:
    """ "4 more, the next by the end of Wednesday 25 November" """
    number = len(waiting)
    now = clock.now()
    dated = [one.due_at for one in waiting if one.due_at and one.due_at >= now]
    if not dated:
        return ngettext("%(number)d more", "%(number)d more", number) % {"number": number}
    told = {"number": number, "when": duties.by_end(dated[0])}
    return ngettext("%(number)d more, %(when)s", "%(number)d more, the next %(when)s", number) % told


def _row(deadline: Deadline, breach: Breach | None, file: CaseFile) -> Row:
    sign = duties.sign(deadline, file.policy.calendar, breach)
    return {
        "title": duties.title(deadline),
        "state": sign.kind,
        "state_text": sign.text,
        "words": " ".join(_words(deadline, breach, attempts_of(deadline))),
        "clause": deadline.clause,
        "interpretation": deadline.basis == Basis.REMINDER,
        "why": deadline.why,
        "receipt": _receipt(deadline, file),
    }


def _words(deadline: Deadline, breach: Breach | None, attempts: int) -> list[str]:
    told = [_when(deadline)]
    if deadline.basis == Basis.REMINDER and deadline.state == DeadlineState.RUNNING:
        told.append(_("A reminder of ours, not a promise."))
    if deadline.state == DeadlineState.RUNNING and attempts:
        told.append(f"{duties.attempts_words(attempts)}.")
    return told + (_about_the_miss(breach) if breach else [])


def _when(deadline: Deadline) -> str:
    if deadline.state == DeadlineState.IMPOSSIBLE:
        return _("Nobody is known to whom this could be owed, so it cannot be done and is not missed.")
    if deadline.state == DeadlineState.WITHDRAWN:
        return _("No longer runs: the case changed.")
    if deadline.state != DeadlineState.MET or deadline.met_at is None:
        return duties.by_end_sentence(deadline)
    done = {"when": duties.moment_words(deadline.met_at)}
    if deadline.due_at is None:
        return _("Done %(when)s.") % done
    return _("%(due)s, done %(when)s.") % {**done, "due": capfirst(duties.due_words(deadline))}


def _about_the_miss(breach: Breach) -> list[str]:
    told = []
    if breach.recorded_late_at and not breach.confirmed_at:
        told.append(_("Dated in time but recorded after the miss: a manager has to confirm it."))
    if breach.explained_at:
        explained = {"text": breach.explanation, "name": breach.explained_by}
        told.append(_("“%(text)s” Explained by %(name)s. It still counts as missed.") % explained)
    if breach.confirmed_at:
        told.append(_("Confirmed as met in time by %(name)s.") % {"name": breach.confirmed_by})
    return told


def _actions(deadline: Deadline, breach: Breach | None, file: CaseFile, by: Actor) -> list[Row]:
    offered = (
        (_can_do(deadline, file, by), *_doing(deadline)),
        (
            breach is not None and breach.explained_at is None and can(by, Permission.EXPLAIN_MISS),
            _("Explain the miss"),
            "explain-miss",
        ),
        (
            breach is not None and _waits_for_manager(breach) and can(by, Permission.CONFIRM_MET),
            _("Confirm it was met in time"),
            "confirm-met",
        ),
    )
    rows = [
        {"label": label, "url": _address(name, deadline, file)} for allowed, label, name in offered if allowed
    ]
    return rows + _letter(deadline, file, by)


def _letter(deadline: Deadline, file: CaseFile, by: Actor) -> list[Row]:
    """Where a letter meets it; beside contact, which no letter is, one that tells them something all the same."""
    meets = deadline.met_by
    if meets in MET_BY_CONTACT and attempts_of(deadline):
        meets = TRIED
    elif deadline.kind == "contact_update":
        meets = UPDATE
    running = deadline.state == DeadlineState.RUNNING and file.case.is_open
    url = letter_address(meets, file.case.reference, deadline.person, by=by) if running else ""
    return [{"label": _("Write the letter"), "url": url}] if url else []


def _waits_for_manager(breach: Breach) -> bool:
    return breach.recorded_late_at is not None and breach.confirmed_at is None


def _can_do(deadline: Deadline, file: CaseFile, by: Actor) -> bool:
    needed = Permission.RECORD_CONTACT if deadline.met_by in MET_BY_CONTACT else Permission.RECORD_DUTY
    running = deadline.state == DeadlineState.RUNNING and deadline.met_by != "case_closed"
    return running and file.case.is_open and can(by, needed)


def _doing(deadline: Deadline) -> tuple[str, str]:
    if deadline.met_by in MET_BY_CONTACT:
        return _("Record contact"), "record-contact"
    if deadline.met_by == "decision_recorded":
        return _("Record the decision"), "record-decision"
    if deadline.met_by in duty_pages:
        return str(duty_pages[deadline.met_by].label), "duty-page"
    return _("Mark done"), "record-duty"


def _address(name: str, deadline: Deadline, file: CaseFile) -> str:
    reference = file.case.reference
    if name == "duty-page":
        return duty_pages[deadline.met_by].address(deadline, reference)
    if name == "record-decision":
        return reverse(name, args=[reference, deadline.kind])
    if name != "record-contact":
        return reverse(name, args=[reference, deadline.key])
    person = f"?with={deadline.person.key}" if deadline.person else ""
    return reverse(name, args=[reference]) + person


def _receipt(deadline: Deadline, file: CaseFile) -> Row | None:
    """As it was worked out when the clock started, never again (it is evidence)."""
    if not deadline.receipt:
        return None
    told = {
        "rule": capfirst(describe(parse_rule(deadline.rule))),
        "version": file.case.policy.number,
        "nation": nation_name(deadline.receipt["nation"]),
        "calendar": deadline.receipt["calendar_version"],
    }
    return {
        "rows": deadline.receipt["receipt"],
        "note": _("“%(rule)s”. Policy version %(version)s, %(nation)s calendar version %(calendar)s.") % told,
        "clause": deadline.clause,
        "interpretation": bool(deadline.why),
        "why": deadline.why,
    }
