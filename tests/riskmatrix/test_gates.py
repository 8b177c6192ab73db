"""What gates may ask about risk: who is missing is said by name."""

import datetime
from typing import Any

import pytest

from cases.choices import PartyRole
from cases.gates.engine import Answer, Step, case_gates
from cases.gates.schema import Requirement
from cases.models import Approval, Person
from cases.services.people import add_party
from policies.selectors import policy_of
from riskmatrix.models import Assessment
from riskmatrix.services import act_on_high, assess_risk
from tests.factories.world import NOON, Side
from tests.riskmatrix.answering import HIGH, LOWEST, answers
from timeline.clock import clock_at

DAY = datetime.timedelta(days=1)


def ask(side: Side, need: str, *, at: datetime.datetime = NOON, **more: Any) -> Answer:
    requirement = Requirement.model_validate(
        {"need": need, "text": "Needed", "interpretation": True, "why": "a test", **more}
    )
    step = Step("close", side.case, policy_of(side.case.policy), side.actor(), at)
    return case_gates[need](step, requirement)


def assess(side: Side, told: Any = LOWEST, band: str = "low", person: int | None = None) -> Assessment:
    return assess_risk(
        side.case,
        person_id=person or side.complainant.pk,
        answers=answers(told),
        confirmed_band=band,
        by=side.actor(),
    )


def advice(
    side: Side, *, position: str = "", at: datetime.datetime = NOON, what: str = "closing_advice"
) -> None:
    Approval.objects.create(
        landlord_id=side.landlord.pk,
        case=side.case,
        what=what,
        answer="advice",
        reason="Keep it open",
        position=position,
        decided_at=at,
        decided_by="Manager Larkspur",
    )


@pytest.mark.parametrize("need", ["assessed", "final_assessment"])
def test_each_complainant_has_to_be_assessed(here: Side, need: str) -> None:
    assert ask(here, need) == Answer(False, "Amina Larkspur (not assessed)", "risk")
    assess(here)
    assert ask(here, need) == Answer(True, "", "risk")
    other = Person.objects.create(
        landlord_id=here.landlord.pk, name="Idris Vaughan", name_key="idris vaughan"
    )
    add_party(here.case, other, PartyRole.COMPLAINANT)
    assert ask(here, need) == Answer(False, "Idris Vaughan (not assessed)", "risk")


@pytest.mark.parametrize("need", ["assessed", "final_assessment"])
def test_a_question_left_out_leaves_it_unmet(here: Side, need: str) -> None:
    assess(here, {number: value for number, value in LOWEST.items() if number != 3})
    assert ask(here, need) == Answer(False, "Amina Larkspur (not every question was asked)", "risk")


def test_an_assessment_stands_for_as_many_days_as_the_policy_says(here: Side) -> None:
    assess(here)
    late, later = NOON + 28 * DAY, NOON + 29 * DAY
    assert ask(here, "assessed", at=later).met is True
    assert ask(here, "assessed", at=late, days=28).met is True
    told = Answer(False, "Amina Larkspur (assessed 29 days ago)", "risk")
    assert ask(here, "assessed", at=later, days=28) == told
    assert ask(here, "final_assessment", at=later, days=28) == told


@pytest.mark.parametrize("need", ["assessed", "final_assessment", "advice_if_high", "acted_on_high"])
def test_nobody_known_leaves_nothing_to_ask(here: Side, need: str) -> None:
    here.case.parties.filter(role="complainant").delete()
    assert ask(here, need, of="closing_advice").met is True


def test_a_high_risk_needs_advice_that_is_newer_and_by_the_right_position(here: Side) -> None:
    needed: dict[str, Any] = {"of": "closing_advice", "by": ("csam",)}
    assert ask(here, "advice_if_high", **needed).met is True
    advice(here, position="csam", at=NOON - DAY)
    assess(here, HIGH, "high")
    refused = Answer(False, "High risk: Amina Larkspur.", "approve", "closing_advice")
    assert ask(here, "advice_if_high", **needed) == refused
    advice(here, position="manager")
    advice(here, position="csam", what="legal_decision")
    assert ask(here, "advice_if_high", **needed) == refused
    advice(here, position="csam")
    assert ask(here, "advice_if_high", **needed) == Answer(True, "", "approve", "closing_advice")


def test_a_risk_that_has_fallen_needs_no_advice(here: Side) -> None:
    assess(here, HIGH, "high")
    with clock_at(NOON + DAY):
        assess(here)
    assert ask(here, "advice_if_high", of="closing_advice").met is True
    assert ask(here, "acted_on_high").met is True


def test_a_high_risk_needs_somebody_to_have_acted(here: Side) -> None:
    assessment = assess(here, HIGH, "high")
    assert ask(here, "acted_on_high") == Answer(False, "Amina Larkspur", "risk")
    act_on_high(assessment, words="Speak weekly", by=here.actor())
    assert ask(here, "acted_on_high") == Answer(True, "", "risk")
