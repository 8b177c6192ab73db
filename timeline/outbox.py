"""Telling staff: one row per notification, shown in the product and sent by e-mail at most once.

A row is marked as being sent, and that is committed, before the mail server is spoken to. If the process dies
in between, nobody knows whether the mail went: the row is in doubt, is shown as such, and is never repeated.
Rows are taken one at a time, so that a process that dies leaves one in doubt and not its whole batch.
"""

import datetime
import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.utils import make_msgid

from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from timeline import clock
from timeline.models import EmailState, Notification
from timeline.registry import Registry
from timeline.scope import landlord_scope

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=5)
"""A row being sent for longer than this belongs to a process that died."""
BACKOFF = (1, 5, 15, 60, 240)
"""Minutes to wait after each refusal by the mail server; after the last the row has failed."""
NOT_ACCEPTED = (
    smtplib.SMTPSenderRefused,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError,
)
"""The server has said that it does not have the message, so offering it again doubles nothing."""
UNWRITABLE = (LookupError, ObjectDoesNotExist, ValueError)
"""Nothing was sent and no later attempt can do better: an unknown kind, a case that is gone, a bad header."""


@dataclass(frozen=True)
class Mail:
    """What a notification becomes as an e-mail: no names, no addresses, only what needs doing and a reference."""

    to: list[str]
    subject: str
    body: str


composers: Registry[Callable[[Notification], Mail | None]] = Registry("notification composer")
"""By kind. None: nobody to send it to, so only the product shows it."""


def landlords_with_mail() -> list[int]:
    """Ids of landlords with mail to send; runs before a landlord is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT landlord_id FROM landlords_with_mail_to_send(%s) ORDER BY 1", [clock.now()])
        return [row[0] for row in cursor.fetchall()]


def deliver_for(landlord_id: int) -> int:
    """Send what is waiting for one landlord. Returns how many were dealt with."""
    _doubt_what_was_left(landlord_id)
    done = 0
    while (row := _claim(landlord_id)) is not None:
        _settle(row, *_deliver(row))
        done += 1
    return done


def retire_before(instant: datetime.datetime) -> int:
    """Mark the active landlord's notifications from before ``instant`` as read, never to be sent by e-mail.

    For records brought in from the past, whose news is old. Returns how many there were.
    """
    old = Notification.objects.filter(created_at__lt=instant, email_state=EmailState.WAITING)
    return old.update(read_at=clock.now(), email_state=EmailState.NONE, email_next_at=None)


@transaction.atomic
def _doubt_what_was_left(landlord_id: int) -> None:
    """A process died while it was sending these: they may have gone."""
    with landlord_scope(landlord_id):
        Notification.objects.filter(email_state=EmailState.SENDING, email_next_at__lte=clock.now()).update(
            email_state=EmailState.IN_DOUBT,
            email_next_at=None,
            email_error="the process that was sending it ended",
        )


@transaction.atomic
def _claim(landlord_id: int) -> Notification | None:
    """Mark the oldest waiting row that nobody else is looking at as being sent."""
    now = clock.now()
    with landlord_scope(landlord_id):
        waiting = Notification.objects.filter(email_state=EmailState.WAITING, email_next_at__lte=now)
        row = waiting.select_for_update(skip_locked=True).order_by("id").first()
        if row is not None:
            row.email_state = EmailState.SENDING
            row.email_next_at = now + LEASE
            row.email_attempts += 1
            row.email_message_id = make_msgid(domain="asb-cases.example")
            row.save(update_fields=["email_state", "email_next_at", "email_attempts", "email_message_id"])
    return row


def _deliver(row: Notification) -> tuple[EmailState, str]:
    try:
        message = _message(row)
    except UNWRITABLE as error:
        logger.exception("notification %s cannot be written as an e-mail", row.pk)
        return EmailState.FAILED, f"it could not be written: {error!r}"
    return _send(message) if message else (EmailState.NONE, "")


def _message(row: Notification) -> EmailMessage | None:
    """The whole message, built before any server is spoken to. None: nobody to send it to."""
    with transaction.atomic(), landlord_scope(row.landlord_id):
        mail = composers[row.kind](row)
    if mail is None:
        return None
    headers = {"Message-ID": row.email_message_id}
    message = EmailMessage(mail.subject, mail.body, to=mail.to, headers=headers)
    message.message()
    return message


def _send(message: EmailMessage) -> tuple[EmailState, str]:
    """Until the connection stands nothing can have been accepted; once it does, only a clear no is a no."""
    server = get_connection()
    try:
        server.open()
    except OSError as error:
        _hang_up(server)
        return EmailState.WAITING, _told(error)
    try:
        server.send_messages([message])
    except NOT_ACCEPTED as error:
        return EmailState.WAITING, _told(error)
    except OSError as error:
        return EmailState.IN_DOUBT, _told(error)
    finally:
        _hang_up(server)
    return EmailState.SENT, ""


def _hang_up(server: BaseEmailBackend) -> None:
    """Whatever goes wrong with the goodbye changes nothing about the message."""
    with suppress(OSError):
        server.close()


def _told(error: OSError) -> str:
    """What the server said, without the addresses it said it about."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {said!r}" for code, said in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {error.smtp_error!r}"
    return str(error)


def _settle(row: Notification, state: EmailState, error: str) -> None:
    """A refusal is tried again later; anything after the server may have accepted is not."""
    if state == EmailState.WAITING and row.email_attempts > len(BACKOFF):
        state = EmailState.FAILED
    row.email_state = state
    row.email_error = error[:300]
    row.email_next_at = None
    if state == EmailState.WAITING:
        row.email_next_at = clock.now() + datetime.timedelta(minutes=BACKOFF[row.email_attempts - 1])
    with transaction.atomic(), landlord_scope(row.landlord_id):
        row.save(update_fields=["email_state", "email_error", "email_next_at"])
