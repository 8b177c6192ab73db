"""A letter from its first draft to what is kept: who may, what is missing, what stops it, what never changes."""

import hashlib

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from cases.models import Person
from cases.services.joining import join_cases
from landlords.permissions import Refused, Role
from letters.models import Letter, Print, Release, Sending
from letters.reading import read
from letters.services import begin_letter, change_letter, make_letter, release_letter
from letters.services.making import Stopped
from letters.services.writing import writing_of
from tests.cases.pages import errors
from tests.factories.world import MONDAY, Side
from timeline.actors import system
from timeline.models import Event
from triage.facts import Facts
from triage.services import Submission, submit_report

ANSWERS = {
    "when": "Wednesday 6 January at 10am",
    "where": "Our office",
    "about": "What we have been told about shouting",
}


def begun(
    side: Side, kind: str = "acknowledgement", audience: str = "complainant", role: Role = Role.OFFICER
) -> Letter:
    person = side.complainant if audience == "complainant" else respondent(side)
    return begin_letter(side.case, kind=kind, audience=audience, person_id=person.pk, by=side.actor(role))


def respondent(side: Side):  # type: ignore[no-untyped-def]
    return side.case.parties.filter(role="respondent").select_related("person")[0].person


def to_respondent(side: Side, about: str) -> Letter:
    letter = begun(side, "appointment", "respondent")
    answers = {**ANSWERS, "about": about}
    return change_letter(letter, answers=answers, own_words="", form="standard", by=side.actor())


def test_a_letter_is_made_once_and_kept_byte_for_byte(here: Side) -> None:
    letter = make_letter(begun(here), by=here.actor())
    content = bytes(Print.objects.get(letter=letter).content)
    assert content.startswith(b"%PDF-")
    assert letter.sha256 == hashlib.sha256(content).hexdigest()
    for change in ({"own_words": "x"}, {"sha256": "0" * 64}):
        with pytest.raises(ProgrammingError, match="kept as it is"), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)
    with pytest.raises(Refused, match="was made or given up already"):
        make_letter(letter, by=here.actor())
    assert Print.objects.count() == 1


def test_what_is_missing_is_told_and_nothing_is_made(here: Side) -> None:
    letter = begun(here, "appointment", "respondent")
    with pytest.raises(Refused) as refused:
        make_letter(letter, by=here.actor())
    assert list(refused.value.reasons) == [
        "Missing: Day and time",
        "Missing: Where",
        "Missing: What it is about",
    ] or set(refused.value.reasons) == {
        "Missing: Day and time",
        "Missing: Where",
        "Missing: What it is about",
    }
    letter.refresh_from_db()
    assert (letter.status, Print.objects.count()) == ("draft", 0)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("Dizzy says you shouted", [("Dizzy", "name_part")]),
        ("You scratched a car, ab12cde, outside", [("ab12cde", "plate")]),
        ("You parked your van XY34 ZZZ on the grass, Dale", []),
    ],
)
def test_other_names_and_vehicles_are_looked_for(here: Side, told: str, found: list[tuple[str, str]]) -> None:
    Person.objects.filter(pk=here.complainant.pk).update(
        also_called="Dizzy, Min", vehicles="AB12 CDE, XY34 ZZZ"
    )
    Person.objects.filter(pk=respondent(here).pk).update(vehicles="XY34 ZZZ")
    letter = to_respondent(here, told)
    hits = read(letter, writing_of(letter)).hits
    assert [(hit.found, hit.kind) for hit in hits] == found


def test_the_words_of_somebody_who_gave_no_name_are_looked_for(here: Side) -> None:
    said = "He throws bottles from the third floor balcony every Friday after the pub shuts"
    told = submit_report(
        Submission(Facts(received_at=MONDAY, behaviours=("noise",), anonymous=True), description=said),
        by=system("Tests"),
    )
    assert told.case is not None
    join_cases(told.case, here.case, reason="Same flat", by=here.actor())
    letter = to_respondent(here, said)
    assert [hit.kind for hit in read(letter, writing_of(letter)).hits] == ["quote"]


