"""The four yearly numbers: each in the year it happened, only this landlord's, for those who see figures."""

import csv
import datetime
import io
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.models import Case, CaseReview
from landlords.models import Team
from landlords.permissions import Role
from reporting.case_reviews import YearlyCounts, yearly_counts, years
from reporting.reach import Reach, reach_of
from tests.cases.pages import words
from tests.factories.world import NOON, Side, World
from timeline.scope import landlord_scope

URL = "case-review-counts"


def local(year: int, month: int, day: int, hour: int = 12) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, tzinfo=datetime.UTC)


def review(side: Side, case: Case | None = None, **columns: Any) -> CaseReview:
    return CaseReview.objects.create(
        landlord=side.landlord,
        case=case or side.case,
        person=side.complainant,
        applied_to="The council",
        recorded_by="Manager",
        **{"applied_at": NOON, **columns},
    )


def decided(threshold: str, at: datetime.datetime = NOON) -> dict[str, Any]:
    return {"threshold": threshold, "threshold_by": "J Smith", "threshold_reason": "x", "threshold_at": at}


def counts(side: Side, year: int = 2026) -> YearlyCounts:
    return yearly_counts(year, reach_of(side.actor(Role.MANAGER)))


@pytest.fixture
def reviews(here: Side) -> None:
    review(here)
    review(here, **decided("not_met"))
    review(here, here.restricted_case, **decided("met"), reviewed_at=NOON)
    review(here, **decided("met"), reviewed_at=NOON, recommendations="A camera")
    review(here, applied_at=local(2025, 12, 31), **decided("not_met", local(2026, 1, 1, 0)))


def test_each_counts_in_the_year_it_happened(here: Side, reviews: None) -> None:
    assert counts(here) == YearlyCounts(2026, 4, 2, 2, 1)
    assert counts(here, 2025) == YearlyCounts(2025, 1, 0, 0, 0)
    assert years(reach_of(here.actor(Role.MANAGER))) == [2026, 2025]


def test_a_year_begins_at_midnight(here: Side) -> None:
    review(here, applied_at=local(2027, 1, 1, 0) - datetime.timedelta(seconds=1))
    review(here, applied_at=local(2027, 1, 1, 0))
    assert [counts(here, year).applications for year in (2026, 2027)] == [1, 1]


def test_a_manager_of_a_team_counts_its_cases(here: Side, reviews: None) -> None:
    other = Team.objects.exclude(pk=here.case.team_id).first()
    assert other is not None
    reach = Reach(here.actor(Role.MANAGER), other.pk, True)
    on_other = Case.objects.filter(pk=here.restricted_case.pk, team=other).count()
    assert yearly_counts(2026, reach).applications == on_other


def test_another_landlords_reviews_are_not_counted(world: World, reviews: None) -> None:
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        assert counts(world.there) == YearlyCounts(2026, 0, 0, 0, 0)
        assert years(reach_of(world.there.actor(Role.MANAGER))) == [2026]


def test_the_page_and_its_table(here: Side, reviews: None, client: Client) -> None:
    here.sign_in(client, Role.MANAGER)
    page = words(client.get(reverse(URL)))
    assert "Applications made 4 Threshold not met 2 Reviews carried out 2" in page
    assert "Reviews that led to recommendations 1" in page
    response = client.get(reverse(URL), {"year": "2025", "as": "csv"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="case-reviews-2025.csv"'
    assert list(csv.reader(io.StringIO(response.content.decode()))) == [
        ["Measure", "Year", "Number"],
        ["Applications made", "2025", "1"],
        ["Threshold not met", "2025", "0"],
        ["Reviews carried out", "2025", "0"],
        ["Reviews that led to recommendations", "2025", "0"],
    ]
    assert reverse(URL) in client.get(reverse("overview")).content.decode()


@pytest.mark.parametrize("year", ["1999", "x", "99999", "²⁰²⁵"])
def test_a_year_with_nothing_to_count_is_this_one(
    here: Side, reviews: None, client: Client, year: str
) -> None:
    page = words(here.sign_in(client, Role.MANAGER).get(reverse(URL), {"year": year}))
    assert "ASB case reviews in 2026" in page


@pytest.mark.parametrize("role", [Role.ADVISER, Role.OFFICER, Role.SPECIALIST])
def test_others_do_not_see_the_numbers(here: Side, client: Client, role: str) -> None:
    assert here.sign_in(client, role).get(reverse(URL)).status_code == 403
