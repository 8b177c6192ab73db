"""Decisions a policy wants on record: asked, answered once, and never overwritten."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.models import Case, Decision
from cases.services.closing import close_case
from cases.services.deciding import record_decision, to_record
from cases.services.joining import join_cases
from landlords.models import Landlord
from landlords.permissions import Refused, Role
from tests.cases.pages import address, send, words
from tests.factories.policies import load
from tests.factories.stage import set_gates_aside
from tests.factories.world import MONDAY, NOON, Side, World, report
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
        ("safeguarding", None),
        ("support_and_vulnerabilities", None),
        ("equality_review", None),
        ("malicious_complaint", None),
        ("witness_offers", None),
        ("perpetrator_support", None),
        ("agencies_told", None),
        ("manager_review", None),
        ("witness_support", None),
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


def test_a_closed_case_is_decided_about_and_stays_closed(here: Side) -> None:
    set_gates_aside(here.case)
    close_case(here.case, ground="resolved", reason="Over", by=here.actor(Role.MANAGER))
    made = record_decision(
        here.case,
        key="lead_agency",
        answer="We lead",
        reason="On appeal",
        by=here.actor(),
    )
    event = Event.objects.filter(case_id=here.case.pk).order_by("-id")[0]
    assert (event.verb, event.subject_id) == ("decision_after_closing", made.pk)
    closed = Case.objects.get(pk=here.case.pk)
    assert (closed.status, closed.deadlines.filter(state="running").count()) == ("closed", 0)


def test_the_same_people_may_decide_about_a_closed_case_and_nobody_else(here: Side) -> None:
    set_gates_aside(here.case)
    close_case(here.case, ground="resolved", reason="Over", by=here.actor(Role.MANAGER))
    events = Event.objects.count()
    for role in (Role.ADVISER, Role.AUDITOR):
        with pytest.raises(Refused):
            record_decision(here.case, key="lead_agency", answer="We lead", reason="x", by=here.actor(role))
    assert (Decision.objects.count(), Event.objects.count()) == (0, events)


def test_a_case_that_was_joined_is_decided_about_on_the_other(here: Side) -> None:
    newer = report(here, "noise").case
    assert newer is not None
    join_cases(newer, here.case, reason="One matter", by=here.actor())
    events = Event.objects.count()
    with pytest.raises(Refused, match="This case belongs to another one now"):
        record_decision(newer, key="lead_agency", answer="We lead", reason="x", by=here.actor())
    assert (Decision.objects.count(), Event.objects.count()) == (0, events)


def test_the_page_of_a_closed_case_offers_it_and_says_that_it_stays_closed(
    here: Side, client: Client
) -> None:
    set_gates_aside(here.case)
    close_case(here.case, ground="resolved", reason="Over", by=here.actor(Role.MANAGER))
    here.sign_in(client)
    url = address("record-decision", here, "lead_agency")
    assert url in client.get(f"{address('case', here)}?decisions=1").content.decode()
    assert "This case is closed and stays closed." in words(client.get(url))
    send(client, url, answer="We lead", reason="On appeal")
    assert Decision.objects.get().reason == "On appeal"
    assert "Decided after the case was closed:" in words(client.get(address("case", here)))


def test_another_landlords_closed_case_is_not_there(world: World, client: Client) -> None:
    url = reverse("record-decision", args=[world.there.case.reference, "lead_agency"])
    assert world.here.sign_in(client).post(url, {"answer": "x", "reason": "x"}).status_code == 404
    with landlord_scope(world.there.landlord.pk):
        assert Decision.objects.count() == 0
