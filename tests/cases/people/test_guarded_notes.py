"""Safeguarding and child-protection notes: who reads them, and that nothing of them leaks to anybody else."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Note
from cases.selectors.file import CaseFile, history, recorded_since, version_of, visible_case
from cases.services.working import add_note
from landlords.permissions import Refused, Role
from tests.cases.pages import address, send, words
from tests.factories.world import Side, World
from timeline.models import Event, EventText

SECRET = "The little boy has bruises"
KINDS = ["safeguarding", "child_protection"]
READERS = [Role.OFFICER, Role.SPECIALIST, Role.MANAGER, Role.AUDITOR]


def write(here: Side, kind: str = "safeguarding", role: str = Role.OFFICER) -> Note:
    return add_note(here.case, text=SECRET, kind=kind, by=here.actor(role))


def told(here: Side, role: str) -> list[str]:
    by = here.actor(role)
    file = CaseFile(visible_case(here.case.reference, by=by))
    return [event.words.text for event in history(file, by=by).events if hasattr(event, "words")]


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_are_in_the_text_and_nowhere_else(here: Side, kind: str) -> None:
    note = write(here, kind)
    event = Event.objects.order_by("-id")[0]
    assert (event.verb, event.payload, event.subject_id) == (f"{kind}_noted", {}, note.pk)
    assert EventText.objects.get(event=event).text == SECRET


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", [*READERS, Role.ADVISER])
def test_the_timeline_tells_it_only_to_those_whose_work_it_is(here: Side, kind: str, role: Role) -> None:
    write(here, kind)
    assert (SECRET in told(here, role)) == (role in READERS)


@pytest.mark.parametrize("role", [*READERS, Role.ADVISER])
def test_no_page_of_the_case_tells_an_adviser(here: Side, client: Client, role: Role) -> None:
    write(here, "child_protection")
    here.sign_in(client, role)
    pages = [client.get(address(name, here)) for name in ("case", "people", "partners", "add-note")]
    opened = [page.content.decode() for page in pages if page.status_code == 200]
    assert any(SECRET in page for page in opened) == (role in READERS)
    assert any("Child protection note" in page for page in opened) == (role in READERS)


def test_it_stands_out_on_the_overview(here: Side, client: Client) -> None:
    write(here, "child_protection")
    found = here.sign_in(client).get(address("case", here))
    assert f"Safeguarding Child protection {SECRET} Officer Larkspur" in words(found)
    assert found.content.decode().count("asb-timeline__item--safety") == 1


def test_an_ordinary_note_makes_no_such_panel(here: Side, client: Client) -> None:
    add_note(here.case, text="Rang back", by=here.actor())
    found = here.sign_in(client).get(address("case", here)).content.decode()
    assert ('id="safeguarding"' in found, "asb-timeline__item--safety" in found) == (False, False)


def test_an_adviser_may_write_what_they_may_not_read(here: Side, client: Client) -> None:
    here.sign_in(client, Role.ADVISER)
    response = send(client, address("add-note", here), text=SECRET, kind="safeguarding")
    assert response.status_code == 302
    found = words(client.get(address("case", here)))
    assert "Caseworkers, managers and auditors can read it, nobody else." in found
    assert SECRET not in found
    assert SECRET in told(here, Role.OFFICER)


def test_what_others_recorded_meanwhile_does_not_name_it_to_an_adviser(here: Side) -> None:
    add_note(here.case, text="Before", by=here.actor())
    version = version_of(here.case)
    write(here)
    since = {
        role: [event.verb for event in recorded_since(here.case, version, by=here.actor(role))]
        for role in (Role.ADVISER, Role.MANAGER)
    }
    assert since == {Role.ADVISER: [], Role.MANAGER: ["safeguarding_noted"]}


def test_an_auditor_reads_and_does_not_write(here: Side) -> None:
    events = Event.objects.count()
    with pytest.raises(Refused, match="you cannot add a note"):
        write(here, role=Role.AUDITOR)
    assert (Note.objects.count(), Event.objects.count()) == (0, events)


def test_another_landlord_never_sees_it(world: World, here: Side, client: Client) -> None:
    write(here)
    world.there.sign_in(client, Role.MANAGER)
    assert client.get(reverse("people", args=[here.case.reference])).status_code == 404
    found = client.get(address("case", world.there)).content.decode()
    assert SECRET not in found
