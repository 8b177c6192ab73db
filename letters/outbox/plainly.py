"""What became of a letter, and what somebody can do about it, in plain words; what the mail system said comes after."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from letters.models import Sending
from letters.models.sending import Channel
from letters.outbox.relay import BACKOFF

S = Sending.State
REPLY = re.compile(r"(\d)\d\d[ -]")
FULL = ("552", "452")
NOBODY_THERE = ("550", "551", "553")


@dataclass(frozen=True)
class Told:
    """``said`` is in the mail system's own words, for whoever looks after it; empty where ``what`` says it all."""

    what: str
    then: str
    said: str = ""


def told_of(sending: Sending) -> Told:
    """Of one that is in doubt, failed, came back, or is tried again."""
    match sending.state:
        case S.IN_DOUBT:
            return _in_doubt(sending)
        case S.BOUNCED:
            return Told(_returned(sending.result), _another_way(sending), sending.result)
        case S.FAILED if _is_technical(sending):
            return Told(_refused(sending), _another_way(sending), sending.result)
        case S.FAILED:
            return Told(sending.result, _("Put that right on the case, then make the letter again."))
    return Told(_tried_again(sending), "", sending.result) if sending.tries else Told("", "")


def _in_doubt(sending: Sending) -> Told:
    what = _(
        "The connection ended before their side had answered. It may have arrived, or not; it is not sent again."
    )
    ask = _("Ask them whether it came, in a way that is safe for them.")
    look = _(
        "Or give the Message-ID to your mail administrator, who can look for it in the log of the mail server."
    )
    then = f"{ask} {look}" if sending.channel == Channel.EMAIL else ask
    return Told(what, then, sending.result)


def _returned(result: str) -> str:
    if _code(result) in FULL:
        return _("It came back: their mailbox is full.")
    if _code(result) in NOBODY_THERE:
        return _("It came back: there is no such address, or it takes nothing from us.")
    return _("It came back. It reached nobody, and counts as not sent.")


def _refused(sending: Sending) -> str:
    code = _code(sending.result)
    if sending.tries >= len(BACKOFF):
        return _("It could not be handed over in five tries over more than five hours.")
    if code in NOBODY_THERE:
        return _("Their mail server did not take it: there is no such address, or it takes nothing from us.")
    if code in FULL:
        return _("Their mail server did not take it: the mailbox is full, or the letter too large for it.")
    return _("Their mail server did not take it, and will not take it later.")


def _another_way(sending: Sending) -> str:
    if sending.channel == Channel.EMAIL:
        return _("Check the e-mail address with them. Then make the letter again, or send it by post.")
    return _("Check with them how they can be reached, then make the letter again.")


def _tried_again(sending: Sending) -> str:
    if REPLY.match(sending.result):
        return _("Their mail server asked us to come back later. It goes again by itself.")
    return _("The mail server cannot be reached. It goes again by itself; nothing is lost.")


def _is_technical(sending: Sending) -> bool:
    return sending.tries >= len(BACKOFF) or REPLY.match(sending.result) is not None


def _code(result: str) -> str:
    """The reply of a mail server (RFC 5321, 4.2), wherever it stands in what came back."""
    found = re.search(r"\b([245]\d\d)[ -]", result)
    return found[1] if found else ""
