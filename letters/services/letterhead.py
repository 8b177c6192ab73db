"""Changing what stands at the head of letters. Letters that were made stay as they are."""

from django.db import transaction
from django.utils.translation import gettext as _

from landlords.permissions import Permission, Refused, check
from letters.letterhead import logo_at
from letters.models import Logo
from letters.pdf.logos import ready
from letters.pdf.look import NotAnImage, fingerprint
from timeline import clock
from timeline.actors import Actor
from timeline.scope import active_landlord
from timeline.services import record


@transaction.atomic
def set_logo(content: bytes, *, by: Actor) -> Logo:
    """Every letter that is made from now on has it. Raises Refused for what is no picture, and keeps nothing of it."""
    check(by, Permission.CHANGE_WORDING)
    try:
        made = ready(content)
    except NotAnImage as why:
        raise Refused(str(why)) from why
    logo = Logo.objects.create(
        landlord_id=active_landlord(),
        content=made.content,
        media_type=made.media_type,
        width=made.width,
        height=made.height,
        sha256=fingerprint(made.content),
        set_at=clock.now(),
        set_by=by.name,
    )
    record("logo_changed", by=by, subject=("logo", logo.pk), payload={"sha256": logo.sha256})
    return logo


@transaction.atomic
def remove_logo(*, by: Actor) -> Logo:
    """From now on the landlord's name is set in type. Raises Refused where it is already."""
    check(by, Permission.CHANGE_WORDING)
    if logo_at() is None:
        raise Refused(_("Letters have no logo. There is nothing to remove."))
    logo = Logo.objects.create(landlord_id=active_landlord(), set_at=clock.now(), set_by=by.name)
    record("logo_removed", by=by, subject=("logo", logo.pk), payload={})
    return logo
