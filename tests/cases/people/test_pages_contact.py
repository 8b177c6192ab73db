"""Recording contact, notes and incidents from the page: safe ways, needs, and what is entered late."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Contact, Incident, Note, Person
from landlords.permissions import Role
from tests.cases.pages import address, errors, send, words
from tests.factories.world import Side
from timeline.models import Event


def contact(here: Side, client: Client, **changes: Any) -> Any:
    typed = {"person": str(here.complainant.key), "means": "telephone", "outcome": "spoke", **changes}
    return send(client, address("record-contact", here), **typed)


def know(person: Person, **known: Any) -> None:
    Person.objects.filter(pk=person.pk).update(**known)


def test_on_domestic_abuse_only_their_own_wish_lets_an_unsafe_way_pass(here: Side, client: Client) -> None:
    case = here.restricted_case
    person = case.parties.get(role="complainant").person
    know(person, safe_contact="text")
    here.sign_in(client, Role.MANAGER)
    url = reverse("record-contact", args=[case.reference])
    typed = {"person": str(person.key), "means": "telephone", "outcome": "no_answer"}
    response = send(client, url, **typed)
    assert errors(response) == [
        "Our safety rule: Amina Larkspur is reached only in the way that is safe for them (text only). "
        "Tick if they themselves asked for this way"
    ]
    assert "They asked us to reach them this way" in words(response)
    assert Contact.objects.count() == 0
    send(client, url, **typed, unsafe_confirmed="on")
    assert Event.objects.get(verb="contact_tried").payload["asked_this_way"] is True


def test_elsewhere_an_unsafe_way_only_warns(here: Side, client: Client) -> None:
    know(here.complainant, safe_contact="text")
    here.sign_in(client)
    assert "This is how it happened. Record it" in words(contact(here, client))
    contact(here, client, unsafe_confirmed="on")
    assert "asked_this_way" not in Event.objects.get(verb="contact_made").payload


def test_needs_are_shown_and_what_passes_them_over_has_to_be_confirmed(here: Side, client: Client) -> None:
    know(here.complainant, formats=["easy_read"], adjustments="Ring before a visit")
    here.sign_in(client)
    shown = "Amina Larkspur needs: Easy read · Ring before a visit"
    assert shown in words(client.get(address("record-contact", here)))
    letter = {"means": "letter", "outcome": "letter_sent"}
    assert errors(contact(here, client, **letter)) == [
        "Amina Larkspur needs: easy read. Say in “What was said” how you met that, then tick to record it"
    ]
    assert Contact.objects.count() == 0
    contact(here, client, **letter, needs_confirmed="on", summary="With pictures")
    event = Event.objects.select_related("words").get(verb="contact_tried")
    assert event.payload["needs_passed_over"] is True
    assert event.words.text == "With pictures\nRecorded knowing what they need."
    contact(here, client)
    assert Contact.objects.count() == 2


def test_a_tick_where_nothing_warned_is_not_recorded(here: Side, client: Client) -> None:
    here.sign_in(client)
    contact(here, client, unsafe_confirmed="on", needs_confirmed="on")
    assert set(Event.objects.get(verb="contact_made").payload) == {"outcome", "means", "person_id"}


def test_what_happened_more_than_a_day_ago_asks_why(here: Side, client: Client) -> None:
    here.sign_in(client)
    late = {"occurred_at": "2026-11-14T09:00", "summary": "Rang"}
    assert "Why is it entered late?" not in words(client.get(address("record-contact", here)))
    response = contact(here, client, **late)
    assert errors(response) == ["Say why it is entered late"]
    assert "Why is it entered late?" in words(response)
    assert Contact.objects.count() == 0
    contact(here, client, **late, late_reason="I was ill")
    assert Contact.objects.get().late_reason == "I was ill"
    assert "Rang Entered late: I was ill" in words(client.get(address("case", here)))


def test_an_old_incident_and_an_old_visit_ask_why_too(here: Side, client: Client) -> None:
    here.sign_in(client)
    incident = {"description": "He shouted", "occurred_at": "2026-11-10T22:00"}
    visit = {"text": "Met her", "kind": "visit", "occurred_at": "2026-11-10T09:00"}
    for name, typed in (("add-incident", incident), ("add-note", visit)):
        assert errors(send(client, address(name, here), **typed)) == ["Say why it is entered late"], name
    assert (Incident.objects.filter(report=None).count(), Note.objects.count()) == (0, 0)
    send(client, address("add-incident", here), **incident, late_reason="Her diary")
    send(client, address("add-note", here), **visit, late_reason="Notebook")
    found = words(client.get(address("case", here)))
    assert "He shouted Entered late: Her diary" in found
    assert "Visit or interview 9am · Officer Larkspur · recorded late, Mon 16 Nov Met her" in found


@pytest.mark.parametrize("typed", ["2026-11-15T12:00", "2026-11-15T12:01"])
def test_within_a_day_nothing_is_asked(here: Side, client: Client, typed: str) -> None:
    here.sign_in(client)
    contact(here, client, occurred_at=typed)
    assert Contact.objects.get().late_reason == ""


def test_a_note_without_a_kind_is_a_note(here: Side, client: Client) -> None:
    send(here.sign_in(client), address("add-note", here), text="Rang back")
    assert Note.objects.get().kind == "note"
