"""What is queued goes at most once, and what became of each is known or known to be in doubt."""

import email
import email.policy
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from pytest_django.fixtures import Settings

from cases.models import Contact, Person
from landlords.models import Landlord
from letters.models import Print, Sending
from letters.outbox import relay
from letters.outbox.providers import Outcome, Parcel, Taken
from letters.outbox.relay import BACKOFF, LEASE, deliver_due, deliver_for, landlords_with_letters
from letters.tasks import deliver_letters
from tests.factories.world import NOON, Side, World
from tests.letters.outbox.sealed import PDF, deliver, fresh, happened, inside, queued, standing, told
from tests.ports import LOOPBACK
from tests.timeline.mailbox import ACCEPTED, HANG_UP, PATIENCE, Mailbox, accept
from timeline.clock import clock_at
from timeline.models import Event, EventText

AMINA = "amina@larkspur.example"
MINUTE = timedelta(minutes=1)


class Breaks:
    """A provider with a bug."""

    def send(self, parcel: Parcel) -> Taken:
        raise RuntimeError("no idea")


def message(box: Mailbox) -> EmailMessage:
    [one] = box.messages
    found = email.message_from_bytes(one.original_content or b"", policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_each_goes_once_however_often_it_is_asked(here: Side, box: Mailbox) -> None:
    sendings = [queued(here) for _ in range(3)]
    assert deliver(here) == 3
    assert deliver(here, NOON + timedelta(days=30)) == 0
    assert [standing(one) for one in sendings] == [("sent", 0, "250 Kept")] * 3
    assert box.recipients == [AMINA] * 3
    assert told() == []


def test_the_message_is_the_letter_byte_for_byte_and_says_nothing_else(here: Side, box: Mailbox) -> None:
    sending = queued(here, words="Something private")
    deliver(here)
    came, now = message(box), fresh(sending)
    assert (came["Message-ID"], now.message_id) == (now.message_id, came["Message-ID"])
    assert now.message_id.endswith("@sender.example>")
    assert (came["From"], came["To"]) == ("VIVID <letters@sender.example>", AMINA)
    assert (came["Subject"], came["Reply-To"]) == ("A letter from VIVID", here.landlord.email)
    [pdf] = came.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content_type(), pdf.get_content()) == (
        "letter.pdf",
        "application/pdf",
        PDF,
    )
    body = came.get_body(("plain",))
    assert body is not None
    words = body.get_content()
    assert words.startswith("VIVID has written to you. The letter is attached as a PDF.")
    assert [secret for secret in ("private", "Amina", here.case.reference) if secret in words] == []


def test_it_stands_on_the_timeline_with_reader_channel_address_time_and_result(
    here: Side, box: Mailbox
) -> None:
    sending = queued(here)
    deliver(here, NOON + MINUTE)
    event = Event.objects.get(verb="letter_sent")
    assert event.payload == {"kind": "Update", "to": "Complainant", "how": "E-mail"}
    assert (event.case_id, event.subject_type, event.subject_id) == (
        here.case.pk,
        "letter",
        sending.letter_id,
    )
    assert (event.occurred_at, event.actor_name, event.actor_user_id) == (NOON + MINUTE, "Outbox", None)
    sent = fresh(sending)
    assert EventText.objects.get(event=event).text == f"{AMINA}\n{sent.message_id}\n250 Kept"
    assert (sent.sent_at, sent.marked_by) == (NOON + MINUTE, "")


def test_a_letter_that_went_is_no_contact(here: Side, box: Mailbox) -> None:
    queued(here)
    promise = here.case.deadlines.get(kind="initial_contact")
    deliver(here)
    promise.refresh_from_db()
    assert (promise.state, Contact.objects.count()) == ("running", 0)


def test_a_busy_server_is_offered_it_again_until_it_has_failed(here: Side, box: Mailbox) -> None:
    box.to_message = lambda _to: "451 Try later"
    sending, at = queued(here), NOON
    for tries, minutes in enumerate(BACKOFF, start=1):
        assert deliver(here, at) == 1
        assert deliver(here, at + minutes * MINUTE - timedelta(seconds=1)) == 0
        at += minutes * MINUTE
        assert standing(sending) == ("waiting", tries, "451 Try later")
    assert deliver(here, at) == 1
    assert standing(sending) == ("failed", len(BACKOFF), "451 Try later")
    assert deliver(here, at + timedelta(days=30)) == 0
    assert (box.messages, happened()) == ([], ["letter_failed"])
    assert told() == [("letter_failed", None)]


def test_every_try_has_the_same_message_id(here: Side, box: Mailbox) -> None:
    box.to_message = lambda _to: "451 Try later"
    sending = queued(here)
    deliver(here)
    first = fresh(sending).message_id
    box.to_message = accept
    deliver(here, NOON + 5 * MINUTE)
    assert (fresh(sending).message_id, message(box)["Message-ID"]) == (first, first)
    assert standing(sending) == ("sent", 1, "250 Kept")


