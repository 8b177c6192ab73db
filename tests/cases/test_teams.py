"""Places for People: clocks go by the team that manages the case (5.4, 6.2, 6.3)."""

import datetime
from collections.abc import Iterator

import pytest
from django.db import transaction

from cases.models import Case
from cases.services.categorising import reassign, recategorise
from cases.services.people import Told
from landlords.models import Landlord, Team
from tests.factories.policies import load
from tests.factories.world import MONDAY, NOON
from timeline.actors import system
from timeline.clock import clock_at
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, Submitted, submit_report

FIVE = datetime.datetime(2026, 11, 23, 23, 59, 59, tzinfo=datetime.UTC)
ONE = datetime.datetime(2026, 11, 17, 23, 59, 59, tzinfo=datetime.UTC)
KINDS = ["acknowledgement", "action_plan", "initial_contact", "risk_assessment"]


@pytest.fixture
def landlord(db: None) -> Iterator[Landlord]:
    load("places-for-people")
    found = Landlord.objects.get(key="places-for-people")
    with clock_at(NOON), transaction.atomic(), landlord_scope(found.pk):
        yield found


def noise(*, acknowledged: bool = False) -> Submitted:
    facts = Facts(received_at=MONDAY, behaviours=("noise",), reporter="tenant", respondent="tenant")
    submission = Submission(facts, description="Loud", reporter=Told(name="Amina Example"))
    return submit_report(submission, by=system("Tests"), acknowledged=acknowledged)


def dated(case: Case | None) -> list[tuple[str, datetime.datetime]]:
    assert case is not None
    running = case.deadlines.filter(state="running", due_at__isnull=False).order_by("kind")
    return [(one.kind, one.due_at) for one in running if one.due_at]


def test_a_community_housing_case_has_four_clocks_of_five_days(landlord: Landlord) -> None:
    assert dated(noise().case) == [(kind, FIVE) for kind in KINDS]


def test_given_to_tenancy_enforcement_the_clocks_shorten(landlord: Landlord) -> None:
    case = noise().case
    assert case is not None
    reassign(
        case,
        owner=None,
        team=Team.objects.get(key="tenancy_enforcement"),
        reason="Legal action",
        by=system("Tests"),
    )
    assert dict(dated(case)) == {
        "acknowledgement": FIVE,
        "action_plan": ONE,
        "initial_contact": ONE,
        "risk_assessment": ONE,
    }


def test_raised_to_the_top_level_every_clock_shortens(landlord: Landlord) -> None:
    case = noise().case
    assert case is not None
    recategorise(case, level="tem", reason="Threats", by=system("Tests"))
    assert dated(case) == [(kind, ONE) for kind in KINDS]


def test_an_automatic_acknowledgement_is_no_contact(landlord: Landlord) -> None:
    case = noise(acknowledged=True).case
    assert case is not None
    met = case.deadlines.filter(state="met").values_list("kind", "met_at")
    assert list(met) == [("acknowledgement", NOON)]
