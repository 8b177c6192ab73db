"""Telling staff: one row per notification, shown in the product and sent by e-mail at most once.

A row is marked as being sent, and that is committed, before the mail server is spoken to. If the process dies
in between, nobody knows whether the mail went: the row is in doubt, is shown as such, and is never repeated.
"""

import datetime
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import make_msgid

from django.core.mail import EmailMessage
from django.db import connection, transaction

from timeline import clock
from timeline.models import EmailState, Notification
from timeline.registry import Registry
from timeline.scope import landlord_scope

BATCH = 50
LEASE = datetime.timedelta(minutes=5)
"""A row being sent for longer than this belongs to a process that died."""
BACKOFF = (1, 5, 15, 60, 240)
"""Minutes to wait after each refusal by the mail server; after the last the row has failed."""


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
    done = 0
    while claimed := _claim(landlord_id):
        for notification_id in claimed:
            _deliver(landlord_id, notification_id)
        done += len(claimed)
    return done


def retire_before(instant: datetime.datetime) -> int:
    """Mark the active landlord's notifications from before ``instant`` as read, never to be sent by e-mail.

    For records brought in from the past, whose news is old. Returns how many there were.
    """
    old = Notification.objects.filter(created_at__lt=instant, email_state=EmailState.WAITING)
    return old.update(read_at=clock.now(), email_state=EmailState.NONE, email_next_at=None)


@transaction.atomic
def _claim(landlord_id: int) -> list[int]:
    """Mark a batch as being sent. Rows left over by a process that died become in doubt instead."""
    now = clock.now()
    with landlord_scope(landlord_id):
        due = Notification.objects.select_for_update(skip_locked=True).filter(email_next_at__lte=now)
        Notification.objects.filter(
            pk__in=[row.pk for row in due.filter(email_state=EmailState.SENDING).only("pk")[:BATCH]]
        ).update(email_state=EmailState.IN_DOUBT)
        claimed = list(due.filter(email_state=EmailState.WAITING).order_by("id")[:BATCH])
        for row in claimed:
            row.email_state = EmailState.SENDING
            row.email_next_at = now + LEASE
            row.email_attempts += 1
            row.email_message_id = make_msgid(domain="asb-cases.example")
        Notification.objects.bulk_update(
            claimed, ["email_state", "email_next_at", "email_attempts", "email_message_id"]
        )
    return [row.pk for row in claimed]


def _deliver(landlord_id: int, notification_id: int) -> None:
    with transaction.atomic(), landlord_scope(landlord_id):
        row = Notification.objects.get(pk=notification_id)
        mail = composers[row.kind](row)
    state, error = (EmailState.NONE, "") if mail is None else _send(mail, row)
    with transaction.atomic(), landlord_scope(landlord_id):
        _settle(row, state, error)


def _send(mail: Mail, row: Notification) -> tuple[EmailState, str]:
    headers = {"Message-ID": row.email_message_id}
    try:
        EmailMessage(mail.subject, mail.body, to=mail.to, headers=headers).send()
    except ConnectionRefusedError as error:
        return EmailState.WAITING, str(error)
    except smtplib.SMTPResponseException as error:
        return EmailState.WAITING, f"{error.smtp_code} {error.smtp_error!r}"
    except (OSError, smtplib.SMTPException) as error:
        return EmailState.IN_DOUBT, str(error)
    return EmailState.SENT, ""


def _settle(row: Notification, state: EmailState, error: str) -> None:
    """A refusal is tried again later; anything after the server may have accepted is not."""
    if state == EmailState.WAITING and row.email_attempts > len(BACKOFF):
        state = EmailState.FAILED
    row.email_state = state
    row.email_error = error[:300]
    row.email_next_at = None
    if state == EmailState.WAITING:
        row.email_next_at = clock.now() + datetime.timedelta(minutes=BACKOFF[row.email_attempts - 1])
    row.save(update_fields=["email_state", "email_error", "email_next_at"])
