"""One line of My work: how it stands, what to do, whose case, one action."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import Basis, DeadlineState, SafeContact
from cases.models import Deadline
from cases.pages import duties
from cases.pages.flags import short_flags
from cases.pages.parts import duty_pages
from cases.schema import MET_BY_CONTACT
from cases.selectors.risk import risk_of
from cases.selectors.work import Part, Work, attempts_of
from landlords.permissions import Permission, can
from policies.calendars import WorkingCalendar
from timeline.actors import Actor

Row = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """Whose desk, and which calendar counts their days."""

    by: Actor
    calendar: WorkingCalendar


def groups_of(work: Work, *, by: Actor, calendar: WorkingCalendar) -> list[Row]:
    """The page's rows under the headings of their parts; each heading counts the whole part."""
    desk = Desk(by, calendar)
    rows: dict[Part, list[Row]] = {part: [] for part in Part}
    for deadline in work.rows:
        rows[Part(deadline.part)].append(_row(deadline, desk))  # type: ignore[attr-defined]
    return [
        {
            "heading": part.label,
            "id": part.name.lower(),
            "rows": rows[part],
            "count_words": _count(work.promises[part], work.reminders[part]),
        }
        for part in Part
    ]


def _count(promises: int, reminders: int) -> str:
    """Reminders are never counted among promises."""
    words = ngettext("%(number)d reminder", "%(number)d reminders", reminders) % {"number": reminders}
    if not promises:
        return words
    return (
        _("%(promises)d and %(reminders)s") % {"promises": promises, "reminders": words}
        if reminders
        else str(promises)
    )


def _row(deadline: Deadline, desk: Desk) -> Row:
    sign = duties.sign(deadline, desk.calendar)
    explains = deadline.state != DeadlineState.RUNNING
    what = (
        _("Explain the miss: %(task)s") % {"task": duties.title(deadline)}
        if explains
        else duties.task(deadline)
    )
    url, label = _action(deadline, desk.by)
    return {
        "state": sign.kind,
        "state_text": sign.text,
        "due_text": duties.due_words(deadline),
        "task": what,
        "task_url": page_of(deadline),
        "detail": _detail(deadline, desk),
        "clause": deadline.clause,
        "interpretation": deadline.basis == Basis.REMINDER,
        "why": deadline.why,
        "action_url": url,
        "action_label": label,
        "risk": risk_of(deadline),
        **_subject(deadline),
    }


def _detail(deadline: Deadline, desk: Desk) -> str:
    person = deadline.person
    told = (
        duties.attempts_words(attempts_of(deadline)),
        person.safe_contact_note if person else "",
        "" if duties.TASKS[deadline.kind][1] == deadline.label else deadline.label,
    )
    words = " · ".join(words for words in told if words)
    return f"{words} · " if words and deadline.clause else words


def _subject(deadline: Deadline) -> Row:
    case, report = deadline.case, deadline.report
    if case is None:
        assert report is not None
        return {
            "case_title": _("Report to decide"),
            "reference": report.reference,
            "case_note": "",
            "flags": [],
        }
    notes = [case.level_short or _("Good neighbourhood")]
    if case.owner_id is None:
        notes.append(_("nobody has this case"))
    return {
        "case_title": case.title,
        "reference": case.reference,
        "case_note": " · ".join(notes),
        "flags": short_flags(case, _safe(deadline)),
    }


def _safe(deadline: Deadline) -> list[str]:
    person = deadline.person
    if person is None or person.safe_contact == SafeContact.ANY:
        return []
    return [person.get_safe_contact_display()]


def page_of(deadline: Deadline) -> str:
    if deadline.case is not None:
        return reverse("case", args=[deadline.case.reference])
    assert deadline.report is not None
    return reverse("waiting-report", args=[deadline.report.reference])


def _action(deadline: Deadline, by: Actor) -> tuple[str, str]:
    """The one thing to do next, as far as this person may do it."""
    if deadline.case is None:
        return page_of(deadline), _("Decide")
    reference = deadline.case.reference
    if deadline.state != DeadlineState.RUNNING:
        return reverse("explain-miss", args=[reference, deadline.key]), _("Explain the miss")
    if deadline.case.owner_id is None and can(by, Permission.REASSIGN):
        return reverse("reassign", args=[reference]), _("Give to somebody")
    if deadline.met_by in MET_BY_CONTACT:
        person = f"?with={deadline.person.key}" if deadline.person else ""
        return reverse("record-contact", args=[reference]) + person, _("Record contact")
    if deadline.met_by == "decision_recorded":
        return reverse("record-decision", args=[reference, deadline.kind]), _("Record the decision")
    if deadline.met_by == "case_closed":
        return page_of(deadline), _("Open the case")
    if deadline.met_by in duty_pages:
        page = duty_pages[deadline.met_by]
        return page.address(deadline, reference), str(page.label)
    return reverse("record-duty", args=[reference, deadline.key]), _("Mark done")
