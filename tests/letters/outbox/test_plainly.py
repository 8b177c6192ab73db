"""What became of a letter, in words an officer can act on."""

import pytest

from letters.models import Sending
from letters.outbox.plainly import told_of

NO_ADDRESS = "Their mail server did not take it: there is no such address, or it takes nothing from us."
FULL = "Their mail server did not take it: the mailbox is full, or the letter too large for it."
BACK = "It came back. It reached nobody, and counts as not sent."
GONE = "It came back: there is no such address, or it takes nothing from us."
EXHAUSTED = "It could not be handed over in five tries over more than five hours."
AWAY = "The mail server cannot be reached. It goes again by itself; nothing is lost."
LATER = "Their mail server asked us to come back later. It goes again by itself."
CHECK = "Check the e-mail address with them. Then make the letter again, or send it by post."
MEND = "Put that right on the case, then make the letter again."
MOVED = "The address has changed since this was queued."


@pytest.mark.parametrize(
    ("state", "tries", "result", "what", "then", "said"),
    [
        ("failed", 0, "550 5.1.1 No such user", NO_ADDRESS, CHECK, True),
        ("failed", 0, "552 5.2.2 Over quota", FULL, CHECK, True),
        (
            "failed",
            0,
            "554 Spam",
            "Their mail server did not take it, and will not take it later.",
            CHECK,
            True,
        ),
        ("failed", 4, "[Errno 111] Connection refused", EXHAUSTED, CHECK, True),
        ("failed", 4, "451 Greylisted", EXHAUSTED, CHECK, True),
        ("failed", 0, MOVED, MOVED, MEND, False),
        ("failed", 2, MOVED, MOVED, MEND, False),
        ("bounced", 0, "smtp; 550 5.1.1 unknown", GONE, CHECK, True),
        ("bounced", 0, "552 Mailbox full", "It came back: their mailbox is full.", CHECK, True),
        ("bounced", 0, "Away", BACK, CHECK, True),
        ("waiting", 2, "[Errno 111] Connection refused", AWAY, "", True),
        ("waiting", 1, "451 Greylisted", LATER, "", True),
        ("waiting", 0, "", "", "", False),
    ],
)
def test_every_end_has_its_words(
    state: str, tries: int, result: str, what: str, then: str, said: bool
) -> None:
    told = told_of(Sending(state=state, channel="email", tries=tries, result=result))
    assert (told.what, told.then, told.said) == (what, then, result if said else "")


@pytest.mark.parametrize(("channel", "mentions"), [("email", True), ("text", False)])
def test_what_is_in_doubt_is_asked_about_in_a_safe_way(channel: str, mentions: bool) -> None:
    told = told_of(Sending(state="in_doubt", channel=channel, result="timed out"))
    assert told.then.startswith("Ask them whether it came, in a way that is safe for them.")
    assert ("Message-ID" in told.then) == mentions


def test_other_channels_than_email_are_not_told_of_mail() -> None:
    told = told_of(Sending(state="failed", channel="text", tries=4, result="timed out"))
    assert told.then == "Check with them how they can be reached, then make the letter again."
