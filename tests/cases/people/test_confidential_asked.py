"""What is asked of each person as soon as somebody marks them as confidential (Plus Dane 19, believe 6.6)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Decision, Party, Person
from cases.services.deciding import ToRecord, record_decision, to_record
from landlords.permissions import Refused
from tests.cases.pages import send, words
from tests.factories.desk import Desk, OpenDesk, desks
from timeline.models import EventText

ASKED = {"plus-dane": "confidentiality_explained", "believe": "agreed_to_be_revealed"}
ANSWERS = {"plus-dane": "Told her on Monday", "believe": "They agreed, on the day given below"}


@pytest.fixture(name="open_desk")
def _open_desk(db: None) -> Iterator[OpenDesk]:
    with desks() as opened:
        yield opened


def confidential(desk: Desk, role: str = "complainant") -> Person:
    person = Party.objects.get(case=desk.case, role=role).person
    Person.objects.filter(pk=person.pk).update(confidential=True)
    return person


def asked(desk: Desk) -> list[ToRecord]:
    return [one for one in to_record(desk.case) if one.rule.key == ASKED[desk.landlord.key]]


@pytest.mark.parametrize("landlord", ASKED)
def test_it_is_called_for_at_once_and_answered_for_each(open_desk: OpenDesk, landlord: str) -> None:
    desk = open_desk(landlord)
    assert [(one.person, one.when_needed) for one in asked(desk)] == [(None, True)]
    person = confidential(desk)
    assert [(one.person, one.when_needed, one.latest) for one in asked(desk)] == [(person, False, None)]
    told: dict[str, Any] = {
        "key": ASKED[landlord],
        "answer": ANSWERS[landlord],
        "reason": "16 November, by telephone",
    }
    with pytest.raises(Refused, match="does not ask"):
        record_decision(desk.case, **told, by=desk.actor())
    assert Decision.objects.count() == 0
    made = record_decision(desk.case, **told, person_id=person.pk, by=desk.actor())
    assert [(one.person, one.latest) for one in asked(desk)] == [(person, made)]
    assert EventText.objects.latest("event").text.splitlines()[0] == "Amina Larkspur"
    other = Person.objects.create(landlord=desk.landlord, name="Beth Ashdown", confidential=True)
    Party.objects.create(
        landlord=desk.landlord, case=desk.case, person=other, role="witness", since=made.decided_at
    )
    assert [(one.person, one.latest) for one in asked(desk)] == [(other, None), (person, made)]


def test_it_is_not_asked_of_whoever_is_complained_about(open_desk: OpenDesk) -> None:
    desk = open_desk("plus-dane")
    confidential(desk, "respondent")
    assert [(one.person, one.when_needed) for one in asked(desk)] == [(None, True)]


def test_the_case_page_asks_it_by_name(open_desk: OpenDesk, client: Client) -> None:
    desk = open_desk("plus-dane")
    person = confidential(desk)
    desk.sign_in(client)
    case = reverse("case", args=[desk.case.reference])
    line = "Amina Larkspur: Whom did we tell how much keeping their name confidential limits what we can do"
    assert line in words(client.get(case, {"decisions": "1"}))
    url = reverse("record-decision", args=[desk.case.reference, ASKED["plus-dane"]])
    assert "Asked of Amina Larkspur" in words(client.get(url))
    assert (
        client.get(
            f"{url}?person={Party.objects.get(case=desk.case, role='respondent').person.key}"
        ).status_code
        == 404
    )
    send(client, f"{url}?person={person.key}", answer="Told her on Monday", reason="By telephone")
    assert Decision.objects.get().person == person
    assert "Told her on Monday" in words(client.get(case, {"decisions": "1"}))
