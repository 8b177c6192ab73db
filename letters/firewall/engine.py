"""Would this letter tell its reader who complained? Pure: text in, places out.

It is looked at as it will be read, line by line. What is the reader's own, and what is ``allowed``, is no leak.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from letters.firewall.addresses import find_homes
from letters.firewall.allowing import stretches, within
from letters.firewall.contacts import find_emails, find_phones, find_plates
from letters.firewall.finds import KINDS, Find, together
from letters.firewall.homes import Home, home, phrases
from letters.firewall.names import find_names
from letters.firewall.parts import take_apart
from letters.firewall.quotes import find_quotes
from letters.firewall.tokens import Letter, read, words

__all__ = ["KINDS", "Hit", "Protected", "Reader", "scan"]


@dataclass(frozen=True)
class Protected:
    """Somebody the reader must not learn of. ``label`` is their part in the case: complainant, witness, reporter.

    ``names`` also has what else they are called; ``words`` are the texts of their reports.
    """

    label: str
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Whom the letter is for: what they share with somebody protected, such as the street, tells them nothing."""

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """From ``start`` to ``end`` in the line of that number, counted from 0 in the line as it was given.

    ``kind`` is one of the twelve. ``why`` and ``instead`` are keys of what ``words`` says to the officer.
    """

    line: int
    start: int
    end: int
    kind: str
    label: str
    found: str
    why: str
    instead: str


def scan(
    lines: Sequence[str], protected: Sequence[Protected], reader: Reader, allowed: Collection[str] = ()
) -> list[Hit]:
    """Every place that tells of somebody protected, in reading order. ``allowed`` are texts that may stand, such as the
    name of the officer: what lies wholly within one of them is no leak.
    """
    letter = read(lines)
    known = frozenset(word for name in reader.names for word in words(name))
    homes = [home(address) for address in reader.addresses]
    may_stand = stretches(letter, allowed)
    addressed = stretches(letter, [phrase for address in reader.addresses for phrase in phrases(address)])
    hits: list[Hit] = []
    for person in protected:
        finds = [
            find
            for find in _finds(letter, person, reader, known, homes)
            if not within(find, may_stand) and not (find.kind not in _OF_A_HOME and within(find, addressed))
        ]
        for find in together(finds, letter.text):
            hits += _hits(letter, lines, find, person.label)
    return sorted(hits, key=lambda hit: (hit.line, hit.start, hit.end, hit.label))


_OF_A_HOME = ("address", "home_number", "postcode")
_INSTEAD = {
    "address": "a_home", "home_number": "a_home", "postcode": "the_area", "phone": "a_number", "email": "an_address",
    "plate": "a_vehicle", "quote": "own_words",
}  # fmt: skip


def _finds(
    letter: Letter, person: Protected, reader: Reader, known: frozenset[str], homes: list[Home]
) -> Iterator[Find]:
    for name in person.names:
        named = take_apart(name, known)
        if named is not None:
            yield from find_names(letter, named, known)
    for address in person.addresses:
        yield from _at_home(letter, home(address), homes)
    yield from find_phones(letter, person.phones, reader.phones)
    yield from find_emails(letter, person.emails, reader.emails)
    yield from find_plates(letter, person.plates, reader.plates)
    yield from find_quotes(letter, person.words)


def _at_home(letter: Letter, theirs: Home, readers: list[Home]) -> Iterator[Find]:
    """Not what both have: the postcode of the street, the name of a house they share."""
    shared = {postcode for reader in readers for postcode in reader.postcodes}
    named = {name for reader in readers for name in reader.called}
    yield from find_homes(letter, theirs.without(shared, named), readers)


def _hits(letter: Letter, lines: Sequence[str], find: Find, label: str) -> Iterator[Hit]:
    """A find as a hit in each line it reaches into."""
    start, end = letter.folded.source(find.start, find.end)
    line = bisect_right(letter.line_starts, start) - 1
    while line < len(lines) and letter.line_starts[line] < end:
        offset = letter.line_starts[line]
        first, last = max(0, start - offset), min(len(lines[line]), end - offset)
        if first < last:
            found = lines[line][first:last]
            yield Hit(line, first, last, find.kind, label, found, find.why, _INSTEAD.get(find.kind, "told"))
        line += 1
