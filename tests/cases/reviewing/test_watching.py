"""What is counted towards a case review: over linked cases, within months, by whom; never a denial."""

import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from cases.models import Case
from cases.review_rules import CaseReviewSection
from cases.selectors.reviews import Counted, Reach, count, months_after, watch
from cases.services.linking import link_cases
from landlords.permissions import Role
from policies.schema import Policy
from policies.selectors import policy_of
from tests.cases.linking.world import DAY, officer, told
from tests.factories.policies import policy_file
from tests.factories.world import NOON, Side
from timeline.clock import clock_at

STATUTORY, HATE, PEOPLE, INCIDENTS = (
    "three_in_six_months",
    "one_hate_incident",
    "five_people",
    "three_incidents",
)


def believe() -> Policy:
    """The thresholds of County Durham, counted over the same cases."""
    return policy_file("believe").policy


def counted(here: Side, policy: Policy | None = None, role: str = Role.OFFICER) -> Counted:
    return watch(here.case, policy or policy_of(here.case.policy), by=here.actor(role))


def reach(found: Counted) -> dict[str, tuple[int, Reach]]:
    return {one.threshold.key: (one.found, one.reach) for one in found.standings}


def again(here: Side, at: datetime.datetime, *, who: str = "Amina", **more: object) -> Case:
    """A further report on the same case, when the clock says so."""
    with clock_at(at):
        return told(here, "noise", who=who, at=at, join=here.case, **more)  # type: ignore[arg-type]


def test_one_report_reaches_nothing(here: Side) -> None:
    found = counted(here)
    assert (found.reports, found.people, found.cases) == (1, 1, 1)
    assert reach(found) == {STATUTORY: (0, Reach.NOT_SHOWN)}


def test_three_reports_within_a_month_of_what_happened_reach_the_statutory_threshold(here: Side) -> None:
    for number in range(3):
        again(here, NOON + number * DAY, happened=NOON + number * DAY - 20 * DAY)
    with clock_at(NOON + 3 * DAY):
        assert reach(counted(here)) == {STATUTORY: (3, Reach.REACHED)}


def test_a_report_more_than_a_month_after_it_happened_does_not_qualify(here: Side) -> None:
    """Those without a day may still qualify: somebody has to ask."""
    again(here, NOON, happened=datetime.datetime(2026, 10, 16, 12, tzinfo=datetime.UTC))
    again(here, NOON, happened=datetime.datetime(2026, 10, 15, 12, tzinfo=datetime.UTC))
    found = counted(here)
    assert reach(found) == {STATUTORY: (1, Reach.NOT_SHOWN)}
    assert (found.in_time, found.undated) == (1, 1)
    again(here, NOON)
    assert reach(counted(here)) == {STATUTORY: (1, Reach.ASK)}


def test_a_report_counts_for_six_months_to_the_day(here: Side) -> None:
    at = datetime.datetime(2027, 5, 16, 12, tzinfo=datetime.UTC)
    with clock_at(at):
        assert counted(here).reports == 1
    with clock_at(at + DAY):
        assert counted(here).reports == 0


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ((2026, 8, 31), -6, (2026, 2, 28)),
        ((2027, 1, 15), -6, (2026, 7, 15)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2028, 1, 31), 1, (2028, 2, 29)),
        ((2026, 12, 5), 1, (2027, 1, 5)),
        ((2026, 12, 5), -12, (2025, 12, 5)),
    ],
)
def test_months_end_with_the_last_day_there_is(
    day: tuple[int, int, int], months: int, expected: tuple[int, int, int]
) -> None:
    assert months_after(datetime.date(*day), months) == datetime.date(*expected)


def test_county_durham_counts_one_persons_incidents_and_then_asks(here: Side) -> None:
    again(here, NOON)
    again(here, NOON, who="Bashir")
    assert reach(counted(here, believe()))[INCIDENTS] == (2, Reach.NOT_SHOWN)
    again(here, NOON)
    standing = {one.threshold.key: one for one in counted(here, believe()).standings}[INCIDENTS]
    assert (standing.found, standing.reach) == (3, Reach.ASK)
    assert [question.split()[-1] for question in standing.threshold.asks] == ["agencies?", "agencies?"]


def test_county_durham_asks_after_one_hate_incident(here: Side) -> None:
    assert reach(counted(here, believe()))[HATE] == (0, Reach.NOT_SHOWN)
    again(here, NOON, hate_perceived=True, hate_strands=["race"])
    assert reach(counted(here, believe()))[HATE] == (1, Reach.ASK)


def test_county_durham_counts_five_different_people(here: Side) -> None:
    """Amina told twice is one; somebody who gave no name cannot be told from the others."""
    for who in ("Amina", "Bashir", "Chidi", "Dora"):
        again(here, NOON, who=who)
    with clock_at(NOON):
        told(here, "noise", who="", at=NOON, join=here.case, anonymous=True)
    found = counted(here, believe())
    assert (found.people, found.unnamed) == (4, 1)
    assert reach(found)[PEOPLE] == (4, Reach.NOT_SHOWN)
    again(here, NOON, who="Efua")
    assert reach(counted(here, believe()))[PEOPLE] == (5, Reach.ASK)


def test_linked_cases_count_together_but_not_a_counter_allegation(here: Side) -> None:
    related, back = told(here, "noise", who="Bashir"), told(here, "noise", who="Dale", about="Amina")
    link_cases(here.case, related, kind="related", reason="Same man", by=officer(here))
    link_cases(here.case, back, kind="counter_allegation", reason="Each other", by=officer(here))
    found = counted(here)
    assert (found.cases, found.reports, found.by_person) == (
        2,
        2,
        (("Amina Larkspur", 1), ("Bashir Larkspur", 1)),
    )


def test_a_restricted_case_counts_only_for_those_who_may_see_it(here: Side) -> None:
    link_cases(
        here.case, here.restricted_case, kind="related", reason="Same man", by=here.actor(Role.MANAGER)
    )
    assert (counted(here).cases, counted(here).reports) == (1, 1)
    assert (counted(here, role=Role.MANAGER).cases, counted(here, role=Role.MANAGER).reports) == (2, 2)


def test_what_is_kept_holds_numbers_and_no_names(here: Side) -> None:
    assert counted(here).as_json() == {
        "since": "2026-05-16",
        "reports": 1,
        "in_time": 0,
        "undated": 1,
        "hate": 0,
        "people": 1,
        "unnamed": 0,
        "cases": 1,
        "thresholds": {STATUTORY: [0, "not_shown"]},
    }


def test_counting_is_one_query_however_much_there_is(
    here: Side, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        again(here, NOON, who=f"Somebody{number}")
    thresholds = believe().section(CaseReviewSection).case_review.thresholds
    with django_assert_num_queries(1):
        assert count({here.case.pk}, thresholds).reports == 7
