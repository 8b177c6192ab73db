"""Making a letter and choosing how it goes, in one step: both, or neither."""

from django.db import transaction

from letters.models import Letter, Sending
from letters.outbox.services import queue
from letters.services.making import Stopped, record_stop, seal
from timeline.actors import Actor


def make_and_send(letter: Letter, *, channel: str, by: Actor) -> Sending:
    """Raises Refused as ``make_letter`` and ``queue`` do; it is then still a draft."""
    try:
        return _make_and_send(letter, channel, by)
    except Stopped as stopped:
        record_stop(letter, stopped.reading, by)
        raise


@transaction.atomic
def _make_and_send(letter: Letter, channel: str, by: Actor) -> Sending:
    return queue(seal(letter, by), channel=channel, by=by)
