"""Recording contact, notes and incidents from the page: nothing saved by halves, nothing typed lost."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Contact, Incident, Note, Person
from cases.services.working import ContactDetails, add_note, record_contact
from landlords.permissions import Role
from tests.cases.pages import address, errors, send, version, words
from tests.factories.world import MONDAY, NOON, Side, World
from timeline.clock import clock_at
from timeline.models import Event

HOUR = datetime.timedelta(hours=1)


def signed_in(here: Side, client: Client) -> Side:
    here.sign_in(client)
    return here


def contact(here: Side, client: Client, **changes: Any) -> Any:
    typed = {
        "person": str(here.complainant.key),
        "means": "telephone",
        "outcome": "spoke",
        "occurred_at": "2026-11-16T11:30",
        "summary": "She cannot sleep",
        **changes,
    }
    return send(client, address("record-contact", here), **typed)


def test_speaking_is_recorded_and_says_what_it_met(here: Side, client: Client) -> None:
    response = contact(signed_in(here, client), client)
    assert response.headers["Location"] == address("case", here)
    saved = Contact.objects.get()
    assert (saved.person_id, saved.outcome, saved.summary, saved.recorded_by) == (
        here.complainant.pk,
        "spoke",
        "She cannot sleep",
        "Officer Larkspur",
    )
    assert saved.occurred_at == MONDAY + 1.5 * HOUR
    assert (
        "The contact is on the file. Met: Make first contact: Amina Larkspur."
        " Next contact by the end of Monday 23 November."
    ) in words(client.get(address("case", here)))


def test_an_attempt_says_that_it_met_nothing(here: Side, client: Client) -> None:
    contact(signed_in(here, client), client, outcome="no_answer")
    assert "An attempt is not contact: what was owed is still owed." in words(
        client.get(address("case", here))
    )
    assert here.case.deadlines.get(kind="initial_contact").state == "running"


@pytest.mark.parametrize("typed", ["", "2026-11-16T12:00", "16/11/2026 12:00"])
def test_no_time_and_the_present_minute_mean_now(here: Side, client: Client, typed: str) -> None:
    contact(signed_in(here, client), client, occurred_at=typed)
    assert Contact.objects.get().occurred_at == NOON


def test_a_page_opened_long_ago_does_not_date_what_is_said_now(here: Side, client: Client) -> None:
    """Opened in the minute of the report, saved an hour and a half later: the contact was not before the report."""
    signed_in(here, client)
    with clock_at(MONDAY + datetime.timedelta(seconds=45)):
        form = client.get(address("record-contact", here)).context["form"]
    assert form["occurred_at"].value() is None
    with clock_at(MONDAY + 1.5 * HOUR):
        contact(here, client, occurred_at="")
    assert Contact.objects.get().occurred_at == MONDAY + 1.5 * HOUR
    assert here.case.deadlines.get(kind="initial_contact").state == "met"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"occurred_at": "2026-11-16T12:01"}, "The contact cannot be in the future"),
        ({"occurred_at": "2026-03-29T01:30"}, "That time does not exist: the clocks went forward"),
        ({"occurred_at": "yesterday"}, "Enter a date and time, such as 16/11/2026 14:30"),
        ({"person": ""}, "Choose who it was with"),
        ({"person": "1"}, "Select a valid choice."),
        ({"means": ""}, "Choose how you contacted them"),
        ({"outcome": ""}, "Choose what happened"),
        ({"agreed_every_days": "0"}, "The days between contacts must be 1 or more"),
        ({"agreed_every_days": "x"}, "Enter the days between contacts as a number, such as 14"),
        ({"summary": "x" * 10_001}, "The text must be 10,000 characters or fewer; it has 10001"),
    ],
)
def test_bad_input_is_told_kept_and_nothing_is_saved(
    here: Side, client: Client, typed: dict[str, str], message: str
) -> None:
    events = Event.objects.count()
    response = contact(signed_in(here, client), client, **{"summary": "She cannot sleep", **typed})
    assert [error[: len(message)] for error in errors(response)] == [message]
    assert typed.get("summary", "She cannot sleep") in response.content.decode()
    title = f"<title>Error: Record contact – {here.case.reference} – ASB Cases</title>"
    assert title in response.content.decode()
    assert (Contact.objects.count(), Event.objects.count()) == (0, events)


def test_an_hour_that_october_has_twice_is_the_first(here: Side, client: Client) -> None:
    contact(signed_in(here, client), client, occurred_at="2026-10-25T01:30", late_reason="Found in a diary")
    assert Contact.objects.get().occurred_at == datetime.datetime(2026, 10, 25, 0, 30, tzinfo=datetime.UTC)


def test_a_way_that_is_not_safe_is_warned_about_and_can_still_be_recorded(here: Side, client: Client) -> None:
    Person.objects.filter(pk=here.complainant.pk).update(safe_contact="text")
    here.sign_in(client)
    assert "Amina Larkspur, text only (complainant)" in words(client.get(address("record-contact", here)))
    response = contact(here, client)
    assert errors(response) == [
        "Amina Larkspur told us that this is not safe: text only. Tick to record it all the same"
    ]
    assert Contact.objects.count() == 0
    contact(here, client, unsafe_confirmed="on")
    assert Contact.objects.get().means == "telephone"


@pytest.mark.parametrize("means", ["text", "office"])
def test_the_safe_way_and_their_coming_to_us_need_no_warning(here: Side, client: Client, means: str) -> None:
    Person.objects.filter(pk=here.complainant.pk).update(safe_contact="text")
    contact(signed_in(here, client), client, means=means)
    assert Contact.objects.get().means == means


def test_derbys_promise_says_that_the_main_contact_must_be_told(world: World, client: Client) -> None:
    there = world.there
    page = words(there.sign_in(client).get(address("record-contact", there)))
    assert "I told them I am their main contact Needed to keep the promise of clause 6.1" in page
    assert "meets: Respond and say who the main contact is (only if you told them you are" in page
    contact(there, client)
    assert "Met:" not in words(client.get(address("case", there)))
    contact(there, client, told_main_contact="on")
    assert "Met: Respond and say who the main contact is" in words(client.get(address("case", there)))


def test_an_agreed_interval_is_kept_for_that_person(here: Side, client: Client) -> None:
    contact(signed_in(here, client), client, agreed_every_days="14")
    assert here.case.parties.get(person=here.complainant, role="complainant").contact_every_days == 14
    assert "contact agreed every 14 days" in words(client.get(address("case", here)))


def test_the_form_begins_with_the_person_of_the_row_that_led_there(here: Side, client: Client) -> None:
    here.sign_in(client)
    respondent = here.case.parties.get(role="respondent").person
    page = client.get(f"{address('record-contact', here)}?with={respondent.key}").content.decode()
    assert f'<option value="{respondent.key}" selected>' in page


def test_the_second_of_two_officers_is_told_and_keeps_what_they_typed(here: Side, client: Client) -> None:
    here.sign_in(client)
    url = address("record-contact", here)
    read = version(client, url)
    spoke = ContactDetails(here.complainant.pk, "visit", "visit_met", NOON, "Met her")
    record_contact(here.case, spoke, by=here.actor(Role.SPECIALIST))
    typed = {
        "person": str(here.complainant.key),
        "means": "telephone",
        "outcome": "no_answer",
        "summary": "Rang",
    }
    response = client.post(url, {"version": read, **typed})
    assert errors(response) == [
        "Somebody else has changed this case while you were writing: We visited and met: Amina Larkspur, "
        "Specialist Larkspur, Mon 16 Nov, 12 noon; Case taken in hand, Specialist Larkspur, Mon 16 Nov, 12 noon. "
        "Nothing of yours is saved yet; what you typed is below. Check it, then save again"
    ]
    assert "Rang" in response.content.decode()
    assert [one.summary for one in Contact.objects.all()] == ["Met her"]
    renewed = response.context["form"]["version"].value()
    assert client.post(url, {"version": renewed, **typed}).status_code == 302
    assert {one.summary for one in Contact.objects.all()} == {"Met her", "Rang"}


def test_ones_own_entries_and_those_of_the_clock_are_no_conflict(here: Side, client: Client) -> None:
    here.sign_in(client)
    url = address("record-contact", here)
    read = version(client, url)
    add_note(here.case, text="Mine", by=here.actor())
    typed = {"person": str(here.complainant.key), "means": "telephone", "outcome": "spoke"}
    assert client.post(url, {"version": read, **typed}).status_code == 302


def test_a_note_is_saved_whatever_others_do_meanwhile(here: Side, client: Client) -> None:
    here.sign_in(client, Role.ADVISER)
    url = address("add-note", here)
    read = version(client, url)
    add_note(here.case, text="Theirs", by=here.actor(Role.SPECIALIST))
    assert client.post(url, {"version": read, "text": "Mine"}).status_code == 302
    assert [note.text for note in Note.objects.order_by("id")] == ["Theirs", "Mine"]


def test_a_form_sent_twice_is_saved_once(here: Side, client: Client) -> None:
    here.sign_in(client)
    url = address("add-note", here)
    typed = {"version": version(client, url), "text": "Once"}
    assert [client.post(url, typed).status_code for _ in range(2)] == [302, 302]
    assert [note.text for note in Note.objects.all()] == ["Once"]
    assert send(client, url, text="Once").status_code == 302
    assert [note.text for note in Note.objects.all()] == ["Once", "Once"]


def test_what_no_browser_sends_is_no_failure(here: Side, client: Client) -> None:
    here.sign_in(client)
    assert client.get("/desk/cases/%00/").status_code == 404
    assert client.get("/desk/cases/?older=%00&q=%00").status_code == 200
    response = client.post(address("add-note", here), {"version": "\x00", "text": "a\x00b"})
    assert "Null characters are not allowed." in errors(response)
    assert Note.objects.count() == 0


def test_an_empty_note_is_refused(here: Side, client: Client) -> None:
    response = send(here.sign_in(client), address("add-note", here), text="  ")
    assert errors(response) == ["Write the note before you save it"]
    assert Note.objects.count() == 0


def test_a_case_conference_is_a_note_of_its_own_kind(here: Side, client: Client) -> None:
    typed = {"kind": "conference", "text": "Police and council came. The police patrol at night."}
    assert send(here.sign_in(client), address("add-note", here), **typed).status_code == 302
    assert [note.kind for note in Note.objects.all()] == ["conference"]
    found = words(client.get(address("case", here)))
    assert (
        "Case conference or multi-agency meeting 12 noon · Officer Larkspur Police and council came. The police"
    ) in found


def test_an_incident_is_added_and_starts_no_promise(here: Side, client: Client) -> None:
    owed = here.case.deadlines.count()
    response = send(
        here.sign_in(client),
        address("add-incident", here),
        description="He shouted",
        behaviours=["verbal_abuse", "noise"],
        occurred_words="most nights",
        location="Landing",
    )
    assert response.status_code == 302
    saved = Incident.objects.get(report__isnull=True)
    assert (saved.description, saved.behaviours, saved.occurred_words, saved.location) == (
        "He shouted",
        ["verbal_abuse", "noise"],
        "most nights",
        "Landing",
    )
    assert here.case.deadlines.count() == owed


def test_an_incident_needs_words_and_may_not_be_in_the_future(here: Side, client: Client) -> None:
    response = send(
        here.sign_in(client),
        address("add-incident", here),
        occurred_at="2026-11-17T12:00",
        location="Landing",
    )
    assert errors(response) == [
        "Say what happened, in their words",
        "What happened cannot be in the future",
    ]
    assert 'value="Landing"' in response.content.decode()
    assert Incident.objects.filter(report__isnull=True).count() == 0


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("record-contact", Role.ADVISER),
        ("record-contact", Role.AUDITOR),
        ("add-note", Role.AUDITOR),
        ("add-incident", Role.AUDITOR),
        ("add-note", Role.ADMINISTRATOR),
    ],
)
def test_those_who_may_not_are_told_why_and_nothing_happens(
    here: Side, client: Client, name: str, role: Role
) -> None:
    events = Event.objects.count()
    here.sign_in(client, role)
    for response in (client.get(address(name, here)), client.post(address(name, here), {"text": "x"})):
        assert response.status_code == 403
        assert "you cannot" in words(response)
    assert Event.objects.count() == events


def test_a_restricted_or_foreign_case_is_not_there_to_write_on(world: World, client: Client) -> None:
    world.here.sign_in(client)
    for reference in (world.here.restricted_case.reference, world.there.case.reference):
        assert client.post(f"/desk/cases/{reference}/note/", {"text": "x"}).status_code == 404


def test_an_adviser_who_writes_down_domestic_abuse_is_told_why_the_case_is_shut(
    here: Side, client: Client
) -> None:
    here.sign_in(client, Role.ADVISER)
    typed = {"description": "He broke her arm", "behaviours": ["domestic_abuse"]}
    response = send(client, address("add-incident", here), **typed)
    assert response.headers["Location"] == reverse("cases")
    found = words(client.get(reverse("cases")))
    assert f"{here.case.reference} is restricted now: only the staff named on it can open it." in found
    assert Incident.objects.filter(description="He broke her arm").count() == 1
