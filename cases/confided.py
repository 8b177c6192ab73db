"""People as one case knows them: what was changed on a restricted case stays with that case.

Whoever shows or compares somebody on a case asks here first. What comes back is for reading, never for saving.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Protocol, TypeVar

from django.db.models import Q

from cases.models import Case, Confided, Person

SHARED = ("safe_contact", "safe_contact_note", "language", "formats", "adjustments")
"""How somebody is reached safely and told so that they understand: the same on all their cases, whoever has them."""


class Concerning(Protocol):
    """A record about a person, or about nobody in particular."""

    @property
    def person(self) -> Person | None: ...


class OnACase(Concerning, Protocol):
    @property
    def case(self) -> Case | None: ...


Row = TypeVar("Row", bound=Concerning)
CaseRow = TypeVar("CaseRow", bound=OnACase)


def known_on(case: Case, rows: Iterable[Row]) -> list[Row]:
    """Records shown on this case, their person as this case knows them. Asks nothing unless it is restricted."""
    found = list(rows)
    people_on(case, [row.person for row in found if row.person is not None])
    return found


def people_on(case: Case, people: Iterable[Person]) -> list[Person]:
    """As ``known_on``, of people themselves."""
    found = list(people)
    if case.restricted and found:
        known = _known_on({case.pk})
        for person in found:
            _tell(person, known[case.pk, person.pk])
    return found


def known_in_list(rows: Iterable[CaseRow]) -> list[CaseRow]:
    """Records of several cases, each person as the record's own case knows them. At most one query."""
    found = list(rows)
    pairs = [(row.case.pk, row.person) for row in found if row.case and row.case.restricted and row.person]
    known = _known_on({case_id for case_id, _person in pairs}) if pairs else {}
    for case_id, person in pairs:
        _tell(person, known[case_id, person.pk])
    return found


def confided_to(case: Case) -> dict[int, dict[str, Any]]:
    """By person: what this case, and what was merged into it, knows otherwise than their other cases."""
    return {person_id: known for (_case, person_id), known in _known_on({case.pk}).items()}


def _known_on(cases: Collection[int]) -> dict[tuple[int, int], dict[str, Any]]:
    """By case and person, the newest last; what a case knew that was merged into another is known there."""
    found: dict[tuple[int, int], dict[str, Any]] = defaultdict(dict)
    rows = Confided.objects.filter(Q(case__in=cases) | Q(case__joined_to__in=cases))
    told = rows.order_by("changed_at", "pk").values_list(
        "case_id", "case__joined_to_id", "person_id", "known"
    )
    for case_id, joined_to, person_id, known in told:
        for shown_on in {case_id, joined_to or case_id}.intersection(cases):
            found[shown_on, person_id].update(known)
    return found


def _tell(person: Person, known: dict[str, Any]) -> None:
    for name, value in known.items():
        setattr(person, name, value)
