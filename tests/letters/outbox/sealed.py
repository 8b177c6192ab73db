"""Letters that were made, without a printer: what the outbox does not care about is left out."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from cases.models import Case, Person
from letters.composing.document import Document, Paragraph, Run
from letters.kinds import Audience
from letters.models import Letter, Print, Sending
from letters.outbox.relay import deliver_for
from letters.outbox.services import queue
from letters.reading import address_of
from tests.factories.world import NOON, Side
from timeline import clock
from timeline.clock import clock_at
from timeline.models import Event, Notification
from timeline.scope import landlord_scope

PDF = b"%PDF-1.7 not really\x00\xff"
WORDS = "We have your report."


def sealed(
    side: Side,
    kind: str = "update",
    *,
    case: Case | None = None,
    person: Person | None = None,
    audience: str = Audience.COMPLAINANT,
    words: str = WORDS,
    content: bytes = PDF,
    made: bytes | None = None,
    **changes: Any,
) -> Letter:
    """To the complainant unless somebody else is said, sealed when the clock says."""
    about = case or side.case
    reader = person or side.complainant
    letter = Letter(
        landlord=side.landlord,
        case=about,
        person=reader,
        kind=kind,
        audience=audience,
        begun_at=clock.now(),
        begun_by="Olive",
        begun_by_user_id=1,
        changed_at=clock.now(),
        sealed_at=clock.now(),
        sealed_by="Olive",
        status=Letter.Status.SEALED,
        sha256=hashlib.sha256(made or content).hexdigest(),
        size=len(content),
        **changes,
    )
    letter.document = Document(
        "About your report", address_of(letter, reader), (Paragraph((Run(words),)),)
    ).as_json()
    letter.save()
    Print.objects.create(landlord=side.landlord, letter=letter, content=content)
    return letter


def queued(side: Side, channel: str = "email", *, asked_this_way: bool = False, **changes: Any) -> Sending:
    return queue(sealed(side, **changes), channel=channel, by=side.actor(), asked_this_way=asked_this_way)


def deliver(side: Side, at: Any = NOON) -> int:
    with clock_at(at):
        return deliver_for(side.landlord.pk)


def fresh(sending: Sending) -> Sending:
    return Sending.objects.get(pk=sending.pk)


def standing(sending: Sending) -> tuple[str, int, str]:
    now = fresh(sending)
    return now.state, now.tries, now.result


def told() -> list[tuple[str, int | None]]:
    """Notifications about letters: which, and to which user."""
    about = Notification.objects.filter(kind__startswith="letter_").order_by("pk")
    return list(about.values_list("kind", "user_id"))


def happened() -> list[str]:
    """What the timeline says of letters."""
    return list(
        Event.objects.filter(verb__startswith="letter_").order_by("pk").values_list("verb", flat=True)
    )


@contextmanager
def inside(side: Side) -> Iterator[Side]:
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        yield side
