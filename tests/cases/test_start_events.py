"""A policy may count a duty from something other than the report: what was said first, agreed, or referred."""

import copy
import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from cases.models import Case
from cases.services.people import Told
from cases.services.working import (
    ContactDetails,
    IncidentDetails,
    add_incident,
    record_contact,
    record_duty_done,
)
from landlords.models import Landlord
from policies.parsing import parse_policy
from policies.services import PolicyFile, load_policies
from tests.factories.policies import policy_file
from tests.factories.world import MONDAY, NOON
from timeline.actors import system
from timeline.clock import clock_at
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report

BY = system("Tests")
END_OF_WEDNESDAY = datetime.datetime(2026, 11, 18, 23, 59, 59, tzinfo=datetime.UTC)


def counted_from(event: str, kind: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "label": f"Something after it is {event}",
        "due": "within_working_days:2",
        "start": event,
        "met_by": "risk_assessment_completed",
        "clause": "4.3",
    }


@pytest.fixture
def case(db: None) -> Iterator[Case]:
    """A domestic abuse case of a landlord whose policy also counts from the three later events."""
    shipped = policy_file("vivid")
    content = copy.deepcopy(shipped.content)
    kept = [rule for rule in content["deadlines"] if rule["kind"] in ("initial_contact", "contact_update")]
    referral = counted_from("received", "domestic_abuse_referral") | {
        "met_by": "referral_made",
        "only_domestic_abuse": True,
    }
    later = [("first_contact", "risk_assessment"), ("agreed", "risk_review"), ("referred", "action_plan")]
    content["deadlines"] = [*kept, referral, *(counted_from(*one) for one in later)]
    load_policies([PolicyFile("vivid.yaml", parse_policy(content, "vivid.yaml"), content)], by=BY)
    with clock_at(NOON), transaction.atomic(), landlord_scope(Landlord.objects.get().pk):
        facts = Facts(received_at=MONDAY, behaviours=("domestic_abuse",))
        opened = submit_report(Submission(facts, description="x", reporter=Told(name="Amina")), by=BY).case
        assert opened is not None
        yield opened


def due(case: Case) -> dict[str, datetime.datetime | None]:
    found = case.deadlines.filter(kind__in=["risk_assessment", "risk_review", "action_plan"])
    return {one.kind: one.due_at for one in found}


def speak(case: Case, outcome: str, agreed: int | None = None) -> None:
    person = case.parties.get().person_id
    record_contact(case, ContactDetails(person, "telephone", outcome, NOON, agreed_every_days=agreed), by=BY)


def test_nothing_counted_from_a_later_event_runs_before_it(case: Case) -> None:
    speak(case, "no_answer", agreed=3)
    assert due(case) == {}


def test_the_first_contact_starts_its_duty_once(case: Case) -> None:
    speak(case, "spoke")
    speak(case, "spoke")
    assert due(case) == {"risk_assessment": END_OF_WEDNESDAY}


def test_an_agreed_interval_starts_its_duty(case: Case) -> None:
    speak(case, "spoke", agreed=3)
    assert due(case) == {"risk_assessment": END_OF_WEDNESDAY, "risk_review": END_OF_WEDNESDAY}


def test_a_referral_starts_its_duty(case: Case) -> None:
    record_duty_done(
        case.deadlines.get(kind="domestic_abuse_referral"), done_at=NOON, note="By e-mail", by=BY
    )
    assert due(case) == {"action_plan": END_OF_WEDNESDAY}


def test_a_duty_of_domestic_abuse_is_owed_from_when_it_comes_to_light(case: Case) -> None:
    facts = Facts(received_at=MONDAY, behaviours=("noise",))
    quiet = submit_report(Submission(facts, description="x", reporter=Told(name="Beth")), by=BY).case
    assert quiet is not None
    referral = quiet.deadlines.filter(kind="domestic_abuse_referral")
    before = referral.count()
    for _again in range(2):
        add_incident(quiet, IncidentDetails("He broke her arm", ["domestic_abuse"]), by=BY)
    assert (before, list(referral.values_list("start_at", "due_at"))) == (0, [(NOON, END_OF_WEDNESDAY)])
