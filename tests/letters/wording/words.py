"""A letter whose words the tests change."""

from landlords.permissions import Role
from letters.kinds import Audience
from letters.models import Wording
from letters.services.wording import publish_draft, save_draft
from letters.slots import Slot
from tests.factories.world import Side

SLOT = Slot("acknowledgement", Audience.COMPLAINANT, False)
ADDED = "We are sorry that this has happened to you."


def changed(side: Side, *, added: str = ADDED, slot: Slot = SLOT) -> tuple[str, str]:
    """The words that ship, with a sentence before the officer's own."""
    words = slot.ships(side.landlord.key)
    return words.subject, words.body.strip().replace("[own_words]", f"{added}\n\n[own_words]")


def drafted(side: Side, *, added: str = ADDED, slot: Slot = SLOT) -> Wording:
    subject, body = changed(side, added=added, slot=slot)
    return save_draft(slot, subject=subject, body=body, seen=slot.stamp(), by=side.actor(Role.ADMINISTRATOR))


def published(side: Side, *, added: str = ADDED, slot: Slot = SLOT) -> Wording:
    drafted(side, added=added, slot=slot)
    return publish_draft(slot, seen=slot.stamp(), by=side.actor(Role.ADMINISTRATOR))
