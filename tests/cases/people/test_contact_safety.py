"""Safe contact, needs and late entries when a contact, a note or an incident is recorded (decision 18, Ruling 13)."""

import datetime
from typing import Any

import pytest

from cases.choices import ContactMeans, Format
from cases.models import Case, Contact, Incident, Note, Person
from cases.services.reaching import is_safe, needs_of, passed_over
from cases.services.working import (
    ContactDetails,
    IncidentDetails,
    add_incident,
    add_note,
    record_contact,
)
from landlords.permissions import Refused, Role
from tests.factories.world import NOON, Side
from timeline.models import Event

DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)


def survivor(here: Side, safe: str = "text") -> Person:
    person = here.restricted_case.parties.get(role="complainant").person
    Person.objects.filter(pk=person.pk).update(safe_contact=safe)
    return Person.objects.get(pk=person.pk)


def contact(case: Case, person: Person, here: Side, **changes: Any) -> Contact:
    told = {"means": "telephone", "outcome": "spoke", "occurred_at": NOON, "summary": "Rang", **changes}
    details = ContactDetails(person.pk, **told)
    return record_contact(case, details, by=here.actor(Role.MANAGER)).contact


def newest(case: Case) -> Event:
    return Event.objects.filter(case_id=case.pk).select_related("words").order_by("-id")[0]


@pytest.mark.parametrize("outcome", ["spoke", "no_answer"])
def test_on_domestic_abuse_a_way_that_is_not_safe_is_refused_in_our_name(here: Side, outcome: str) -> None:
    person, events = survivor(here), Event.objects.count()
    with pytest.raises(Refused) as refused:
        contact(here.restricted_case, person, here, outcome=outcome)
    assert refused.value.reasons == [
        "Our safety rule: on domestic abuse Amina Larkspur is reached only in the way that is safe for them "
        "(text only), unless they themselves asked for another."
    ]
    assert (Contact.objects.count(), Event.objects.count()) == (0, events)


def test_if_they_asked_for_it_themselves_it_is_recorded_and_said(here: Side) -> None:
    contact(here.restricted_case, survivor(here), here, asked_this_way=True)
    event = Event.objects.get(verb="contact_made")
    assert event.payload == {
        "outcome": "spoke",
        "means": "telephone",
        "person_id": event.payload["person_id"],
        "asked_this_way": True,
    }
    assert event.words.text == "Rang\nThey asked to be reached this way themselves."


@pytest.mark.parametrize(("safe", "means"), [("text", "text"), ("text", "office"), ("any", "telephone")])
def test_the_safe_way_is_never_refused(here: Side, safe: str, means: str) -> None:
    contact(here.restricted_case, survivor(here, safe), here, means=means)
    assert Contact.objects.get().means == means


def test_on_other_cases_the_service_records_what_happened(here: Side) -> None:
    Person.objects.filter(pk=here.complainant.pk).update(safe_contact="text")
    contact(here.case, here.complainant, here)
    assert Contact.objects.get().means == "telephone"


SAFE = {
    "any": set(ContactMeans.values),
    "call": {"telephone", "office"},
    "text": {"text", "office"},
    "email": {"email", "office"},
    "letter": {"letter", "office"},
}


@pytest.mark.parametrize("safe", SAFE)
def test_which_ways_are_safe(safe: str) -> None:
    person = Person(safe_contact=safe)
    assert {means for means in ContactMeans.values if is_safe(person, means)} == SAFE[safe]


PASSED_OVER = {
    "large_print": {"letter"},
    "easy_read": {"text", "email", "letter"},
    "braille": {"letter"},
    "audio": {"letter"},
    "spoken": {"text", "email", "letter"},
    "written": {"telephone"},
    "sign_language": {"telephone", "visit", "office", "video"},
}


@pytest.mark.parametrize("form", Format.values)
def test_which_ways_pass_over_a_need(form: str) -> None:
    person = Person(formats=[form])
    assert {means for means in ContactMeans.values if passed_over(person, means)} == PASSED_OVER[form]


def test_a_language_is_thought_of_at_every_contact() -> None:
    person = Person(language="Polish", formats=["easy_read"])
    assert passed_over(person, "letter") == ["easy read", "Polish"]
    assert passed_over(person, "visit") == ["Polish"]


def test_everything_to_think_of_is_listed() -> None:
    person = Person(
        under_18=True,
        representative="Her aunt",
        formats=["easy_read", "gone"],
        language="Polish",
        adjustments="Ring before a visit",
        needs="Wheelchair",
    )
    assert needs_of(person) == [
        "Under 18",
        "Her aunt speaks for them",
        "Easy read",
        "Polish",
        "Ring before a visit",
        "Wheelchair",
    ]
    assert needs_of(Person()) == []


def test_what_is_entered_more_than_a_day_later_says_why(here: Side) -> None:
    saved = contact(here.case, here.complainant, here, occurred_at=NOON - DAY - SECOND, late_reason=" Ill ")
    assert saved.late_reason == "Ill"
    event = Event.objects.get(verb="contact_made")
    assert (event.occurred_at, event.words.text) == (NOON - DAY - SECOND, "Rang\nEntered late: Ill")


def test_within_a_day_no_reason_is_kept(here: Side) -> None:
    saved = contact(here.case, here.complainant, here, occurred_at=NOON - DAY, late_reason="Not needed")
    assert saved.late_reason == ""
    assert Event.objects.get(verb="contact_made").words.text == "Rang"


def test_without_its_reason_nothing_late_is_recorded(here: Side) -> None:
    late, by, events = NOON - DAY - SECOND, here.actor(), Event.objects.count()
    incidents = Incident.objects.count()
    with pytest.raises(Refused, match="Say why it is entered late"):
        contact(here.case, here.complainant, here, occurred_at=late, late_reason="  ")
    with pytest.raises(Refused, match="Say why it is entered late"):
        add_incident(here.case, IncidentDetails("He shouted", ["noise"], occurred_at=late), by=by)
    with pytest.raises(Refused, match="Say why it is entered late"):
        add_note(here.case, text="Visited", kind="visit", occurred_at=late, by=by)
    with pytest.raises(Refused, match="cannot be in the future"):
        add_note(here.case, text="Visited", kind="visit", occurred_at=NOON + SECOND, by=by)
    assert (Contact.objects.count(), Note.objects.count(), Event.objects.count()) == (0, 0, events)
    assert Incident.objects.count() == incidents


def test_a_late_incident_and_a_late_visit_say_why_in_the_timeline(here: Side) -> None:
    late = NOON - 3 * DAY
    told = IncidentDetails("He shouted", ["noise"], occurred_at=late, late_reason="From her diary")
    add_incident(here.case, told, by=here.actor())
    add_note(
        here.case, text="Met her", kind="visit", occurred_at=late, late_reason="Notebook", by=here.actor()
    )
    entries = Event.objects.filter(case_id=here.case.pk).order_by("-id")[:2]
    assert [(one.verb, one.occurred_at, one.words.text) for one in entries] == [
        ("visit_noted", late, "Met her\nEntered late: Notebook"),
        ("incident_added", late, "He shouted\nEntered late: From her diary"),
    ]
    assert Note.objects.get().kind == "visit"
