"""Which older cases are suggested, why, and what a reader may not be told (decisions 9, 24)."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from cases.selectors import Match, possible_matches
from cases.services.closing import close_case
from landlords.permissions import Role
from tests.factories.world import NOON, Side, report
from timeline.clock import clock_at

YEAR = datetime.timedelta(days=365)
SECOND = datetime.timedelta(seconds=1)


def found(here: Side, role: str = Role.ADVISER, **told: str) -> list[Match]:
    return possible_matches(
        respondent_name=told.get("respondent_name", ""),
        respondent_address=told.get("respondent_address", ""),
        place=told.get("place", ""),
        by=here.actor(role),
    )


def seen(matches: list[Match]) -> list[tuple[str, tuple[str, ...]]]:
    return [(match.reference, match.reasons) for match in matches]


def test_the_same_name_is_a_match_whatever_its_case_and_spacing(here: Side) -> None:
    matches = found(here, respondent_name="  dale   LARKSPUR ")
    assert seen(matches)[1:] == [(here.case.reference, ("same name complained about",))]


@pytest.mark.parametrize(
    "address", ["18 Larkspur Court", "18, larkspur court", "18 Larkspur Court, Harrowmere ZZ4 7QT"]
)
def test_the_same_home_is_a_match_however_much_of_the_address_is_given(here: Side, address: str) -> None:
    matches = found(here, respondent_address=address)
    assert seen(matches)[1:] == [(here.case.reference, ("same home complained about",))]


def test_the_same_place_is_a_match(here: Side) -> None:
    assert seen(found(here, place="16 Larkspur Court"))[1:] == [(here.case.reference, ("same place",))]


@pytest.mark.parametrize(
    "address", ["", "Larkspur", "1 Larkspur Court", "18 Larkspur Close", "118 Larkspur Court"]
)
def test_another_home_is_no_match(here: Side, address: str) -> None:
    assert found(here, respondent_address=address) == []


def test_more_reasons_come_first(here: Side) -> None:
    other = report(here, "noise").case
    assert other is not None
    Case.objects.filter(pk=other.pk).update(place="Elsewhere")
    matches = found(here, Role.MANAGER, respondent_name="Dale Larkspur", place="16 Larkspur Court")
    assert {match.reference: len(match.reasons) for match in matches} == {
        here.case.reference: 2,
        here.restricted_case.reference: 2,
        other.reference: 1,
    }
    assert matches[-1].reference == other.reference


def test_a_restricted_case_is_told_as_one_line_without_anything_of_it(here: Side) -> None:
    report(here, "domestic_abuse")
    matches = found(here, respondent_name="Dale Larkspur")
    assert [match.restricted for match in matches] == [True, False]
    assert matches[0] == Match(None)
    assert (matches[0].title, matches[0].reference, matches[0].why) == ("A restricted case may match", "", "")


def test_somebody_who_may_not_be_told_sees_nothing_of_a_restricted_case(here: Side) -> None:
    matches = found(here, Role.AUDITOR, respondent_name="Dale Larkspur")
    assert [match.reference for match in matches] == [here.case.reference]


def test_a_manager_of_the_team_sees_the_restricted_case_itself(here: Side) -> None:
    matches = found(here, Role.MANAGER, respondent_name="Dale Larkspur")
    assert {match.reference for match in matches} == {here.case.reference, here.restricted_case.reference}


def test_the_case_one_is_looking_at_is_left_out(here: Side) -> None:
    matches = possible_matches(
        respondent_name="Dale Larkspur",
        respondent_address="",
        place="",
        by=here.actor(Role.MANAGER),
        exclude=here.case,
    )
    assert [match.reference for match in matches] == [here.restricted_case.reference]


def test_a_closed_case_is_suggested_for_a_year(here: Side) -> None:
    close_case(here.case, ground="resolved", reason="Quiet", by=here.actor())
    with clock_at(NOON + YEAR):
        assert [one.reference for one in found(here, Role.AUDITOR, respondent_name="Dale Larkspur")] == [
            here.case.reference
        ]
    with clock_at(NOON + YEAR + SECOND):
        assert found(here, Role.AUDITOR, respondent_name="Dale Larkspur") == []


def test_the_number_of_queries_does_not_grow(here: Side) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            found(
                here, respondent_name="Dale Larkspur", respondent_address="18 Larkspur Court", place="Yard 3"
            )
        return len(captured)

    assert queries() == 6
    for _ in range(3):
        report(here, "noise")
    assert queries() == 6
