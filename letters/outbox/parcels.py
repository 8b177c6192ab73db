"""What is handed to a provider: the letter byte for byte as it was made, and a few words around it.

The e-mail itself says nothing of the matter, neither in its subject nor in its words: others may see a screen.
"""

import hashlib

from django.utils.translation import gettext as _

from landlords.models import Landlord
from letters.composing.document import from_json
from letters.models import Letter, Print, Sending
from letters.models.sending import Channel
from letters.outbox.providers import Parcel


class CannotGo(Exception):
    """It will never go as it is, and says why."""


def parcel_of(sending: Sending, letter: Letter) -> Parcel:
    """Raises CannotGo where the kept copy is not the one that was made."""
    landlord = Landlord.objects.get(pk=sending.landlord_id)
    if sending.channel == Channel.TEXT:
        return Parcel(sending.message_id, sending.address_used, as_text(letter), landlord.name)
    told = {
        "landlord": landlord.name,
        "phone": landlord.phone,
        "hours": landlord.opening_hours,
        "email": landlord.email,
    }
    words = _(
        "%(landlord)s has written to you. The letter is attached as a PDF.\n\n"
        "If you cannot open it, or would like it in another way, please tell us: telephone %(phone)s (%(hours)s) "
        "or e-mail %(email)s."
    )
    return Parcel(
        message_id=sending.message_id,
        to=sending.address_used,
        subject=_("A letter from %(landlord)s") % told,
        words=words % told,
        sender=landlord.name,
        reply_to=landlord.email,
        attachment=as_made(letter),
        attachment_name=_("letter.pdf"),
    )


def as_text(letter: Letter) -> str:
    """Its words without the address, as a text message has them."""
    document = from_json(letter.document or {})
    lines = list(document.texts())[len(document.address) :]
    return "\n\n".join(line for line in lines if line.strip())


def as_made(letter: Letter) -> bytes:
    """Its PDF, byte for byte. Raises CannotGo where the kept copy is not the one that was made."""
    kept = Print.objects.filter(letter=letter).first()
    content = bytes(kept.content) if kept else b""
    if hashlib.sha256(content).hexdigest() != letter.sha256:
        raise CannotGo(_("The kept copy is not the letter that was made."))
    return content
