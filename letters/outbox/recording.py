"""What became of a sending, written down: on itself, on the timeline, and to whoever has to know.

Called with the case (or the letter about a report) and the sending locked, inside the caller's transaction.
"""

import datetime

from cases.models import Case
from letters.about import About
from letters.kinds import letter_kinds
from letters.models import Letter, Sending
from letters.models.sending import Channel
from letters.outbox import telling
from letters.outbox.listening import Gone, tell_returned, tell_sent
from timeline.actors import Actor, system
from timeline.services import record

RELAY = "Outbox"
"""Who sends what goes by itself."""
_TOLD_BY = {
    "letter_failed": telling.FAILED,
    "letter_in_doubt": telling.IN_DOUBT,
    "letter_came_back": telling.CAME_BACK,
}


def relay() -> Actor:
    return system(RELAY)


def went(
    sending: Sending,
    letter: Letter,
    about: About,
    *,
    means: str,
    at: datetime.datetime,
    said: str,
    by: Actor,
    late_reason: str = "",
) -> None:
    """It is out of our hands. ``said``: by the provider, or by whoever marks it."""
    not_noted: list[str] = []
    if isinstance(about, Case):
        asked = sending.asked_this_way
        not_noted = tell_sent(Gone(letter, about, sending.channel, means, at, asked, by, late_reason))
    sending.sent_at = at
    sending.marked_by = by.name if by.is_person else ""
    _settle(sending, Sending.State.SENT, "\n".join(filter(None, [said, *not_noted])))
    _record("letter_sent", sending, letter, by, at=at)


def failed(sending: Sending, letter: Letter, about: About, *, why: str, by: Actor) -> None:
    """It has certainly not gone, and will not by itself."""
    _settle(sending, Sending.State.FAILED, why)
    _tell("letter_failed", sending, letter, about, by)
    _record("letter_failed", sending, letter, by)


def in_doubt(sending: Sending, letter: Letter, about: About, *, why: str) -> None:
    """It may have gone. Never repeated; somebody finds out."""
    _settle(sending, Sending.State.IN_DOUBT, why)
    _tell("letter_in_doubt", sending, letter, about, relay())
    _record("letter_in_doubt", sending, letter, relay())


def came_back(sending: Sending, letter: Letter, about: About, *, means: str, why: str, by: Actor) -> None:
    """It reached nobody. What was noted when it went is taken back, where it can be."""
    stays: list[str] = []
    if sending.sent_at is not None and isinstance(about, Case):
        asked = sending.asked_this_way
        stays = tell_returned(Gone(letter, about, sending.channel, means, sending.sent_at, asked, by))
    _settle(sending, Sending.State.BOUNCED, "\n".join([why, *stays]))
    _tell("letter_came_back", sending, letter, about, by)
    _record("letter_came_back", sending, letter, by)


def print_given_up(sending: Sending, *, by: Actor) -> None:
    """There may be paper of it; it waits for the post again all the same."""
    _record("letter_print_given_up", sending, sending.letter, by)


def _settle(sending: Sending, state: Sending.State, result: str) -> None:
    sending.state, sending.result, sending.next_try_at = state, result, None
    sending.save(update_fields=["state", "result", "next_try_at", "sent_at", "marked_by", "asked_this_way"])


def _tell(verb: str, sending: Sending, letter: Letter, about: About, by: Actor) -> None:
    """Nobody is told of what they themselves have just said."""
    if not by.is_person:
        telling.tell_officer(_TOLD_BY[verb], sending, letter, about)


def _record(
    verb: str, sending: Sending, letter: Letter, by: Actor, *, at: datetime.datetime | None = None
) -> None:
    payload = {
        "kind": str(letter_kinds[letter.kind].label),
        "to": letter.get_audience_display(),
        "how": str(Channel(sending.channel).label),
    }
    record(
        verb,
        by=by,
        case_id=letter.case_id,
        subject=("letter", letter.pk),
        payload=payload,
        text="\n".join(filter(None, [sending.address_used, sending.message_id, sending.result])),
        occurred_at=at,
    )