@pytest.mark.parametrize("where", ["to_recipient", "to_message"])
def test_a_server_that_says_no_for_good_is_not_asked_again(here: Side, box: Mailbox, where: str) -> None:
    setattr(box, where, lambda _to: "550 No such person")
    sending = queued(here)
    deliver(here)
    assert standing(sending) == ("failed", 0, "550 No such person")
    setattr(box, where, accept)
    assert deliver(here, NOON + timedelta(days=1)) == 0
    assert (box.messages, told()) == ([], [("letter_failed", None)])


def test_the_officer_who_has_the_case_is_told(here: Side, box: Mailbox) -> None:
    here.case.owner = here.members["officer"]
    here.case.save(update_fields=["owner"])
    box.to_recipient = lambda _to: "550 No such person"
    queued(here)
    deliver(here)
    assert told() == [("letter_failed", here.members["officer"].user_id)]


def test_a_server_that_is_away_for_an_hour_loses_nothing(here: Side, box: Mailbox) -> None:
    sendings = [queued(here) for _ in range(5)]
    box.close()
    for minutes in range(60):
        deliver(here, NOON + minutes * MINUTE)
    assert [fresh(one).state for one in sendings] == ["waiting"] * 5
    assert {fresh(one).tries for one in sendings} == {3}
    box.open()
    deliver(here, NOON + timedelta(hours=2))
    assert [fresh(one).state for one in sendings] == ["sent"] * 5
    assert (box.recipients, told()) == ([AMINA] * 5, [])


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(HANG_UP, ("in_doubt", 0)), ("421 Going away", ("waiting", 1)), (ACCEPTED, ("sent", 0))],
)
def test_only_an_answer_is_certain(here: Side, box: Mailbox, answer: str, expected: tuple[str, int]) -> None:
    box.to_message = lambda _to: answer
    sending = queued(here)
    deliver(here)
    assert standing(sending)[:2] == expected


def test_what_is_in_doubt_is_told_with_its_id_and_never_repeated(here: Side, box: Mailbox) -> None:
    box.to_message = lambda _to: HANG_UP
    sending = queued(here)
    deliver(here)
    box.to_message = accept
    for days in range(1, 4):
        assert deliver(here, NOON + timedelta(days=days)) == 0
    assert (len(box.messages), told(), happened()) == (1, [("letter_in_doubt", None)], ["letter_in_doubt"])
    text = EventText.objects.get(event__verb="letter_in_doubt").text
    assert text.splitlines()[:2] == [AMINA, message(box)["Message-ID"]]
    assert fresh(sending).message_id == message(box)["Message-ID"]


def test_a_connection_lost_before_the_message_is_certain(here: Side, box: Mailbox) -> None:
    box.to_recipient = lambda _to: HANG_UP
    sending = queued(here)
    deliver(here)
    assert standing(sending)[:2] == ("waiting", 1)
    box.to_recipient = accept
    deliver(here, NOON + 5 * MINUTE)
    assert (standing(sending)[0], box.recipients) == ("sent", [AMINA])


HEARD_WITHIN = 3.0
"""Seconds: what silence costs this test, and enough for whoever has something to say on a busy machine."""


@contextmanager
def silent_server(settings: Settings, script: list[bytes]) -> Iterator[None]:
    """Says these lines, each after it has heard something, and then nothing at all."""
    with socket.create_server((LOOPBACK, 0)) as listening:
        settings.EMAIL_PORT = listening.getsockname()[1]
        settings.EMAIL_TIMEOUT = HEARD_WITHIN
        done = threading.Event()
        talk = threading.Thread(target=_talk, args=(listening, script, done))
        talk.start()
        try:
            yield
        finally:
            settings.EMAIL_TIMEOUT = PATIENCE
            done.set()
            talk.join()


def _talk(listening: socket.socket, script: list[bytes], done: threading.Event) -> None:
    connection, _address = listening.accept()
    with connection:
        for number, line in enumerate(script):
            if number:
                connection.recv(1 << 20)
            connection.sendall(line + b"\r\n")
        done.wait(PATIENCE)


@pytest.mark.parametrize(
    ("script", "state"),
    [
        ([], "waiting"),
        ([b"220 Here", b"250 Good day"], "waiting"),
        ([b"220 Here", b"250 Good day", b"250 Ok", b"250 Ok", b"354 Go on"], "in_doubt"),
    ],
    ids=["no greeting", "no answer to the sender", "no answer to the message"],
)
def test_a_server_that_falls_silent(
    here: Side, box: Mailbox, settings: Settings, script: list[bytes], state: str
) -> None:
    sending = queued(here)
    with silent_server(settings, script):
        deliver(here)
    assert fresh(sending).state == state
    settings.EMAIL_PORT = box.port
    deliver(here, NOON + timedelta(hours=1))
    assert (fresh(sending).state, len(box.messages)) == (("sent", 1) if state == "waiting" else (state, 0))


