"""How a process that answers requests looks after its memory."""

import gc

MADE_BETWEEN_LOOKS = 50_000
"""A page makes some ten thousand things and drops them all: to look among them after every 700 finds nothing."""


def settle() -> None:
    """Call once everything is loaded: what was made by then stays to the end, so no request looks through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_BETWEEN_LOOKS, 10, 10)
