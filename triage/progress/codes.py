"""The second thing a reporter needs beside the reference. A reference identifies; it never lets anybody in."""

from contextlib import suppress

from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6
MOST_WRONG = 5
"""Wrong codes for one reference before it is shut for a while."""
SHUT_FOR = 15 * 60
"""Seconds."""


def code_of(reference: str) -> str:
    """Six digits that only this installation can work out from the reference; shown once, kept nowhere."""
    number = int(salted_hmac("progress", reference, algorithm="sha256").hexdigest(), 16)
    return f"{number % 10**DIGITS:0{DIGITS}}"


def is_right(reference: str, code: str) -> bool:
    """Whether the code belongs to the reference; always no while the reference is shut.

    Raises redis.RedisError where attempts cannot be counted: then nobody is let in.
    """
    key = f"progress-wrong:{reference}"
    cache.add(key, 0, SHUT_FOR)
    # Counted before it is looked at: many at once are no more than one after the other.
    if cache.incr(key) > MOST_WRONG:
        return False
    digits = "".join(letter for letter in code if letter.isdigit())
    if not constant_time_compare(digits, code_of(reference)):
        return False
    with suppress(ValueError):  # its time has just run out
        cache.decr(key)
    return True
