"""Making a letter: everything is checked once more, it becomes a PDF, and from then on it never changes."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from landlords.permissions import Refused
from letters.kinds import Audience, letter_kinds
from letters.models import Letter, Print
from letters.pdf.drawing import draw, has_room
from letters.pdf.workers import CannotRender, shared
from letters.printing import look_of, printing_of
from letters.reading import Reading, read
from letters.services.writing import held, writing_of
from letters.values import known_in
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

NO_ROOM = gettext_lazy("The address is too long for the window of the envelope. Shorten it to six lines")


class Stopped(Refused):
    """The letter could tell its reader who complained. ``reading`` says where."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(_("This letter was stopped. It would tell its reader who complained."))
        self.reading = reading


def make_letter(letter: Letter, *, by: Actor) -> Letter:
    """Seal it. Raises Refused with everything that is missing, Stopped where it would tell who complained (which is
    then on the record), and Refused where it cannot be printed.
    """
    try:
        return seal(letter, by)
    except Stopped as stopped:
        record_stop(letter, stopped.reading, by)
        raise


@transaction.atomic
def seal(letter: Letter, by: Actor, *, seen: str = "") -> Letter:
    """As ``make_letter``; whoever calls it puts a stop on the record, outside this transaction. Raises Changed as
    ``held``.
    """
    letter = held(letter, by, seen=seen)
    writing = writing_of(letter)
    reading = read(letter, writing)
    _check_whole(letter, reading)
    if reading.stopped:
        raise Stopped(reading)
    letter.sealed_at, letter.sealed_by = clock.now(), by.name
    look = look_of(letter, writing, sent=True)
    try:
        content = shared().render(printing_of(draw(reading.document, look), reading.document.subject, look))
    except CannotRender as why:
        raise Refused(str(why)) from why
    letter.status = Letter.Status.SEALED
    letter.wording_version = reading.words.version
    letter.document = reading.document.as_json()
    letter.sha256, letter.size = hashlib.sha256(content).hexdigest(), len(content)
    letter.changed_at = letter.sealed_at
    Print.objects.create(landlord_id=letter.landlord_id, letter=letter, content=content)
    letter.save()
    payload = {
        "kind": str(letter_kinds[letter.kind].label),
        "to": letter.get_audience_display(),
        "sha256": letter.sha256,
    }
    record("letter_sealed", by=by, case_id=letter.case_id, subject=("letter", letter.pk), payload=payload)
    return letter


def missing_words(letter: Letter, reading: Reading) -> list[str]:
    """What has no value yet, each in the words of the form or of the editor; and an address that is too long."""
    missing = [_("Missing: %(what)s") % {"what": what} for what in gaps(letter, reading).values()]
    return missing if has_room(reading.document.address) else [*missing, str(NO_ROOM)]


def gaps(letter: Letter, reading: Reading) -> dict[str, str]:
    """Each placeholder without a value, in the words of the form or of the editor."""
    known = known_in(letter.kind, Audience(letter.audience))
    return {name: str(known.get(name, name)) for name in reading.composed.missing}


def _check_whole(letter: Letter, reading: Reading) -> None:
    against = missing_words(letter, reading)
    if against:
        raise Refused(*against)


@transaction.atomic
def record_stop(letter: Letter, reading: Reading, by: Actor) -> None:
    """That it was stopped stays on the case, whatever becomes of the letter. Never what was found."""
    kinds = sorted({hit.kind for hit in reading.hits})
    payload = {"kind": str(letter_kinds[letter.kind].label), "found": kinds}
    record("letter_stopped", by=by, case_id=letter.case_id, subject=("letter", letter.pk), payload=payload)
