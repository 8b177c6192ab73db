"""First contact with a complainant who is added to an open case without a report of their own."""

import datetime

import pytest

from cases.choices import PartyRole
from cases.models import Breach, Deadline, Person
from cases.services.categorising import recategorise
from cases.services.parties import NewParty, put_on_case
from cases.services.people import Told
from cases.services.rearranging import merge_cases
from cases.services.undoing import undo
from cases.services.working import ContactDetails, record_contact
from cases.sweep import sweep_landlord
from landlords.permissions import Role
from tests.actionplans.plan.plans import build_places_for_people, inside
from tests.cases.linking.world import told
from tests.factories.world import MONDAY, NOON, Side
from timeline.actors import system
from timeline.clock import clock_at
from triage.facts import Facts
from triage.services import Submission, submit_report

HOUR = datetime.timedelta(hours=1)
END_OF_MONDAY = datetime.datetime(2026, 11, 16, 23, 59, 59, tzinfo=datetime.UTC)
END_OF_TUESDAY = END_OF_MONDAY + datetime.timedelta(days=1)
BETH = Told(name="Beth Ashdown", phone="07700 900456")


def add(side: Side, who: Told = BETH) -> Person:
    return put_on_case(side.case, NewParty(who, PartyRole.COMPLAINANT), by=side.actor()).person


def owed(person: Person) -> list[tuple[str, datetime.datetime, datetime.datetime | None]]:
    found = Deadline.objects.filter(person=person, kind="initial_contact").order_by("pk")
    return [(one.state, one.start_at, one.due_at) for one in found]


def speak(side: Side, person: Person, at: datetime.datetime = NOON) -> None:
    record_contact(side.case, ContactDetails(person.pk, "telephone", "spoke", at), by=side.actor())


def test_it_is_owed_from_when_they_were_added_and_met_by_speaking_with_them(here: Side) -> None:
    beth = add(here)
    clock = Deadline.objects.get(person=beth, kind="initial_contact")
    assert (clock.basis, clock.clause_id, clock.report) == ("promise", "VV-030", None)
    assert clock.receipt["receipt"][0]["text"] == "Added to the case. Day 0"
    speak(here, here.complainant)
    assert owed(beth) == [("running", NOON, END_OF_TUESDAY)]
    speak(here, beth)
    assert owed(beth) == [("met", NOON, END_OF_TUESDAY)]


def test_places_for_people_promises_it_in_the_time_of_the_managing_team(db: None) -> None:
    with clock_at(MONDAY):
        side = build_places_for_people()
    with clock_at(NOON), inside(side):
        clock = Deadline.objects.get(person=add(side), kind="initial_contact")
    assert (clock.clause, clock.clause_id, clock.due_at) == ("6.2", "PFP-085", END_OF_TUESDAY)


def test_nobody_is_owed_it_twice(here: Side) -> None:
    """Their report has started one; being added as well starts none."""
    before = owed(here.complainant)
    here.case.parties.filter(person=here.complainant).update(role=PartyRole.WITNESS)
    add(here, Told(person_id=here.complainant.pk))
    assert owed(here.complainant) == before


def test_a_report_of_their_own_starts_its_own_and_one_contact_meets_both(here: Side) -> None:
    beth = add(here)
    with clock_at(NOON + HOUR):
        facts = Facts(received_at=NOON + HOUR, behaviours=("noise",))
        again = Submission(facts, description="x", reporter=Told(person_id=beth.pk))
        submit_report(again, by=system("Tests"), join=here.case)
        speak(here, beth, NOON + HOUR)
    assert owed(beth) == [("met", NOON, END_OF_TUESDAY), ("met", NOON + HOUR, END_OF_TUESDAY)]


def test_another_level_works_it_out_again_and_a_higher_one_owes_it_anew(here: Side) -> None:
    """Decision 13, as of a reported one: never later on the way up, from its own start on the way down."""
    beth, cleo = add(here), add(here, Told(name="Cleo Ashdown"))
    speak(here, cleo)
    with clock_at(NOON + HOUR):
        recategorise(here.case, level="a", reason="Threats now", by=here.actor())
    up = ("running", NOON + HOUR, END_OF_MONDAY)
    assert owed(beth) == [("withdrawn", NOON, END_OF_TUESDAY), up]
    assert owed(cleo) == [("met", NOON, END_OF_TUESDAY), up]
    with clock_at(NOON + 2 * HOUR):
        recategorise(here.case, level="b", reason="None after all", by=here.actor())
    assert owed(beth)[2:] == [("running", NOON + HOUR, END_OF_TUESDAY)]
    kept = Deadline.objects.filter(person=beth, kind="initial_contact", state="running")
    assert [(one.clause_id, one.report) for one in kept] == [("VV-030", None)]


def test_a_merge_keeps_the_earlier_of_two_and_undoing_brings_both_back(here: Side) -> None:
    beth = add(here)
    other = told(here, "noise", known=here.complainant, at=NOON)
    with clock_at(NOON + HOUR):
        other.parties.create(landlord=here.landlord, person=beth, role=PartyRole.WITNESS, since=NOON)
        put_on_case(other, NewParty(Told(person_id=beth.pk), PartyRole.COMPLAINANT), by=here.actor())
        before = owed(beth)
        merged = merge_cases(other, here.case, reason="One", by=here.actor(Role.MANAGER))
    assert owed(beth) == [before[0], ("withdrawn", *before[1][1:])]
    undo(merged, reason="Two", by=here.actor(Role.MANAGER))
    assert owed(beth) == before


def test_it_is_missed_like_any_other_promise(here: Side) -> None:
    beth = add(here)
    with clock_at(END_OF_TUESDAY + HOUR):
        sweep_landlord(here.landlord.pk)
    assert Breach.objects.filter(deadline__person=beth).count() == 1


@pytest.mark.parametrize("role", [PartyRole.WITNESS, PartyRole.RESPONDENT])
def test_others_who_are_added_are_owed_none(here: Side, role: PartyRole) -> None:
    person = put_on_case(here.case, NewParty(BETH, role, same_household=True), by=here.actor()).person
    assert owed(person) == []
