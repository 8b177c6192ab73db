"""What closing owes in letters: a draft for each begun at once, gone on with from there, and never two at a time."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cases.models import Mailing
from cases.services.mailing import mailing_queued_listeners, mailing_sent_otherwise_listeners
from landlords.permissions import Permission, Refused, can
from letters.kinds import Audience
from letters.models import Letter, Sending
from letters.outbox.following import OWED
from letters.services import begin_letter, give_letter_up
from timeline.actors import Actor

KINDS = {mailing: kind for kind, mailing in OWED.items()}
"""The kind of letter that settles each kind of mailing."""
ON_ITS_WAY = (Sending.State.WAITING, Sending.State.TAKEN, Sending.State.IN_DOUBT)


def register() -> None:
    mailing_queued_listeners.register("letters", begin_owed)
    mailing_sent_otherwise_listeners.register("letters", take_back)


def begin_owed(mailing: Mailing, by: Actor) -> None:
    """What was left of an earlier closing is given up: what it says is no longer true."""
    if not (by.is_person and can(by, Permission.WRITE_LETTERS)):
        return
    _give_up_drafts(mailing, by)
    begin_letter(
        mailing.case,
        kind=KINDS[Mailing.Kind(mailing.kind)],
        audience=Audience.COMPLAINANT,
        person_id=mailing.person_id,
        by=by,
    )


def take_back(mailing: Mailing, by: Actor) -> None:
    """It went another way: its draft is given up. Raises Refused while a letter for it is on its way."""
    letter = letters_of([mailing]).get(mailing.pk)
    sending = getattr(letter, "sending", None)
    if sending is not None and sending.state in ON_ITS_WAY:
        raise Refused(_("A letter that was made for this is on its way. Say there what became of it."))
    if can(by, Permission.WRITE_LETTERS):
        _give_up_drafts(mailing, by)


def letters_of(mailings: Iterable[Mailing]) -> dict[int, Letter]:
    """By mailing: the newest letter begun for it, whatever became of it. One that was given up is none."""
    owed = sorted(mailings, key=lambda one: one.queued_at)
    found: dict[int, Letter] = {}
    for letter in _written_for(owed):
        begun = [one for one in owed if _is_for(letter, one)]
        if begun:
            found[begun[-1].pk] = letter
    return found


def _written_for(owed: list[Mailing]) -> Iterable[Letter]:
    """Oldest first."""
    letters = Letter.objects.filter(
        case__in={one.case_id for one in owed}, kind__in=KINDS.values(), audience=Audience.COMPLAINANT
    ).exclude(status=Letter.Status.GIVEN_UP)
    return letters.select_related("case", "person", "sending").order_by("begun_at", "pk")


def _is_for(letter: Letter, mailing: Mailing) -> bool:
    same = letter.case_id == mailing.case_id and letter.person_id == mailing.person_id
    return same and letter.kind == KINDS[Mailing.Kind(mailing.kind)] and letter.begun_at >= mailing.queued_at


def _give_up_drafts(mailing: Mailing, by: Actor) -> None:
    drafts = Letter.objects.filter(
        case=mailing.case,
        person=mailing.person,
        kind=KINDS[Mailing.Kind(mailing.kind)],
        audience=Audience.COMPLAINANT,
        status=Letter.Status.DRAFT,
    )
    for letter in drafts:
        give_letter_up(letter, by=by)
