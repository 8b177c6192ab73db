"""How a letter could go out, before anybody chooses: what nothing speaks against, the likeliest first."""

from cases.choices import SafeContact
from letters.composing.document import Document
from letters.models import Letter
from letters.models.sending import Channel
from letters.outbox.checking import open_channels
from letters.values import Writing

LIKELIEST = (Channel.EMAIL, Channel.POST, Channel.HAND, Channel.TEXT)
ASKED_FOR: dict[str, Channel] = {
    SafeContact.EMAIL: Channel.EMAIL,
    SafeContact.LETTER: Channel.POST,
    SafeContact.TEXT: Channel.TEXT,
}
"""What somebody who is reached safely in one way only has asked for."""


def ways_out(letter: Letter, writing: Writing, document: Document) -> list[Channel]:
    """For a draft that would become ``document``. Changes nothing that is kept."""
    as_it_would_be = Letter(
        landlord_id=letter.landlord_id,
        case=letter.case,
        report=letter.report,
        person=letter.person,
        kind=letter.kind,
        audience=letter.audience,
        document=document.as_json(),
    )
    safe = writing.addressee.safe_contact if writing.addressee else ""
    first = ASKED_FOR.get(safe)
    found = open_channels(as_it_would_be, writing.about)
    return sorted(found, key=lambda one: (one != first, LIKELIEST.index(one)))
