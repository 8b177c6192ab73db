"""Links, merges and clocks in words."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.confided import people_on
from cases.models import Case, Deadline, Person, Rearrangement, Report
from cases.pages import duties
from cases.selectors.links import Linked
from cases.selectors.merging import Line
from cases.taxonomy import behaviours_named

Row = dict[str, Any]


def link_rows(links: list[Linked]) -> list[Row]:
    return [
        {"link": one.link, "other": one.other, "made": duties.moment_words(one.link.made_at)} for one in links
    ]


def rearranged_rows(case: Case, found: list[Rearrangement]) -> list[Row]:
    """What happened, as this case sees it."""
    return [
        {
            "one": one,
            "other": one.target if one.source_id == case.pk else one.source,
            "words": _what(one, case),
            "at": duties.moment_words(one.at),
            "undone": duties.moment_words(one.undone_at) if one.undone_at else "",
        }
        for one in found
    ]


def arithmetic_rows(lines: list[Line]) -> list[Row]:
    """Who is owed what, when on each case, and which date stays."""
    return [
        {
            "person": line.kept.person.name if line.kept.person else _("Nobody named"),
            "duty": line.kept.label,
            "mine": _clock(line.mine),
            "theirs": _clock(line.theirs),
            "kept": _clock(line.kept),
            "since": duties.moment_words(line.kept.start_at),
            "two": line.dropped is not None,
        }
        for line in lines
    ]


def incident_choices(case: Case) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """The incidents of a case, numbered from 1, and how each is called."""
    found = list(case.incidents.select_related("report__reporter", "report__complainant").order_by("pk"))
    people_on(case, [person for one in found if one.report and (person := _who(one.report))])
    numbered = [(str(number), one) for number, one in enumerate(found, start=1)]
    return {number: one.pk for number, one in numbered}, [
        (number, _incident(one)) for number, one in numbered
    ]


def _what(one: Rearrangement, case: Case) -> str:
    merge, is_source = one.kind == Rearrangement.Kind.MERGE, one.source_id == case.pk
    if merge:
        return _("Merged into") if is_source else _("Merged into this case:")
    return _("Split off as") if is_source else _("Split from")


def _clock(deadline: Deadline | None) -> str:
    if deadline is None:
        return ""
    return capfirst(duties.due_words(deadline))


def _incident(incident: Any) -> str:
    report = incident.report
    named = behaviours_named(incident.behaviours)
    what = capfirst(named.lower()) or _("Incident")
    if report is None:
        when = duties.moment_words(incident.occurred_at or incident.recorded_at)
        return _("%(what)s, %(when)s, written down by %(who)s") % {
            "what": what,
            "when": when,
            "who": incident.recorded_by,
        }
    person = _who(report)
    words = {
        "what": what,
        "when": duties.moment_words(report.received_at),
        "who": person.name if person else _("nobody named"),
        "reference": report.reference,
    }
    return _("%(what)s, reported %(when)s by %(who)s (%(reference)s)") % words


def _who(report: Report) -> Person | None:
    return report.complainant or report.reporter
