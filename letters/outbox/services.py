"""Queueing a letter, and what a named person says became of it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.choices import ContactMeans
from cases.services.moments import with_reason, wrong_with
from landlords.permissions import Permission, Refused, check
from letters.about import About, held_about
from letters.models import Letter, Sending
from letters.models.sending import Channel
from letters.outbox import recording
from letters.outbox.checking import (
    MEANS,
    PROVIDED,
    address_for,
    against_means,
    against_queueing,
    reader_of,
    safety_known,
)
from timeline import clock
from timeline.actors import Actor

S = Sending.State
UNSETTLED = (S.FAILED, S.IN_DOUBT, S.BOUNCED)
"""Somebody has to look, until ``marked_by`` says who did."""


@transaction.atomic
def queue(letter: Letter, *, channel: str, by: Actor, asked_this_way: bool = False) -> Sending:
    """Send it: an e-mail or a text message goes by itself within a minute, the others wait for somebody.

    ``asked_this_way``: the reader themselves asked for it this way. Raises Refused with everything against it
    (not made yet, on its way already, no address, a way that is not safe for them, a case that was joined).
    """
    about = held_about(letter)
    check(by, Permission.WRITE_LETTERS)
    letter = Letter.objects.select_related("person").get(pk=letter.pk)
    against = against_queueing(letter, about, channel, asked_this_way=asked_this_way)
    if against:
        raise Refused(*against)
    now, reader = clock.now(), reader_of(letter, about)
    return Sending.objects.create(
        landlord_id=letter.landlord_id,
        letter=letter,
        channel=channel,
        address_used=address_for(letter, channel, reader),
        asked_this_way=asked_this_way,
        asked_knowing=safety_known(about, reader) if asked_this_way else "",
        next_try_at=now if channel in PROVIDED else None,
        queued_at=now,
        queued_by=by.name,
    )


@transaction.atomic
def mark_posted(sending: Sending, *, at: datetime.datetime, by: Actor, late_reason: str = "") -> Sending:
    """Somebody put it in the post. Raises Refused for one that does not wait for that, or a moment that cannot be."""
    sending, letter, about = _held(sending, by)
    against = [*_not_waiting_for(sending, Channel.POST), *_wrong_moment(letter, at, late_reason)]
    if against:
        raise Refused(*against)
    said = with_reason("", late_reason)
    means = MEANS[Channel.POST]
    recording.went(sending, letter, about, means=means, at=at, said=said, by=by, late_reason=late_reason)
    return sending


@transaction.atomic
def mark_handed_over(
    sending: Sending,
    *,
    at: datetime.datetime,
    by: Actor,
    where: str = ContactMeans.OFFICE,
    asked_this_way: bool = False,
    late_reason: str = "",
) -> Sending:
    """Somebody gave it into the reader's hands, at our office or on a visit (``where``).

    Raises Refused as ``mark_posted``, and for a visit that was not safe for them, unless they asked for it.
    """
    sending, letter, about = _held(sending, by)
    against = [*_not_waiting_for(sending, Channel.HAND), *_wrong_moment(letter, at, late_reason)]
    asked = asked_this_way or sending.asked_this_way
    if where in (ContactMeans.OFFICE, ContactMeans.VISIT):
        against.extend(against_means(letter, about, where, asked_this_way=asked))
    else:
        against.append(_("Say whether it was handed over at our office or on a visit."))
    if against:
        raise Refused(*against)
    said = with_reason(str(ContactMeans(where).label), late_reason)
    sending.asked_this_way = asked
    recording.went(sending, letter, about, means=where, at=at, said=said, by=by, late_reason=late_reason)
    return sending


@transaction.atomic
def give_up(sending: Sending, *, went: bool, reason: str, by: Actor) -> Sending:
    """A named person has found out what became of one that is in doubt, or takes note of one that failed or came back.

    ``went``: it did reach them, as of when it was being sent; only for one in doubt. It is never sent again by
    itself. Raises Refused where nothing is open, or without a reason.
    """
    sending, letter, about = _held(sending, by)
    against = [] if reason.strip() else [_("Say how you know.")]
    if sending.state not in UNSETTLED or sending.marked_by:
        against.append(_("There is nothing to find out about this letter."))
    elif went and sending.state != S.IN_DOUBT:
        against.append(_("This one has certainly not reached them."))
    if against:
        raise Refused(*against)
    if went and sending.taken_at is not None:
        means, at, said = MEANS[sending.channel], sending.taken_at, reason.strip()
        recording.went(sending, letter, about, means=means, at=at, said=said, by=by, late_reason=said)
    else:
        sending.marked_by = by.name
        recording.failed(sending, letter, about, why=reason.strip(), by=by)
    return sending


@transaction.atomic
def withdraw(sending: Sending, *, reason: str, by: Actor) -> Sending:
    """It does not go after all, while it still waits. Raises Refused without a reason, and for one that does not wait:
    what is being sent cannot be stopped.
    """
    sending, letter, about = _held(sending, by)
    against = [] if reason.strip() else [_("Say why it does not go.")]
    if sending.state != S.WAITING:
        against.append(_("This letter does not wait any more. Open it again to see what became of it."))
    if against:
        raise Refused(*against)
    sending.marked_by = by.name
    recording.failed(sending, letter, about, why=reason.strip(), by=by)
    return sending


@transaction.atomic
def came_back(message_id: str, why: str, *, by: Actor) -> Sending:
    """The mail system has returned it. Whatever was noted as sent with it is taken back; told again, nothing happens.

    Raises Refused for a Message-ID that no letter has.
    """
    found = Sending.objects.filter(message_id=message_id.strip()).exclude(message_id="").first()
    if found is None:
        raise Refused(_("No letter was sent with this Message-ID."))
    sending, letter, about = _locked(found)
    if sending.state != S.BOUNCED:
        sending.marked_by = ""
        recording.came_back(sending, letter, about, means=MEANS[sending.channel], why=why.strip(), by=by)
    return sending


def _held(sending: Sending, by: Actor) -> tuple[Sending, Letter, About]:
    check(by, Permission.WRITE_LETTERS)
    if not by.is_person:
        raise Refused(_("Only a person can say this."))
    return _locked(sending)


def _locked(sending: Sending) -> tuple[Sending, Letter, About]:
    """The case first, as everywhere, then the sending as it is now."""
    letter = Letter.objects.select_related("case", "report", "person").get(pk=sending.letter_id)
    about = held_about(letter, person_id=letter.person_id)
    return Sending.objects.select_for_update().get(pk=sending.pk), letter, about


def _not_waiting_for(sending: Sending, channel: Channel) -> list[str]:
    if sending.channel == channel and sending.state == S.WAITING:
        return []
    return [_("This letter does not wait for that. Open it again to see what became of it.")]


def _wrong_moment(letter: Letter, at: datetime.datetime, late_reason: str) -> list[str]:
    wrong = wrong_with(at, late_reason)
    if letter.sealed_at is not None and at < letter.sealed_at:
        wrong.append(_("It cannot have gone before it was made."))
    return wrong
