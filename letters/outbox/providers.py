"""How a letter leaves us: one small interface, and which provider each channel has here (``LETTER_PROVIDERS``)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Parcel:
    """``message_id`` is ours, made before anything is sent, and the same in every try. ``sender`` is the landlord's
    name. A text message has neither subject nor attachment.
    """

    message_id: str
    to: str
    words: str
    sender: str
    reply_to: str = ""
    subject: str = ""
    attachment: bytes = b""
    attachment_name: str = ""


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    """For good: another try can do no better."""
    AGAIN = "again"
    """It has certainly not been taken."""
    UNKNOWN = "unknown"
    """It may have been taken."""


@dataclass(frozen=True)
class Taken:
    """What came of it; ``why`` in the provider's own words."""

    outcome: Outcome
    why: str = ""


class Provider(Protocol):
    """Anything else than a clear answer, an exception above all, counts as ``UNKNOWN``: it is never sent again."""

    def send(self, parcel: Parcel) -> Taken: ...


def provider_for(channel: str) -> Provider | None:
    """None where the channel is not set up here. Raises ImportError for a provider that is not there."""
    path = settings.LETTER_PROVIDERS.get(channel, "")
    provider: Provider | None = import_string(path)() if path else None
    return provider
