"""A parcel as an e-mail message."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings

from letters.outbox.providers import Parcel
from timeline import clock


def as_email(parcel: Parcel) -> bytes:
    """Raises ValueError for an address or a name that no header can hold."""
    parcel.to.encode("ascii")
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = parcel.message_id
    message["Date"] = format_datetime(clock.now())
    message["From"] = Address(parcel.sender, addr_spec=sender_address())
    message["To"] = parcel.to
    message["Subject"] = parcel.subject
    if parcel.reply_to:
        message["Reply-To"] = parcel.reply_to
    message.set_content(parcel.words, cte="quoted-printable")
    if parcel.attachment:
        message.add_attachment(
            parcel.attachment, maintype="application", subtype="pdf", filename=parcel.attachment_name
        )
    return message.as_bytes()


def sender_address() -> str:
    """Ours alone, without a name."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
