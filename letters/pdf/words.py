"""A piece of text as it is drawn: which way it runs, what can be printed, where something was found in it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letters.pdf.stand_ins import in_print

TELEPHONE = re.compile(r"\b0\d{2,4} \d{3,6}(?: \d{3,4})?\b")
DAY = re.compile(
    r"\b[0-3]?[0-9] (?=(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
UNBROKEN = re.compile(
    r"(?<![^\s(])(?=[^\s]{3,44}(?:\s|$))"
    r"([^\s@]+@[^\s@]+|[^\s@/]+\.[^\s@/]+/[^\s@]*|[a-z0-9]+-[a-z0-9.-]*\.[a-z]{2,}[.,;:?!)]*(?=\s|$))"
)
"""An e-mail or web address that fits on a line: broken at a hyphen, nobody knows whether that is part of it."""
LONGEST = 24
"""Letters of a word that are kept on one line in a table."""
ENDLESS = re.compile(r"\S{200,}")
"""No word of any language; where it may be broken is looked for letter by letter, unless it is told."""
BREAK = "\u200b"


@dataclass(frozen=True)
class Mark:
    """``line`` counts in ``Document.texts()``; ``start`` and ``end`` in its text. Equal numbers are one finding."""

    line: int
    start: int
    end: int
    number: int


@dataclass(frozen=True)
class Piece:
    """``mark`` is the number of a finding, 0 for none; ``together`` is never broken at the end of a line."""

    text: str
    mark: int = 0
    together: bool = False


@dataclass(frozen=True)
class Words:
    pieces: tuple[Piece, ...]
    right_to_left: bool = False

    @property
    def plain(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def long(self) -> bool:
        """Whether it has a word that would make a column of a table wider than its sheet."""
        return any(len(word) > LONGEST for word in self.plain.replace(BREAK, " ").split())


def drawn(text: str, marks: Sequence[Mark] = ()) -> Words:
    """Telephone numbers, and days with their months, stay on one line. ``marks`` count letters: none comes or goes."""
    kept = DAY.sub(_on_one_line, TELEPHONE.sub(_on_one_line, text))
    return Words(tuple(_pieces(kept, marks)), _right_to_left(text))


def _printed(text: str) -> str:
    return ENDLESS.sub(_broken, in_print(text))


def _broken(word: re.Match[str]) -> str:
    return BREAK.join(word[0][at : at + LONGEST] for at in range(0, len(word[0]), LONGEST))


def _on_one_line(number: re.Match[str]) -> str:
    return number[0].replace(" ", "\u00a0")


def _pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """Where marks lie over each other the first keeps its place and the next begins behind it."""
    pieces, at = [], 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        start, end = max(mark.start, at), min(mark.end, len(text))
        if start < end:
            pieces += [*_unmarked(text[at:start]), Piece(_printed(text[start:end]), mark.number)]
            at = end
    pieces += _unmarked(text[at:])
    return [piece for piece in pieces if piece.text]


def _unmarked(text: str) -> Iterator[Piece]:
    """``split`` with one group gives other words and addresses by turns."""
    for number, part in enumerate(UNBROKEN.split(text)):
        yield Piece(_printed(part), together=bool(number % 2))


def _right_to_left(text: str) -> bool:
    """As its first letter runs."""
    ways = (unicodedata.bidirectional(character) for character in text)
    return next((way for way in ways if way in {"L", "R", "AL"}), "L") != "L"
