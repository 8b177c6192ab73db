"""Contact meets clocks; an attempt meets nothing (decisions 11, 12)."""

import datetime

import pytest
from django.db import transaction

from cases.models import Breach, Contact, Deadline
from cases.services.people import Told
from cases.services.working import ContactDetails, record_contact
from landlords.permissions import Refused, Role
from tests.factories.world import MONDAY, NOON, Side, World
from timeline.actors import system
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report

HOUR = datetime.timedelta(hours=1)


def details(here: Side, **changes: object) -> ContactDetails:
    told = {"person_id": here.complainant.pk, "means": "telephone", "outcome": "spoke", "occurred_at": NOON}
    return ContactDetails(**{**told, **changes})  # type: ignore[arg-type]


def first_contact(here: Side) -> Deadline:
    return here.case.deadlines.get(kind="initial_contact")


def test_speaking_meets_the_first_contact_and_starts_the_weekly_one(here: Side) -> None:
    recorded = record_contact(here.case, details(here), by=here.actor())
    assert [(one.kind, one.state, one.met_at) for one in recorded.met] == [("initial_contact", "met", NOON)]
    assert recorded.next_contact is not None
    assert recorded.next_contact.due_at == datetime.datetime(2026, 11, 23, 23, 59, 59, tzinfo=datetime.UTC)
    assert Breach.objects.count() == 0


@pytest.mark.parametrize("outcome", ["no_answer", "message_left", "letter_sent", "visit_no_answer"])
def test_an_attempt_meets_nothing(here: Side, outcome: str) -> None:
    recorded = record_contact(here.case, details(here, outcome=outcome), by=here.actor())
    assert recorded.met == []
    assert recorded.next_contact is None
    assert first_contact(here).state == "running"


def test_one_contact_meets_the_clocks_of_every_report_of_that_person(here: Side) -> None:
    with clock_at(MONDAY + HOUR):
        submit_report(
            Submission(
                Facts(received_at=MONDAY + HOUR, behaviours=("noise",)),
                description="Again",
                reporter=Told(person_id=here.complainant.pk),
            ),
            by=system("Tests"),
            join=here.case,
        )
    recorded = record_contact(here.case, details(here), by=here.actor())
    assert [one.kind for one in recorded.met] == ["initial_contact", "initial_contact"]


def test_a_more_serious_report_on_an_open_case_is_graded_by_itself(here: Side) -> None:
    submitted = submit_report(
        Submission(
            Facts(received_at=NOON, behaviours=("physical_violence",)),
            description="He hit me",
            reporter=Told(person_id=here.complainant.pk),
        ),
        by=system("Tests"),
        join=here.case,
    )
    clock = submitted.report.deadlines.get(kind="initial_contact")
    assert clock.due_at == datetime.datetime(2026, 11, 16, 23, 59, 59, tzinfo=datetime.UTC)
    assert here.case.deadlines.filter(kind="initial_contact").count() == 2


def test_a_clock_started_after_the_contact_is_not_met_by_it(here: Side) -> None:
    recorded = record_contact(here.case, details(here, occurred_at=MONDAY - HOUR), by=here.actor())
    assert recorded.met == []


def test_contact_after_the_due_second_is_a_miss_even_if_no_sweep_ran(here: Side) -> None:
    due_at = first_contact(here).due_at
    assert due_at is not None
    late = due_at + datetime.timedelta(seconds=1)
    with clock_at(late):
        record_contact(here.case, details(here, occurred_at=late), by=here.actor())
    deadline = first_contact(here)
    assert (deadline.state, deadline.met_at, deadline.breached_at) == ("met", late, due_at)
    assert deadline.needs_explanation
    assert [breach.due_at for breach in Breach.objects.all()] == [due_at]


def test_contact_within_the_due_second_is_in_time(here: Side) -> None:
    due_at = first_contact(here).due_at
    assert due_at is not None
    moment = due_at + datetime.timedelta(milliseconds=999)
    with clock_at(moment):
        record_contact(here.case, details(here, occurred_at=moment), by=here.actor())
    assert Breach.objects.count() == 0


def test_a_refused_contact_leaves_no_trace(here: Side) -> None:
    events = Event.objects.count()
    for changes, role in (
        ({"person_id": 0}, Role.OFFICER),
        ({"occurred_at": NOON + HOUR}, Role.OFFICER),
        ({}, Role.ADVISER),
        ({}, Role.AUDITOR),
    ):
        with pytest.raises(Refused):
            record_contact(here.case, details(here, **changes), by=here.actor(role))
    assert Contact.objects.count() == 0
    assert Event.objects.count() == events
    assert first_contact(here).state == "running"


def test_derby_is_met_only_when_the_main_contact_was_told(world: World) -> None:
    there = world.there
    with transaction.atomic(), landlord_scope(there.landlord.pk):
        record_contact(there.case, details(there), by=there.actor())
        assert first_contact(there).state == "running"
        record_contact(there.case, details(there, told_main_contact=True), by=there.actor())
        assert first_contact(there).state == "met"


def test_an_agreed_interval_replaces_the_weekly_one(here: Side) -> None:
    recorded = record_contact(here.case, details(here, agreed_every_days=14), by=here.actor())
    assert recorded.next_contact is not None
    assert recorded.next_contact.rule == "every_calendar_days:14"
    assert recorded.next_contact.due_at == datetime.datetime(2026, 11, 30, 23, 59, 59, tzinfo=datetime.UTC)


def test_duties_to_an_anonymous_reporter_are_impossible_not_missed(here: Side) -> None:
    submitted = submit_report(
        Submission(
            Facts(received_at=MONDAY, behaviours=("noise",), anonymous=True),
            description="Loud",
            respondent=Told(name="Nobody known"),
        ),
        by=system("Tests"),
    )
    assert submitted.case is not None
    states = {(one.kind, one.state, one.due_at) for one in submitted.case.deadlines.all()}
    assert states == {
        ("initial_contact", "impossible", None),
        ("risk_assessment", "impossible", None),
        ("action_plan", "impossible", None),
        ("lead_agency", "running", None),
    }
