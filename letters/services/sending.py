"""Making a letter and choosing how it goes, in one step: both, or neither."""

from django.db import transaction

from letters.models import Letter, Sending
from letters.outbox.services import queue
from letters.services.making import Stopped, record_stop, seal
from timeline.actors import Actor


def make_and_send(letter: Letter, *, channel: str, by: Actor, seen: str = "") -> Sending:
    """Raises Refused as ``make_letter`` and ``queue`` do; it is then still a draft. ``seen`` is its stamp when it was
    read: Changed where it is another now.
    """
    try:
        return _make_and_send(letter, channel, by, seen)
    except Stopped as stopped:
        record_stop(letter, stopped.reading, by)
        raise


@transaction.atomic
def _make_and_send(letter: Letter, channel: str, by: Actor, seen: str) -> Sending:
    return queue(seal(letter, by, seen=seen), channel=channel, by=by)
