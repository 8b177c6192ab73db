"""The logo that letters have at a moment, and where a browser finds it."""

import datetime

from django.urls import reverse

from letters.models import Logo
from letters.pdf.look import Look, fingerprint
from timeline import clock

PRINTED = "logo:"


def logo_at(moment: datetime.datetime | None = None) -> Logo | None:
    """Of the active landlord, now where no moment is said; None where its name is set in type."""
    rows = Logo.objects.filter(set_at__lte=moment or clock.now())
    found = rows.order_by("-set_at", "-pk").first()
    return found if found and found.sha256 else None


def content_at(moment: datetime.datetime | None = None) -> bytes | None:
    """The picture itself, as ``Look`` takes it."""
    found = logo_at(moment)
    return bytes(found.content) if found else None


def logo_address(look: Look) -> str:
    """For a browser; ``PRINTED`` where there is no logo, which nothing then asks for."""
    return reverse("logo", args=[fingerprint(look.logo)]) if look.logo else PRINTED
