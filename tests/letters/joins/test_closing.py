"""Closing begins the letters it owes; they count as sent when they have gone, or when somebody says what went."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actionplans.models import Action
from actionplans.plan.services import finish_action
from cases.models import Case, Mailing
from cases.services.closing import close_case, reopen_case
from cases.services.mailing import mark_sent_otherwise
from landlords.permissions import Refused, Role
from letters.models import Letter, Sending
from letters.outbox.services import mark_posted
from letters.services import change_letter
from letters.services.sending import make_and_send
from tests.actionplans.plan.plans import agree, ours
from tests.cases.pages import address, words
from tests.factories.world import NOON, Side
from tests.letters.outbox.sealed import deliver
from timeline.clock import clock_at
from timeline.models import Event

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def closed(here: Side) -> Side:
    close_case(here.case, ground="resolved", reason="It has been quiet since May", by=here.actor())
    return here


def letter(kind: str, **about: Any) -> Letter:
    return Letter.objects.get(kind=kind, **about)


def whole(side: Side) -> Letter:
    found = letter("closure", status="draft")
    answers = {**found.answers, "action_taken": "We visited twice"}
    return change_letter(found, answers=answers, own_words="", form="standard", by=side.actor())


def mailing(kind: str = "closing_letter") -> Mailing:
    return Mailing.objects.get(kind=kind)


def test_closing_begins_a_draft_of_each_letter_with_what_is_known(closed: Side) -> None:
    begun = Letter.objects.order_by("kind").values_list("kind", "status", "person_id", "answers")
    assert [one[:3] for one in begun] == [
        ("closure", "draft", closed.complainant.pk),
        ("satisfaction_survey", "draft", closed.complainant.pk),
    ]
    assert letter("closure").answers == {"reason": "It has been quiet since May"}
    assert (Sending.objects.count(), Mailing.objects.filter(sent_at__isnull=False).count()) == (0, 0)


def test_a_system_that_closes_begins_none(here: Side) -> None:
    adviser = here.actor(Role.ADVISER)
    with pytest.raises(Refused):
        close_case(here.case, ground="resolved", reason="Quiet", by=adviser)
    assert (Letter.objects.count(), Mailing.objects.count()) == (0, 0)


def test_it_is_made_and_sent_in_two_clicks_once_nothing_is_missing(closed: Side, client: Client) -> None:
    client = closed.sign_in(client)
    owed_page = address("owed-letters", closed)
    assert owed_page in client.get(address("case", closed)).content.decode()
    page = words(client.get(owed_page))
    assert "Missing: What was done" in page
    assert "Make and send it" in page
    whole(closed)
    assert "Make and send all 2" in words(client.get(owed_page))
    typed = {f"channel-{one.pk}": "email" for one in Mailing.objects.all()}
    told = words(client.post(owed_page, typed, follow=True))
    assert "2 letters are made and on their way." in told
    assert "Waiting to go" in told
    assert Mailing.objects.filter(sent_at__isnull=False).count() == 0
    deliver(closed, NOON + HOUR)
    sent = Mailing.objects.order_by("pk").values_list("sent_at", "sent_how", "sent_by")
    assert list(sent) == [(NOON + HOUR, "email", "Outbox")] * 2
    assert owed_page not in client.get(address("case", closed)).content.decode()


def test_what_is_not_chosen_or_not_ready_stays_a_draft(closed: Side, client: Client) -> None:
    survey = mailing("survey")
    typed = {f"channel-{mailing().pk}": "email", f"channel-{survey.pk}": "letter"}
    page = words(closed.sign_in(client).post(address("owed-letters", closed), typed, follow=True))
    assert "Satisfaction survey, Amina Larkspur: Choose how it goes." in page
    assert (Sending.objects.count(), Letter.objects.filter(status="draft").count()) == (0, 2)


def test_of_two_officers_the_second_learns_what_the_first_has_done(closed: Side, client: Client) -> None:
    whole(closed)
    owed_page = address("owed-letters", closed)
    page = closed.sign_in(client).get(owed_page).content.decode()
    typed = dict(re.findall(r'name="(seen-\d+)" value="(\w+)"', page))
    typed |= {f"channel-{one.pk}": "email" for one in Mailing.objects.all()}
    assert len(typed) == 4
    changed = letter("closure")
    answers = {**changed.answers, "action_taken": "We visited three times"}
    manager = closed.actor(Role.MANAGER)
    change_letter(changed, answers=answers, own_words="", form="standard", by=manager)
    make_and_send(letter("satisfaction_survey"), channel="email", by=manager)
    answer = client.post(owed_page, typed, follow=True)
    assert answer.redirect_chain == [(owed_page, 302)]
    told = words(answer)
    assert (
        "Closing letter, Amina Larkspur: somebody has changed this letter since you opened the page." in told
    )
    assert (
        "Satisfaction survey, Amina Larkspur: Manager Larkspur has made this letter since you opened" in told
    )
    assert (letter("closure").status, Sending.objects.count()) == ("draft", 1)
    deliver(closed, NOON + HOUR)
    told = words(client.post(owed_page, typed, follow=True))
    assert "Satisfaction survey, Amina Larkspur: somebody has settled this since you opened the page." in told
    assert (letter("closure").status, Sending.objects.count()) == ("draft", 1)


def test_by_post_it_counts_when_it_is_posted(closed: Side) -> None:
    person = closed.complainant
    person.address = "16 Larkspur Court, Harrowmere, ZZ1 1ZZ"
    person.save()
    sending = make_and_send(whole(closed), channel="post", by=closed.actor())
    assert mailing().sent_at is None
    with clock_at(NOON + HOUR):
        mark_posted(sending, at=NOON + HOUR, by=closed.actor())
    assert (mailing().sent_at, mailing().sent_how, mailing().sent_by) == (
        NOON + HOUR,
        "letter",
        "Officer Larkspur",
    )


def test_sent_another_way_says_what_went_and_gives_the_draft_up(closed: Side) -> None:
    with pytest.raises(Refused, match="Say what was sent, and how"):
        mark_sent_otherwise(mailing(), how="office", sent_at=NOON, note=" ", by=closed.actor())
    assert (mailing().sent_at, letter("closure").status) == (None, "draft")
    mark_sent_otherwise(mailing(), how="office", sent_at=NOON, note="Given to her here", by=closed.actor())
    assert (mailing().sent_at, letter("closure").status) == (NOON, "given_up")
    assert Event.objects.get(verb="mailing_sent").words.text == "Given to her here"


def test_a_letter_on_its_way_is_not_marked_as_sent_another_way(closed: Side) -> None:
    make_and_send(whole(closed), channel="email", by=closed.actor())
    with pytest.raises(Refused, match="is on its way"):
        mark_sent_otherwise(mailing(), how="office", sent_at=NOON, note="Given", by=closed.actor())
    assert mailing().sent_at is None


def test_closing_again_begins_anew(closed: Side, client: Client) -> None:
    with clock_at(NOON + HOUR):
        reopen_case(Case.objects.get(pk=closed.case.pk), reason="Again", by=closed.actor())
        page = words(closed.sign_in(client).get(address("owed-letters", closed)))
        assert "Closing owes nobody a letter that has not gone." in page
    with clock_at(NOON + 2 * HOUR):
        close_case(closed.case, ground="resolved", reason="Quiet at last", by=closed.actor())
    found = Letter.objects.filter(kind="closure").order_by("pk").values_list("status", "answers__reason")
    assert list(found) == [("given_up", "It has been quiet since May"), ("draft", "Quiet at last")]


def test_who_may_not_write_letters_sees_no_way_to_them(closed: Side, client: Client) -> None:
    closed.sign_in(client, Role.AUDITOR)
    content = client.get(address("case", closed)).content.decode()
    assert "Closing letter" in content
    assert [one for one in ("letters/owed/", "letters/new/") if one in content] == []
    assert client.post(address("owed-letters", closed)).status_code == 403
    assert Letter.objects.filter(status="draft").count() == 2


def test_another_landlord_finds_nothing(closed: Side, world: Any, client: Client) -> None:
    world.there.sign_in(client)
    for name, keys in (("owed-letters", []), ("new-letter", ["closure"])):
        url = reverse(name, args=[closed.case.reference, *keys])
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_where_closing_did_not_ask_what_was_done_the_plan_tells_it(here: Side) -> None:
    done = ours(here, "visit the neighbour")
    agree(here, done, ours(here, "write to the council"))
    action = Action.objects.get(words="visit the neighbour")
    finish_action(action, outcome="Done", done_at=NOON, by=here.actor())
    close_case(here.case, ground="resolved", reason="Quiet", by=here.actor())
    assert letter("closure").answers == {"reason": "Quiet", "action_taken": "Visit the neighbour"}
