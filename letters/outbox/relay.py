"""Sending what is queued: each at most once, and what became of it always known or known to be in doubt.

A sending is marked as taken, and that is committed, before the provider is spoken to. If the process dies in between,
nobody knows whether it went: it is then in doubt, is shown as such with its Message-ID, and is never repeated. They
are taken one at a time, so that a process that dies leaves one in doubt.
"""

import datetime
import logging
import time
import uuid

from django.db import connection, transaction
from django.utils.translation import gettext as _

from letters.about import held_about
from letters.models import Letter, Sending
from letters.outbox import recording
from letters.outbox.checking import MEANS, against_going
from letters.outbox.parcels import CannotGo, parcel_of
from letters.outbox.providers import Outcome, Parcel, Taken, provider_for
from letters.outbox.written import sender_address
from timeline import clock
from timeline.scope import landlord_scope

log = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=5)
"""One that is being sent for longer than this belongs to a process that died; no task lives so long."""
BACKOFF = (5, 15, 60, 240)
"""Minutes to wait after each try that certainly failed; after the last it has failed for good."""
AT_WORK = 30.0
"""Seconds after which a task takes no further letter, well before it would be ended."""


def deliver_due(*, seconds: float = AT_WORK) -> int:
    """One letter of each landlord in turn, so that none waits for another's hundreds. Returns how many were dealt with.

    What fails for one landlord does not stop the others.
    """
    ends = time.monotonic() + seconds
    waiting, done = landlords_with_letters(), 0
    while waiting and time.monotonic() < ends:
        waiting = [landlord_id for landlord_id in waiting if _safely(landlord_id)]
        done += len(waiting)
    return done


def landlords_with_letters() -> list[int]:
    """Ids of landlords with letters to send or to doubt; runs before a landlord is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT landlord_id FROM landlords_with_letters_to_send(%s) ORDER BY 1", [clock.now()])
        return [row[0] for row in cursor.fetchall()]


def deliver_for(landlord_id: int) -> int:
    """Everything of one landlord that is due. Returns how many were dealt with."""
    done = 0
    while deliver_next(landlord_id):
        done += 1
    return done


def deliver_next(landlord_id: int) -> bool:
    """One that was left behind, else the one that has been due for longest. False where there is neither."""
    if _doubt_one(landlord_id):
        return True
    claimed = _claim(landlord_id)
    if claimed is None:
        return False
    prepared = _prepare(claimed)
    _settle(claimed, _send(claimed.channel, prepared) if isinstance(prepared, Parcel) else prepared)
    return True


def _safely(landlord_id: int) -> bool:
    try:
        return deliver_next(landlord_id)
    except Exception:
        log.exception("the letters of landlord %s wait; they are tried again at the next", landlord_id)
        return False


@transaction.atomic
def _doubt_one(landlord_id: int) -> bool:
    """A process died while it was sending this: it may have gone."""
    with landlord_scope(landlord_id):
        left = Sending.objects.filter(state=Sending.State.TAKEN, next_try_at__lte=clock.now())
        found = left.select_related("letter__case", "letter__report", "letter__person").order_by("pk").first()
        if found is None:
            return False
        letter = found.letter
        about = held_about(letter, person_id=letter.person_id)
        sending = left.select_for_update().filter(pk=found.pk).first()
        if sending is not None:
            why = _("The process that was sending it ended.")
            recording.in_doubt(sending, letter, about, why=why)
    return True


@transaction.atomic
def _claim(landlord_id: int) -> Sending | None:
    """Mark the one that is due for longest, and that nobody else is looking at, as being sent."""
    now = clock.now()
    with landlord_scope(landlord_id):
        due = Sending.objects.filter(state=Sending.State.WAITING, next_try_at__lte=now)
        found = due.select_for_update(skip_locked=True).order_by("next_try_at", "pk").first()
        if found is None:
            return None
        found.state, found.taken_at, found.next_try_at = Sending.State.TAKEN, now, now + LEASE
        found.message_id = found.message_id or f"<{uuid.uuid4()}@{_domain()}>"
        found.save(update_fields=["state", "taken_at", "next_try_at", "message_id"])
        return found


@transaction.atomic
def _prepare(claimed: Sending) -> Parcel | Taken:
    """Everything that can go wrong without a server goes wrong here. What has become unsafe does not go."""
    with landlord_scope(claimed.landlord_id):
        letter = Letter.objects.select_related("case__joined_to", "report", "person").get(
            pk=claimed.letter_id
        )
        against = against_going(claimed, letter, letter.about)
        if against:
            return Taken(Outcome.REFUSED, "\n".join(map(str, against)))
        try:
            return parcel_of(claimed, letter)
        except CannotGo as why:
            return Taken(Outcome.REFUSED, str(why))


def _send(channel: str, parcel: Parcel) -> Taken:
    """Whatever is no clear answer may mean that it was taken."""
    try:
        provider = provider_for(channel)
    except ImportError as error:
        return Taken(Outcome.AGAIN, str(error))
    if provider is None:
        return Taken(Outcome.AGAIN, _("This way of sending is not set up here."))
    try:
        return provider.send(parcel)
    except Exception as error:
        # no words of its own in the log: they may name somebody; they are kept with the sending
        log.error("the provider for %s failed: %s", channel, type(error).__name__)
        return Taken(Outcome.UNKNOWN, repr(error))


@transaction.atomic
def _settle(claimed: Sending, taken: Taken) -> None:
    """Where somebody else has settled it by now, because we were very slow, theirs stands."""
    with landlord_scope(claimed.landlord_id):
        letter = Letter.objects.select_related("case", "report", "person").get(pk=claimed.letter_id)
        about = held_about(letter, person_id=letter.person_id)
        ours = Sending.objects.filter(pk=claimed.pk, state=Sending.State.TAKEN, taken_at=claimed.taken_at)
        sending = ours.select_for_update().first()
        if sending is None:
            log.warning("sending %s was settled by somebody else; ours was %s", claimed.pk, taken.outcome)
        elif taken.outcome == Outcome.ACCEPTED:
            means, by = MEANS[sending.channel], recording.relay()
            recording.went(sending, letter, about, means=means, at=clock.now(), said=taken.why, by=by)
        elif taken.outcome == Outcome.UNKNOWN:
            recording.in_doubt(sending, letter, about, why=taken.why)
        elif taken.outcome == Outcome.AGAIN and sending.tries < len(BACKOFF):
            _try_again(sending, taken.why)
        else:
            recording.failed(sending, letter, about, why=taken.why, by=recording.relay())


def _try_again(sending: Sending, why: str) -> None:
    sending.state, sending.result, sending.taken_at = Sending.State.WAITING, why, None
    sending.next_try_at = clock.now() + datetime.timedelta(minutes=BACKOFF[sending.tries])
    sending.tries += 1
    sending.save(update_fields=["state", "result", "taken_at", "next_try_at", "tries"])


def _domain() -> str:
    return sender_address().rpartition("@")[2] or "localhost"
