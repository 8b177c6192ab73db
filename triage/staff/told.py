"""A report as it was told, in rows for a page."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Person, Report
from policies.wording import clock, long_date
from policies.working_time import LONDON
from triage.facts import YES_NO_FACTS
from triage.wording import fact_sentence
from triage.words import (
    BEHAVIOUR_WORDS,
    CHANNEL_WORDS,
    HATE_STRAND_WORDS,
    REPORTER_WORDS,
    RESPONDENT_WORDS,
)

Row = dict[str, Any]


def told(report: Report) -> list[Row]:
    """Rows for the component that lists answers; what nobody said is left out."""
    return [row for row in _rows(report) if row["values"]]


def _rows(report: Report) -> Iterator[Row]:
    yield _row(_("What"), *(str(BEHAVIOUR_WORDS[key].staff) for key in report.behaviours))
    yield _row(_("In their words"), report.description)
    yield _row(_("Where"), report.location)
    yield _row(_("When"), report.occurred_words, _moment(report.occurred_at))
    yield _row(_("Who"), *_respondent(report))
    yield _row(_("Asked"), *_facts(report.facts))
    yield _row(_("What makes it harder"), report.vulnerability)
    yield _row(_("Reported by"), *_people(report))
    yield _row(_("For"), *_person(report.complainant))
    yield _row(_("Received"), f"{_moment(report.received_at)}, {CHANNEL_WORDS[report.channel]}")
    yield _row(_("Entered later because"), report.late_entry_reason)


def _row(label: str, *values: str) -> Row:
    return {"label": label, "values": [value for value in values if value]}


def _moment(at: Any) -> str:
    if at is None:
        return ""
    local = at.astimezone(LONDON)
    return f"{long_date(local.date())}, {clock(local.time())}"


def _respondent(report: Report) -> tuple[str, ...]:
    found = report.respondent
    kind = RESPONDENT_WORDS.get(found.get("kind", ""), "")
    return found.get("name", ""), found.get("address", ""), str(kind)


def _facts(facts: dict[str, Any]) -> Iterator[str]:
    for name in YES_NO_FACTS:
        if name != "anonymous" and facts.get(name) is not None:
            yield fact_sentence(name, (facts[name],))
    yield ", ".join(str(HATE_STRAND_WORDS[strand]) for strand in facts.get("hate_strands", []))


def _people(report: Report) -> tuple[str, ...]:
    if report.anonymous:
        return (_("Anonymous: nobody can be contacted"),)
    return (*_person(report.reporter), str(REPORTER_WORDS.get(report.facts.get("reporter") or "", "")))


def _person(person: Person | None) -> tuple[str, ...]:
    if person is None:
        return ()
    safe = person.get_safe_contact_display() if person.safe_contact != "any" else ""
    return (
        person.name,
        person.address,
        person.phone,
        person.email,
        str(safe),
        person.safe_contact_note,
        person.needs,
    )
