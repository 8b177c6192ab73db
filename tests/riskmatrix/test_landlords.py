"""What a confirmed band starts at landlords whose documents say more than "assess"."""

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from cases.models import Deadline
from cases.services.deciding import record_decision
from landlords.models import Landlord
from landlords.permissions import Refused, Role
from landlords.services import add_member
from riskmatrix.findings import prompts_of
from riskmatrix.models import Assessment
from riskmatrix.services import act_on_high, assess_risk
from tests.cases.pages import address, words
from tests.factories.policies import load
from tests.factories.world import MONDAY, NOON, Side, report
from tests.riskmatrix.answering import HIGH, LOWEST, MEDIUM, answers
from timeline.actors import system
from timeline.clock import clock_at
from timeline.scope import landlord_scope

DAY = datetime.timedelta(days=1)
pytestmark = pytest.mark.django_db


OWED = "Complete the Risk Assessment Matrix with the complainant: Amina Bluebell"


@contextmanager
def at(key: str) -> Iterator[Side]:
    """Inside the scope of this landlord, at NOON, with staff and one case of noise."""
    load(key)
    side = Side(Landlord.objects.get(key=key), "Bluebell")
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        for role in (Role.OFFICER, Role.MANAGER):
            email = f"{role}@{key}.example"
            side.members[role] = add_member(
                email=email, name=f"{role.title()} Bluebell", role=role, by=system("Tests")
            )
        with clock_at(MONDAY):
            side.submitted = report(side, "noise")
        assert side.submitted.case is not None
        side.case = side.submitted.case
        with clock_at(NOON):
            yield side


def assess(side: Side, told: Any, band: str) -> Assessment:
    return assess_risk(
        side.case,
        person_id=side.complainant.pk,
        answers=answers(told),
        confirmed_band=band,
        by=side.actor(),
    )


def duties(side: Side, kind: str) -> list[tuple[str, str, str]]:
    found = Deadline.objects.filter(case=side.case, kind=kind).order_by("pk")
    return [(one.state, one.basis, one.clause) for one in found]


def test_believe_owes_a_liaison_officer_until_one_is_named() -> None:
    with at("believe") as side:
        assess(side, MEDIUM, "medium")
        assert duties(side, "liaison_officer") == []
        assess(side, HIGH, "high")
        assert duties(side, "liaison_officer") == [("running", "promise", "5.2 bullet 3")]
        record_decision(
            side.case,
            key="liaison_officer",
            answer="Priya Ramanathan-Cole",
            reason="She knows the family",
            by=side.actor(Role.MANAGER),
        )
        assert duties(side, "liaison_officer") == [("met", "promise", "5.2 bullet 3")]
        assert duties(side, "risk_action") == [("running", "reminder", "")]


def test_plus_dane_waits_for_what_a_changed_risk_leads_to(client: Client) -> None:
    with at("plus-dane") as side:
        assess(side, LOWEST, "low")
        assert duties(side, "risk_action") == []
        with clock_at(NOON + DAY):
            changed = assess(side, MEDIUM, "medium")
            clause = "6.1 Victim Support / Vulnerability, bullet 3"
            assert duties(side, "risk_action") == [("running", "promise", clause)]
            assert [one.key for one in prompts_of(changed, side.case, "low")] == [
                "level_of_risk_changed",
                "guide_support",
            ]
            side.sign_in(client)
            assert "Nobody has said what is done about it Say what is done" in words(
                client.get(address("risk", side))
            )
            act_on_high(changed, words="Offered the support worker", by=side.actor())
            assert duties(side, "risk_action") == [("met", "promise", clause)]


def test_a_risk_that_stays_as_it_was_waits_for_nothing_at_plus_dane() -> None:
    with at("plus-dane") as side:
        assess(side, MEDIUM, "medium")
        with clock_at(NOON + DAY):
            same = assess(side, MEDIUM, "medium")
            assert duties(side, "risk_action") == []
            with pytest.raises(Refused), transaction.atomic():
                act_on_high(same, words="Nothing new", by=side.actor())
        same.refresh_from_db()
        assert same.acted_at is None


def test_places_for_people_meets_its_promise_only_when_all_14_were_asked() -> None:
    with at("places-for-people") as side:
        assess(side, {number: key for number, key in LOWEST.items() if number != 9}, "low")
        assert duties(side, "risk_assessment") == [("running", "promise", "5.4")]
        assess(side, {**LOWEST, 9: "declined"}, "low")
        assert duties(side, "risk_assessment") == [("met", "promise", "5.4")]


def test_what_is_owed_leads_to_its_own_page(client: Client) -> None:
    with at("places-for-people") as side:
        side.sign_in(client)
        page = client.get(address("case", side)).content.decode()
        url = address("assess-risk", side, side.complainant.key)
        links = re.findall(rf'href="{url}" aria-label="([^"]*)">([^<]*)<', page)
        assert links == [(f"Assess the risk: {OWED}", "Assess the risk")]
