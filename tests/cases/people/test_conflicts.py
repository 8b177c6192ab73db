"""Somebody who complains on one open case and is complained about on another (decisions 21, 24)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.choices import PartyRole
from cases.models import Case, Person
from cases.selectors.people import Conflict, conflicts_of
from cases.services.closing import close_case
from cases.services.people import Told, add_party
from landlords.permissions import Role
from tests.factories.world import MONDAY, Side
from timeline.actors import system
from triage.facts import Facts
from triage.services import Submission, submit_report


def counter(
    here: Side, *behaviours: str, name: str = "Amina Larkspur", address: str = "16 Larkspur Court"
) -> Case:
    """Dale tells of Amina."""
    submitted = submit_report(
        Submission(
            Facts(received_at=MONDAY, behaviours=behaviours or ("noise",)),
            description="She bangs on the wall",
            reporter=Told(name="Dale Larkspur", address="18 Larkspur Court"),
            respondent=Told(name=name, address=address),
        ),
        by=system("Tests"),
    )
    assert submitted.case is not None
    return submitted.case


def found(here: Side, case: Case, role: str = Role.OFFICER) -> list[Conflict]:
    parties = list(case.parties.select_related("person").order_by("id"))
    return conflicts_of(case, parties, by=here.actor(role))


def words(conflicts: list[Conflict]) -> list[str]:
    return sorted(conflict.words for conflict in conflicts)


def at_home(here: Side) -> None:
    Person.objects.filter(pk=here.complainant.pk).update(address="16 Larkspur Court, Harrowmere")


def test_the_same_name_at_the_same_home_is_told_on_both_cases(here: Side) -> None:
    """Dale is complained about on the restricted case of this world as well."""
    at_home(here)
    other = counter(here)
    assert words(found(here, here.case)) == [
        f"Amina Larkspur complains here and is complained about on {other.reference}",
        f"Dale Larkspur is complained about here and complains on {other.reference}",
    ]
    assert words(found(here, other)) == [
        "A restricted case may match",
        f"Amina Larkspur is complained about here and complains on {here.case.reference}",
        f"Dale Larkspur complains here and is complained about on {here.case.reference}",
    ]


@pytest.mark.parametrize(("name", "address"), [("Amina Foss", "16 Larkspur Court"), ("Amina Larkspur", "")])
def test_another_name_or_an_unknown_home_is_no_match(here: Side, name: str, address: str) -> None:
    at_home(here)
    other = counter(here, name=name, address=address)
    assert words(found(here, here.case)) == [
        f"Dale Larkspur is complained about here and complains on {other.reference}"
    ]


def test_the_very_same_person_matches_whatever_is_known_of_them(here: Side) -> None:
    other = counter(here, name="Somebody else", address="")
    add_party(other, here.complainant, PartyRole.RESPONDENT)
    told = f"Amina Larkspur complains here and is complained about on {other.reference}"
    assert [one for one in words(found(here, here.case)) if one.startswith("Amina")] == [told]


def test_closed_cases_and_the_same_side_are_no_conflict(here: Side) -> None:
    at_home(here)
    other = counter(here)
    assert len(found(here, here.case)) == 2
    close_case(other, ground="resolved", reason="It stopped", by=here.actor())
    assert found(here, here.case) == []
    assert found(here, Case.objects.get(pk=other.pk)) == []


def test_of_a_restricted_case_only_that_one_may_match_and_only_to_who_may_be_told(here: Side) -> None:
    at_home(here)
    other = counter(here, "domestic_abuse")
    assert words(found(here, here.case)) == ["A restricted case may match"]
    assert found(here, here.case) == [Conflict()]
    assert found(here, here.case, Role.AUDITOR) == []
    assert other.reference in " ".join(words(found(here, here.case, Role.MANAGER)))


def test_the_number_of_queries_does_not_grow(here: Side) -> None:
    at_home(here)

    def queries() -> int:
        parties = list(here.case.parties.select_related("person"))
        with CaptureQueriesContext(connection) as captured:
            conflicts_of(here.case, parties, by=here.actor())
        return len(captured)

    counter(here, "domestic_abuse")
    assert queries() == 2
    for _number in (1, 2, 3):
        counter(here)
        assert queries() == 3
