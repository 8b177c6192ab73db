"""Each notification goes by e-mail at most once, and nobody has to guess what became of it (decision 17)."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from tests.factories.world import NOON, Side
from tests.ports import LOOPBACK
from tests.timeline.mailbox import HANG_UP, PATIENCE, Mailbox, accept, mailbox
from timeline import outbox
from timeline.clock import clock_at
from timeline.models import Notification
from timeline.outbox import BACKOFF, LEASE, Mail, deliver_for, landlords_with_mail
from timeline.scope import landlord_scope

TO = "olive@example.org"
MINUTE = timedelta(minutes=1)
REAL_MAIL = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three kinds of these tests' own beside the product's."""
    known = {
        **outbox.composers._items,
        "to_olive": lambda row: Mail([TO], "Something is due", "Open it in the product."),
        "to_nobody": lambda row: None,
        "unwritable": lambda row: Mail([TO], "Two\nlines", "Open it in the product."),
    }
    monkeypatch.setattr(outbox.composers, "_items", known)


@pytest.fixture
def box(settings: Settings) -> Iterator[Mailbox]:
    with mailbox() as opened:
        speak_to(settings, opened.port)
        yield opened


def speak_to(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = REAL_MAIL
    settings.EMAIL_HOST = LOOPBACK
    settings.EMAIL_PORT = port
    settings.EMAIL_TIMEOUT = PATIENCE


def notify(side: Side, kind: str = "to_olive", *, times: int = 1) -> list[int]:
    rows = [
        Notification.objects.create(
            landlord=side.landlord, once_key=f"{kind}:{n}", kind=kind, created_at=NOON, email_next_at=NOON
        )
        for n in range(times)
    ]
    return [row.pk for row in rows]


def state(pk: int) -> tuple[str, int, datetime | None]:
    row = Notification.objects.get(pk=pk)
    return row.email_state, row.email_attempts, row.email_next_at


def error(pk: int) -> str:
    return Notification.objects.get(pk=pk).email_error


def deliver(side: Side, at: datetime = NOON) -> int:
    with clock_at(at):
        return deliver_for(side.landlord.pk)


def test_each_goes_once_however_often_it_is_asked(here: Side, box: Mailbox) -> None:
    sent = notify(here, times=3)
    assert deliver(here) == 3
    assert deliver(here, NOON + timedelta(days=30)) == 0
    assert [state(pk) for pk in sent] == [("sent", 1, None)] * 3
    assert box.recipients == [TO] * 3


def test_the_message_carries_the_id_that_is_kept(here: Side, box: Mailbox) -> None:
    [pk] = notify(here)
    deliver(here)
    content = box.messages[0].original_content
    kept = Notification.objects.get(pk=pk).email_message_id
    assert f"Message-ID: {kept}".encode() in (content or b"").splitlines()


def test_nobody_to_send_to_is_no_failure(here: Side, box: Mailbox) -> None:
    [pk] = notify(here, "to_nobody")
    deliver(here)
    assert (state(pk), error(pk), box.messages) == (("none", 1, None), "", [])


@pytest.mark.parametrize("kind", ["unwritable", "of_no_known_kind"])
def test_one_that_cannot_be_written_fails_and_holds_up_no_other(here: Side, box: Mailbox, kind: str) -> None:
    [bad], [good] = notify(here, kind), notify(here)
    assert deliver(here) == 2
    assert state(bad) == ("failed", 1, None)
    assert error(bad).startswith("it could not be written: ")
    assert (state(good), box.recipients) == (("sent", 1, None), [TO])


def test_a_refused_message_is_offered_again_until_it_has_failed(here: Side, box: Mailbox) -> None:
    box.to_message = lambda _to: "451 Try later"
    [pk] = notify(here)
    at = NOON
    for attempt, minutes in enumerate(BACKOFF, start=1):
        assert deliver(here, at) == 1
        assert deliver(here, at + minutes * MINUTE - timedelta(seconds=1)) == 0
        at += minutes * MINUTE
        assert state(pk) == ("waiting", attempt, at)
    assert deliver(here, at) == 1
    assert state(pk) == ("failed", len(BACKOFF) + 1, None)
    assert error(pk) == "451 b'Try later'"
    assert deliver(here, at + timedelta(days=30)) == 0
    assert box.messages == []


def test_a_refused_message_goes_once_the_server_takes_it(here: Side, box: Mailbox) -> None:
    box.to_message = lambda _to: "554 Not today"
    [pk] = notify(here)
    deliver(here)
    box.to_message = accept
    deliver(here, NOON + MINUTE)
    assert (state(pk), error(pk), box.recipients) == (("sent", 2, None), "", [TO])


def test_a_refused_recipient_has_certainly_not_got_it(here: Side, box: Mailbox) -> None:
    box.to_recipient = lambda _to: "550 No such person"
    [pk] = notify(here)
    deliver(here)
    assert state(pk) == ("waiting", 1, NOON + MINUTE)
    assert error(pk) == "550 b'No such person'"
    assert box.messages == []


def test_a_connection_lost_after_the_message_is_in_doubt_and_never_repeated(here: Side, box: Mailbox) -> None:
    box.to_message = lambda _to: HANG_UP
    [pk] = notify(here)
    deliver(here)
    assert state(pk) == ("in_doubt", 1, None)
    box.to_message = accept
    for days in range(1, 4):
        assert deliver(here, NOON + timedelta(days=days)) == 0
    assert state(pk) == ("in_doubt", 1, None)
    assert box.recipients == [TO]


def test_a_goodbye_that_goes_wrong_does_not_unsend_a_message(
    here: Side, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quit_badly(server: smtplib.SMTP) -> None:
        raise smtplib.SMTPResponseException(500, b"Line too long.")

    monkeypatch.setattr(smtplib.SMTP, "quit", quit_badly)
    [pk] = notify(here)
    deliver(here)
    assert (state(pk), box.recipients) == (("sent", 1, None), [TO])


def test_a_server_that_is_away_costs_nothing_but_time(here: Side, box: Mailbox) -> None:
    box.close()
    [pk] = notify(here)
    deliver(here)
    assert state(pk) == ("waiting", 1, NOON + MINUTE)
    box.open()
    deliver(here, NOON + MINUTE)
    assert (state(pk), box.recipients) == (("sent", 2, None), [TO])


@contextmanager
def a_server_that_says_nothing(*, hangs_up: bool) -> Iterator[int]:
    """Takes the connection and then closes it, or stays silent."""
    with socket.create_server((LOOPBACK, 0)) as listening:
        listening.settimeout(PATIENCE)
        done = threading.Event()
        thread = threading.Thread(target=_take_one, args=(listening, hangs_up, done))
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            done.set()
            thread.join()


def _take_one(listening: socket.socket, hangs_up: bool, done: threading.Event) -> None:
    taken, _address = listening.accept()
    with taken:
        if not hangs_up:
            done.wait(PATIENCE)


@pytest.mark.parametrize("hangs_up", [True, False])
def test_a_connection_that_never_stood_leaves_no_doubt(
    here: Side, settings: Settings, hangs_up: bool
) -> None:
    [pk] = notify(here)
    with a_server_that_says_nothing(hangs_up=hangs_up) as port:
        speak_to(settings, port)
        settings.EMAIL_TIMEOUT = 0.3
        deliver(here)
    assert state(pk) == ("waiting", 1, NOON + MINUTE)


def test_a_name_that_cannot_be_found_leaves_no_doubt(
    here: Side, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    speak_to(settings, 25)
    monkeypatch.setattr(socket, "create_connection", unknown)
    [pk] = notify(here)
    deliver(here)
    assert state(pk) == ("waiting", 1, NOON + MINUTE)


def test_what_a_dead_process_was_sending_is_in_doubt_after_its_lease(here: Side, box: Mailbox) -> None:
    [pk] = notify(here)
    Notification.objects.filter(pk=pk).update(
        email_state="sending", email_attempts=1, email_next_at=NOON + LEASE
    )
    assert deliver(here, NOON + LEASE - timedelta(seconds=1)) == 0
    assert state(pk) == ("sending", 1, NOON + LEASE)
    deliver(here, NOON + LEASE)
    assert (state(pk), box.messages) == (("in_doubt", 1, None), [])
    assert error(pk) == "the process that was sending it ended"


def test_a_process_that_dies_has_taken_only_the_one_it_was_sending(
    here: Side, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise SystemExit

    first, *others = notify(here, times=4)
    monkeypatch.setattr(outbox, "_send", dies)
    with pytest.raises(SystemExit):
        deliver(here)
    assert state(first) == ("sending", 1, NOON + LEASE)
    assert [state(pk) for pk in others] == [("waiting", 0, NOON)] * 3


def test_only_landlords_with_something_due_are_asked(here: Side) -> None:
    with clock_at(NOON):
        assert landlords_with_mail() == []
    notify(here)
    with clock_at(NOON - timedelta(seconds=1)):
        assert landlords_with_mail() == []
    with clock_at(NOON):
        assert landlords_with_mail() == [here.landlord.pk]


def test_one_landlords_round_sends_nothing_of_another(here: Side, box: Mailbox) -> None:
    [pk] = notify(here)
    with transaction.atomic(), landlord_scope(here.landlord.pk + 1):
        assert deliver_for(here.landlord.pk + 1) == 0
    assert (state(pk), box.messages) == (("waiting", 0, NOON), [])
