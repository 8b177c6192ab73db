"""Letting a stopped letter go as it stands: a second named person, a ground, a reason (decision 19)."""

from django.db import transaction
from django.utils.translation import gettext as _

from landlords.permissions import Permission, Refused, check
from letters.kinds import letter_kinds
from letters.models import Letter, Release
from letters.reading import read, text_hash
from letters.services.writing import held, writing_of
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


@transaction.atomic
def release_letter(letter: Letter, *, ground: str, reason: str, by: Actor, seen: str = "") -> Release:
    """The letter may go with exactly the words it has now; any change stops it again.

    ``seen`` is its stamp when it was read. Raises Changed, and Refused for whoever wrote it or has the case, without a
    ground or a reason, and where nothing stops it.
    """
    letter = held(letter, by, seen=seen)
    check(by, Permission.APPROVE)
    reading = read(letter, writing_of(letter))
    against = []
    owner = letter.case.owner if letter.case else None
    if by.user_id in letter.writers or (owner is not None and owner.user_id == by.user_id):
        against.append(
            _("Our safety rule: somebody who neither wrote it nor has the case lets a stopped letter go.")
        )
    if ground not in Release.Ground.values:
        against.append(
            _("Say why it may go: the complainant agreed to be identified, or it identifies nobody.")
        )
    if not reason.strip():
        against.append(_("Write down who agreed and when, or why it identifies nobody."))
    if not reading.stopped:
        against.append(_("Nothing stops this letter."))
    if against:
        raise Refused(*against)
    release = Release.objects.create(
        landlord_id=letter.landlord_id,
        letter=letter,
        ground=ground,
        reason=reason,
        text_hash=text_hash(reading.document, reading.hits),
        released_at=clock.now(),
        released_by=by.name,
        released_by_user_id=by.user_id or 0,
    )
    payload = {"kind": str(letter_kinds[letter.kind].label), "ground": ground}
    record(
        "letter_released",
        by=by,
        case_id=letter.case_id,
        subject=("letter", letter.pk),
        payload=payload,
        text=reason,
    )
    return release