def take(sending: Sending, at: datetime) -> None:
    """As a process leaves it that dies while it sends."""
    taken = Sending.objects.filter(pk=sending.pk)
    taken.update(state="taken", taken_at=at, next_try_at=at + LEASE, message_id="<left@sender.example>")


def test_what_a_dead_process_left_is_in_doubt_after_the_lease(here: Side, box: Mailbox) -> None:
    sending = queued(here)
    take(sending, NOON)
    assert deliver(here, NOON + LEASE - timedelta(seconds=1)) == 0
    assert fresh(sending).state == "taken"
    assert deliver(here, NOON + LEASE) == 1
    assert standing(sending) == ("in_doubt", 0, "The process that was sending it ended.")
    assert deliver(here, NOON + timedelta(days=1)) == 0
    assert (box.messages, told()) == ([], [("letter_in_doubt", None)])


def test_a_process_that_was_too_slow_does_not_overrule_what_was_settled(
    here: Side, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending = queued(here)

    def slow(channel: str, parcel: Parcel) -> Taken:
        take(sending, NOON - LEASE)
        deliver_for(here.landlord.pk)
        return Taken(Outcome.ACCEPTED)

    monkeypatch.setattr(relay, "_send", slow)
    deliver(here)
    assert (fresh(sending).state, happened()) == ("in_doubt", ["letter_in_doubt"])


def test_a_provider_that_breaks_leaves_a_doubt(here: Side, settings: Settings) -> None:
    settings.LETTER_PROVIDERS = {"text": f"{__name__}.Breaks"}
    sending = queued(here, "text")
    deliver(here)
    assert standing(sending) == ("in_doubt", 0, "RuntimeError('no idea')")


@pytest.mark.parametrize("path", ["letters.outbox.smtp.Pigeon", ""])
def test_a_provider_that_is_gone_is_waited_for(here: Side, settings: Settings, path: str) -> None:
    sending = queued(here)
    settings.LETTER_PROVIDERS = {"email": path}
    deliver(here)
    assert standing(sending)[:2] == ("waiting", 1)


def unsafe(person: Person) -> None:
    person.safe_contact = "call"


def moved(person: Person) -> None:
    person.email = "new@larkspur.example"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            unsafe,
            "Our safety rule: Amina Larkspur is written to only in the way that is safe for them (call only).",
        ),
        (moved, "The address has changed since this was queued."),
    ],
)
def test_what_comes_to_light_while_it_waits_stops_it(
    here: Side, box: Mailbox, change: Callable[[Person], None], why: str
) -> None:
    sending, person = queued(here), here.complainant
    change(person)
    person.save()
    deliver(here)
    assert (standing(sending), box.messages) == (("failed", 0, why), [])
    assert told() == [("letter_failed", None)]


def test_a_copy_that_is_not_the_letter_does_not_go(here: Side, box: Mailbox) -> None:
    sending = queued(here, content=b"%PDF-1.7 another", made=PDF)
    deliver(here)
    assert standing(sending) == ("failed", 0, "The kept copy is not the letter that was made.")
    assert (box.messages, Print.objects.count()) == ([], 1)


def test_each_landlord_in_its_own_scope_and_in_turn(world: World, box: Mailbox) -> None:
    with inside(world.here) as here:
        mine = [queued(here) for _ in range(3)]
    with inside(world.there) as there:
        theirs = queued(there)
    assert landlords_with_letters() == sorted([world.here.landlord.pk, world.there.landlord.pk])
    assert deliver_due() == 4
    assert box.recipients[:2].count(AMINA) == 1
    assert (len(box.recipients), landlords_with_letters()) == (4, [])
    with inside(world.here):
        assert [standing(one)[0] for one in mine] == ["sent"] * 3
    with inside(world.there):
        assert [standing(theirs)[0], *happened()] == ["sent", "letter_sent"]


def test_what_fails_for_one_landlord_does_not_stop_the_others(
    world: World, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for side in (world.here, world.there):
        with inside(side):
            queued(side)
    as_it_is, broken = relay.deliver_next, world.here.landlord.pk

    def deliver_next(landlord_id: int) -> bool:
        if landlord_id == broken:
            raise Landlord.DoesNotExist
        return as_it_is(landlord_id)

    monkeypatch.setattr(relay, "deliver_next", deliver_next)
    deliver_letters()
    assert box.recipients == ["amina@foxglove.example"]


def test_a_task_takes_no_more_letters_than_it_has_time_for(here: Side, box: Mailbox) -> None:
    queued(here)
    assert (deliver_due(seconds=0), box.messages) == (0, [])


def test_what_is_handed_over_goes_by_no_relay(here: Side, box: Mailbox) -> None:
    sending = queued(here, "hand")
    with clock_at(NOON + timedelta(days=30)):
        assert deliver_due() == 0
    assert standing(sending) == ("waiting", 0, "")
