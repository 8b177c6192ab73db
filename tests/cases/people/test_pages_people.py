"""The people page and its forms, as each reader sees them."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.models import Contact, Party, Person, Request
from cases.services.asking import ask_of_person
from landlords.permissions import Role
from tests.cases.pages import address, errors, send, words
from tests.cases.people.test_conflicts import at_home, counter
from tests.factories.world import MONDAY, Side, World
from timeline.actors import system
from timeline.models import Access, Event
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report


def person_url(here: Side) -> str:
    return address("change-person", here, here.complainant.key)


def typed(**changes: Any) -> dict[str, Any]:
    return {"name": "Amina Larkspur", "phone": "07700 900123", "safe_contact": "any", **changes}


def page(here: Side, client: Client, role: str = Role.OFFICER) -> str:
    response = here.sign_in(client, role).get(address("people", here))
    assert response.status_code == 200
    return words(response)


def test_everybody_with_what_to_think_of(here: Side, client: Client) -> None:
    Person.objects.filter(pk=here.complainant.pk).update(
        safe_contact="text",
        safe_contact_note="Never after 6pm",
        formats=["easy_read"],
        language="Polish",
        adjustments="Ring before a visit",
        vulnerability="Lives alone, epilepsy",
        confidential=True,
        under_18=True,
    )
    found = page(here, client)
    for told in (
        "Amina Larkspur Change what we know about Amina Larkspur Complainant Text only Confidential",
        "Under 18, and nobody is named who speaks for them.",
        "Contact safely “Never after 6pm” Telephone 07700 900123 E-mail amina@larkspur.example",
        "Needs Under 18 Easy read Polish Ring before a visit",
        "Vulnerability and support Lives alone, epilepsy",
        "We know who they are and tell nobody else. That is not the same as anonymous.",
        "Dale Larkspur Change what we know about Dale Larkspur Alleged perpetrator · Our tenant",
    ):
        assert told in found, told


def test_an_anonymous_report_is_told_apart(here: Side, client: Client) -> None:
    facts = Facts(received_at=MONDAY, behaviours=("noise",), anonymous=True)
    case = submit_report(Submission(facts, description="Loud"), by=system("Tests")).case
    assert case is not None
    found = words(here.sign_in(client).get(reverse("people", args=[case.reference])))
    assert "1 report was anonymous: nobody knows who told us" in found
    assert "is not possible, and is never missed." in found
    assert "anonymous:" not in page(here, client)


def test_on_domestic_abuse_it_asks_which_way_is_safe(here: Side, client: Client) -> None:
    url = reverse("people", args=[here.restricted_case.reference])
    here.sign_in(client, Role.MANAGER)
    asked = "Ask which way of contact is safe for them: nothing is recorded."
    assert asked in words(client.get(url))
    assert Access.objects.get().purpose == "people"
    Person.objects.filter(parts__case=here.restricted_case).update(safe_contact="text")
    assert asked not in words(client.get(url))


@pytest.mark.parametrize(
    ("role", "offered"), [(Role.OFFICER, True), (Role.ADVISER, False), (Role.AUDITOR, False)]
)
def test_only_what_the_reader_may_do_is_offered(
    here: Side, client: Client, role: Role, offered: bool
) -> None:
    found = page(here, client, role)
    labels = ("Add somebody", "Record what we asked", "Change what we know about Amina Larkspur")
    assert [label in found for label in labels] == [offered] * 3


def test_a_person_is_changed_from_the_page(here: Side, client: Client) -> None:
    here.sign_in(client)
    changes = typed(formats=["easy_read"], language="Polish", confidential="on")
    response = send(client, person_url(here), **changes)
    assert response.headers["Location"] == address("people", here)
    saved = Person.objects.get(pk=here.complainant.pk)
    assert (saved.formats, saved.language, saved.confidential, saved.email) == (
        ["easy_read"],
        "Polish",
        True,
        "",
    )
    assert "What we know about Amina Larkspur is changed." in page(here, client)


def test_other_names_and_vehicles_are_kept_as_lists(here: Side, client: Client) -> None:
    here.sign_in(client)
    known = typed(
        also_called=" Dizzy ,, Minnie  Lark, Dizzy", vehicles="ab12 cde, A1", representative="Her aunt"
    )
    send(client, person_url(here), **known)
    saved = Person.objects.get(pk=here.complainant.pk)
    assert (saved.also_called, saved.vehicles) == ("Dizzy, Minnie Lark", "AB12 CDE, A1")
    found = page(here, client)
    assert "Also called Dizzy, Minnie Lark" in found
    assert "Speaks for them Her aunt Vehicles AB12 CDE, A1" in found


@pytest.mark.parametrize("plates", ["a blue van", "AB12 CDE; X1 YZZ", "AB12CDE34567", "<b>1</b>"])
def test_what_is_no_number_plate_is_refused(here: Side, client: Client, plates: str) -> None:
    here.sign_in(client)
    response = send(client, person_url(here), **typed(vehicles=plates))
    assert errors(response) == ["Enter number plates with commas between them, such as AB12 CDE"]
    assert Person.objects.get(pk=here.complainant.pk).vehicles == ""


def test_the_form_begins_with_what_is_known(here: Side, client: Client) -> None:
    Person.objects.filter(pk=here.complainant.pk).update(formats=["easy_read"], safe_contact="text")
    form = here.sign_in(client).get(person_url(here)).content.decode()
    assert 'value="07700 900123"' in form
    assert '<option value="text" selected>' in form
    assert 'value="easy_read" checked' in form


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Enter a name, or words that tell who they are"),
        ({"email": "x"}, "Enter an e-mail address, such as name@example.org"),
        ({"email": "amina@larkspur.example"}, "Nothing is changed."),
    ],
)
def test_a_change_that_cannot_be_is_told_and_nothing_is_saved(
    here: Side, client: Client, changes: dict[str, str], message: str
) -> None:
    here.sign_in(client)
    events = Event.objects.count()
    assert errors(send(client, person_url(here), **typed(**changes))) == [message]
    assert (Person.objects.get(pk=here.complainant.pk).email, Event.objects.count()) == (
        "amina@larkspur.example",
        events,
    )


def test_somebody_is_added_from_the_page(here: Side, client: Client) -> None:
    here.sign_in(client)
    response = send(
        client,
        address("add-party", here),
        name="Beth Ashdown",
        role="witness",
        phone="07700 900456",
        safe_contact="call",
    )
    assert response.headers["Location"] == address("people", here)
    party = Party.objects.get(role="witness")
    assert (party.person.name, party.person.safe_contact) == ("Beth Ashdown", "call")
    assert "Beth Ashdown is on the case." in page(here, client)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "", "role": "witness"}, "Enter a name, or words that tell who they are"),
        ({"name": "Beth"}, "Choose their part in the case"),
        (
            {"name": "Dora", "role": "respondent"},
            "A case is about one household. Somebody who lives elsewhere gets a case of their own: log a report, "
            "and link the two.",
        ),
    ],
)
def test_what_cannot_be_added_is_told_and_kept(
    here: Side, client: Client, changes: dict[str, str], message: str
) -> None:
    here.sign_in(client)
    parties = Party.objects.count()
    response = send(client, address("add-party", here), phone="07700 900456", safe_contact="any", **changes)
    assert errors(response) == [message]
    assert 'value="07700 900456"' in response.content.decode()
    assert Party.objects.count() == parties


def test_a_request_and_its_answer(here: Side, client: Client) -> None:
    here.sign_in(client)
    key = str(here.complainant.key)
    send(client, address("ask-of-person", here), person=key, what="Keep a diary", answer_by="2026-11-20")
    assert "Amina Larkspur To answer by Fri 20 Nov Keep a diary Asked Mon 16 Nov, Officer Larkspur" in page(
        here, client
    )
    response = send(client, address("answer-request", here, 1), answer="She kept one")
    assert response.headers["Location"] == address("people", here)
    assert "Answered, Mon 16 Nov, 12 noon Keep a diary “She kept one”" in page(here, client)
    assert Request.objects.get().answer == "She kept one"


def test_a_request_dated_back_asks_why(here: Side, client: Client) -> None:
    here.sign_in(client)
    asked = {"person": str(here.complainant.key), "what": "Keep a diary", "asked_at": "2026-11-10T09:00"}
    url = address("ask-of-person", here)
    assert "Why is it entered late?" not in words(client.get(url))
    response = send(client, url, **asked)
    assert errors(response) == ["Say why it is entered late"]
    assert Request.objects.count() == 0
    send(client, url, **asked, late_reason="On paper")
    assert Request.objects.count() == 1


def test_a_request_that_is_not_there(here: Side, client: Client) -> None:
    ask_of_person(here.case, person_id=here.complainant.pk, what="Ring us", by=here.actor())
    here.sign_in(client)
    found = [client.get(address("answer-request", here, number)).status_code for number in (0, 1, 2)]
    assert found == [404, 200, 404]


def test_both_sides_are_told_on_the_page_the_overview_and_when_contact_is_recorded(
    here: Side, client: Client
) -> None:
    at_home(here)
    other = counter(here)
    told = f"Amina Larkspur complains here and is complained about on {other.reference}"
    here.sign_in(client)
    for name in ("people", "record-contact"):
        assert told in words(client.get(address(name, here))), name
    flag = f"Both sides: Amina Larkspur, {other.reference}"
    assert flag in words(client.get(address("case", here)))
    contact = {"person": str(here.complainant.key), "means": "telephone", "outcome": "spoke"}
    send(client, address("record-contact", here), **contact)
    assert f"Careful: {told}." in words(client.get(address("case", here)))
    assert Contact.objects.count() == 1


def test_a_restricted_match_is_told_without_a_word_of_it(here: Side, client: Client) -> None:
    at_home(here)
    other = counter(here, "domestic_abuse")
    for role, told in ((Role.OFFICER, True), (Role.ADVISER, True), (Role.AUDITOR, False)):
        here.sign_in(client, role)
        for name in ("people", "case"):
            response = client.get(address(name, here))
            assert ("A restricted case may match" in words(response).partition("Possible matches")[0]) is told
            assert other.reference.encode() not in response.content


def entries(world: World) -> list[int]:
    found = []
    for side in (world.here, world.there):
        with transaction.atomic(), landlord_scope(side.landlord.pk):
            found.append(Event.objects.count())
    return found


@pytest.mark.parametrize("name", ["people", "add-party", "ask-of-person"])
def test_another_landlords_and_a_restricted_case_are_not_there(
    world: World, client: Client, name: str
) -> None:
    world.here.sign_in(client)
    before = entries(world)
    for reference in (world.here.restricted_case.reference, world.there.case.reference):
        url = reverse(name, args=[reference])
        assert [client.get(url).status_code, client.post(url).status_code] in ([404, 404], [404, 405])
    assert entries(world) == before


def test_a_person_of_another_case_is_not_there(here: Side, client: Client) -> None:
    stranger = here.restricted_case.parties.get(role="complainant").person
    url = address("change-person", here, stranger.key)
    assert here.sign_in(client).get(url).status_code == 404
    assert client.post(url, typed(phone="1")).status_code == 404
    assert Person.objects.get(pk=stranger.pk).phone == "07700 900123"
