"""Decisions a policy wants on record: asked, answered once, and never overwritten."""

import pytest
from django.db import transaction

from cases.models import Decision
from cases.services.deciding import record_decision, to_record
from landlords.models import Landlord
from landlords.permissions import Refused, Role
from tests.factories.policies import load
from tests.factories.world import MONDAY, NOON, Side
from timeline.actors import Actor, system
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report


def asked(here: Side) -> list[tuple[str, str | None]]:
    return [(one.rule.key, one.latest.answer if one.latest else None) for one in to_record(here.case)]


def test_a_case_asks_what_its_policy_asks(here: Side) -> None:
    assert asked(here) == [
        ("link_to_our_homes", None),
        ("risk_and_impact", None),
        ("tenancy_definition", None),
        ("lead_agency", None),
        ("people_contacted", None),
        ("equality_review", None),
        ("malicious_complaint", None),
        ("witness_offers", None),
        ("perpetrator_support", None),
        ("agencies_told", None),
        ("manager_review", None),
    ]


def test_an_answer_moves_to_the_end_and_a_later_one_stands_beside_it(here: Side) -> None:
    for answer in ("We lead", "Another agency leads"):
        record_decision(here.case, key="lead_agency", answer=answer, reason="Because", by=here.actor())
    assert asked(here)[-1] == ("lead_agency", "Another agency leads")
    assert list(Decision.objects.values_list("answer", flat=True)) == ["We lead", "Another agency leads"]


def test_the_lead_agency_decision_meets_its_duty(here: Side) -> None:
    record_decision(here.case, key="lead_agency", answer="We lead", reason="Ours", by=here.actor())
    duty = here.case.deadlines.get(kind="lead_agency")
    assert (duty.state, duty.met_at) == ("met", NOON)


@pytest.mark.parametrize(
    ("key", "answer", "reason", "role"),
    [
        ("lead_agency", "Nobody", "x", Role.OFFICER),
        ("lead_agency", "We lead", " ", Role.OFFICER),
        ("lead_agency", "We lead", "x", Role.ADVISER),
        ("risk_and_impact", " ", "x", Role.OFFICER),
        ("hate_incident_or_crime", "Hate crime", "not asked here", Role.OFFICER),
        ("no_such_question", "Yes", "x", Role.OFFICER),
    ],
)
def test_a_refused_decision_records_nothing(
    here: Side, key: str, answer: str, reason: str, role: str
) -> None:
    events = Event.objects.count()
    with pytest.raises(Refused):
        record_decision(here.case, key=key, answer=answer, reason=reason, by=here.actor(role))
    assert Decision.objects.count() == 0
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("key", "answer", "holder"),
    [
        ("proportionality_assessment", "Legal action is proportionate", "tem"),
    ],
)
def test_a_decision_kept_for_a_position_is_refused_to_others(
    db: None, key: str, answer: str, holder: str
) -> None:
    """Places for People, Procedure 3: only a TEM writes the assessment. Whose hands it is approved by: approvals."""
    load("places-for-people")
    landlord = Landlord.objects.get()
    with clock_at(NOON), transaction.atomic(), landlord_scope(landlord.pk):
        facts = Facts(received_at=MONDAY, behaviours=("noise",))
        case = submit_report(Submission(facts, description="Loud"), by=system("Tests")).case
        assert case is not None
        actors = {
            position: Actor(position, user_id=1, membership_id=None, role=Role.MANAGER, positions=(position,))
            for position in ("chm", holder)
        }
        with pytest.raises(Refused):
            record_decision(case, key=key, answer=answer, reason="x", by=actors["chm"])
        assert Decision.objects.count() == 0
        record_decision(case, key=key, answer=answer, reason="x", by=actors[holder])
        assert Decision.objects.get().decided_by == holder
