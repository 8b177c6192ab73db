"""Who is told that a letter has gone out, or has come back. Both are told inside the transaction that records it."""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from cases.models import Case
from landlords.permissions import Refused
from letters.kinds import letter_kinds
from letters.models import Letter
from timeline.actors import Actor
from timeline.registry import Registry

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Gone:
    """``case`` is locked. ``means`` is one of ContactMeans. ``late_reason``: why it is recorded more than a day later.
    A letter that went is never a contact.
    """

    letter: Letter
    case: Case
    channel: str
    means: str
    at: datetime.datetime
    asked_this_way: bool
    by: Actor
    late_reason: str = ""


Listener = Callable[[Gone], None]
letter_sent_listeners: Registry[Listener] = Registry("listener to sent letters")
letter_returned_listeners: Registry[Listener] = Registry("listener to letters that came back")
"""Told with the ``Gone`` of the sending that came back, so that what was noted then can be taken back."""


def tell_sent(gone: Gone) -> list[str]:
    """Tell everybody. Returns why something could not be noted."""
    of_kind = letter_kinds[gone.letter.kind].sent
    return _tell(gone, [*([of_kind] if of_kind else []), *letter_sent_listeners.values()])


def tell_returned(gone: Gone) -> list[str]:
    """As ``tell_sent``: what could not be taken back."""
    return _tell(gone, letter_returned_listeners.values())


def _tell(gone: Gone, listeners: list[Listener]) -> list[str]:
    """That it has gone is a fact and is recorded, whatever a listener makes of it."""
    refused: list[str] = []
    for listener in listeners:
        try:
            with transaction.atomic():
                listener(gone)
        except Refused as why:
            refused.extend(str(reason) for reason in why.reasons)
        except Exception:
            log.exception("letter %s has gone, but a listener failed", gone.letter.pk)
            refused.append("one entry could not be made; see the log")
    return refused
