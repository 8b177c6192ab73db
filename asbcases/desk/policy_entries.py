"""What the policy page is made of: rules, each with its clause or our reading, in chapters."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from policies.schema import Policy
from policies.sections import Sourced


@dataclass(frozen=True)
class Entry:
    """One rule: in the landlord's ``own`` words, ``ours``, or both where only part of it is our reading.

    ``why`` then says how we got there. ``note`` is our name for what ``title`` calls in the landlord's words.
    """

    text: str
    details: tuple[str, ...] = ()
    clause: str = ""
    own: bool = True
    ours: bool = False
    why: str = ""
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chapter:
    key: str
    heading: str
    lead: str
    entries: tuple[Entry, ...]

    @property
    def only_ours(self) -> "Chapter":
        return replace(self, entries=tuple(entry for entry in self.entries if entry.ours))


Entries = Callable[[Policy], Iterator[Entry]]
Contents = list[tuple[str, str, str, Entries]]
"""Key, heading, lead and what is in it."""


def entry_of(rule: Sourced, text: str, details: Iterable[str] = ()) -> Entry:
    return Entry(
        text=text,
        details=tuple(detail for detail in details if detail),
        clause=rule.clause or "",
        own=not rule.interpretation,
        ours=rule.interpretation,
        why=rule.why or "" if rule.interpretation else "",
    )