def test_a_letter_that_tells_who_complained_is_stopped_and_that_is_on_record(here: Side) -> None:
    name = here.complainant.name
    letter = to_respondent(here, f"{name} says you shouted")
    with pytest.raises(Stopped) as stopped:
        make_letter(letter, by=here.actor())
    assert [hit.found.split()[0] for hit in stopped.value.reading.hits] == [name.split()[0]]
    letter.refresh_from_db()
    assert (letter.status, Print.objects.count()) == ("draft", 0)
    event = Event.objects.filter(case_id=here.case.pk).latest("pk")
    assert event.verb == "letter_stopped"
    assert name not in str(event.payload)


def test_a_stopped_letter_goes_only_by_a_second_person_and_only_as_they_read_it(here: Side) -> None:
    letter = to_respondent(here, f"{here.complainant.name} says you shouted")
    given = {"ground": "agreed", "reason": "She agreed on the telephone on Monday"}
    with pytest.raises(Refused, match="neither wrote it nor has the case"):
        release_letter(letter, by=here.actor(), **given)
    assert Release.objects.count() == 0
    release_letter(letter, by=here.actor(Role.MANAGER), **given)
    changed = {**letter.answers, "about": f"{here.complainant.name} says you shouted twice"}
    change_letter(letter, answers=changed, own_words="", form="standard", by=here.actor())
    with pytest.raises(Stopped):
        make_letter(letter, by=here.actor())
    change_letter(letter, answers=letter.answers, own_words="", form="standard", by=here.actor())
    assert make_letter(letter, by=here.actor()).status == "sealed"


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_write_no_letters(here: Side, role: Role) -> None:
    with pytest.raises(Refused, match="you cannot write letters"):
        begun(here, role=role)
    assert Letter.objects.count() == 0


def test_somebody_who_is_not_on_the_case_and_a_wrong_reader_are_refused(here: Side) -> None:
    with pytest.raises(Refused, match="has this part in the case"):
        begin_letter(
            here.case,
            kind="first_warning",
            audience="respondent",
            person_id=here.complainant.pk,
            by=here.actor(),
        )
    with pytest.raises(Refused, match="from the list"):
        begin_letter(
            here.case,
            kind="first_warning",
            audience="complainant",
            person_id=here.complainant.pk,
            by=here.actor(),
        )
    assert Letter.objects.count() == 0


def test_an_officer_writes_looks_and_makes_it_in_the_browser_pages(here: Side, client: Client) -> None:
    here.sign_in(client)
    about = f"?for=complainant:{here.complainant.key}"
    new = reverse("new-letter", args=[here.case.reference, "acknowledgement"]) + about
    assert (
        new.replace(":", "%3A") in client.get(reverse("letters", args=[here.case.reference])).content.decode()
    )
    page = client.get(new).content.decode()
    assert here.complainant.name in page
    assert Letter.objects.count() == 0
    made = client.post(new, {"form": "standard", "own_words": "", "make": "1"}, follow=True)
    assert "Nothing was sent yet" in made.content.decode()
    letter = Letter.objects.get()
    begun_at = {"Location": reverse("letter", args=[here.case.reference, letter.key])}
    pdf = client.get(reverse("letter-pdf", args=[here.case.reference, letter.key]))
    assert pdf.content == bytes(Print.objects.get().content)
    sent = client.post(begun_at["Location"], {"channel": "hand"}, follow=True)
    assert errors(sent) == []
    assert "It waits for you" in sent.content.decode()
    went = client.post(begun_at["Location"], {"at": "2026-11-16T12:00"}, follow=True)
    assert errors(went) == []
    assert Sending.objects.get().state == "sent"
    assert Event.objects.filter(case_id=here.case.pk).latest("pk").verb == "letter_sent"
