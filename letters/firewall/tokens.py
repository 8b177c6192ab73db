"""A letter as a row of words, each with how it was written and what stands round it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from letters.firewall.folding import Folded, disguised, fold
from letters.firewall.vocabulary import terms

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_POSSESSIVE = re.compile(r"'s$")
_ENDS = re.compile(r"[.!?:;•\n]")
_ABBREVIATED = terms("titles_shortened")


@dataclass(frozen=True)
class Token:
    """``start`` and ``end`` are places in the folded text, without a possessive ending; ``gap`` is what stands before.

    ``first``: it begins a sentence, so that its capital says nothing. ``shouted``: neither does it in this line.
    """

    text: str
    start: int
    end: int
    raw: str
    gap: str
    possessive: bool
    first: bool
    shouted: bool

    @property
    def capital(self) -> bool:
        return self.raw[:1].isupper()

    @cached_property
    def altered(self) -> bool:
        return disguised(self.raw)


@dataclass(frozen=True)
class Letter:
    """All lines as one text, folded, with its words."""

    folded: Folded
    tokens: list[Token]
    line_starts: list[int]

    @property
    def text(self) -> str:
        return self.folded.text

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins, for finding a word by its place."""
        return [token.start for token in self.tokens]


def read(lines: Sequence[str]) -> Letter:
    line_starts, place = [], 0
    for line in lines:
        line_starts.append(place)
        place += len(line) + 1
    folded = fold("\n".join(lines))
    return Letter(folded, list(_tokens(folded)), line_starts)


def words(text: str) -> list[str]:
    """The words of a text, folded, without apostrophes."""
    return [_bare(match.group()) for match in _WORD.finditer(fold(text).text)]


def _tokens(folded: Folded) -> list[Token]:
    found: list[Token] = []
    styles = _Styles(folded)
    before = 0
    for match in _WORD.finditer(folded.text):
        whole = match.group()
        base = _POSSESSIVE.sub("", whole)
        end = match.start() + len(base)
        gap = folded.text[before : match.start()]
        found.append(
            Token(
                text=base.replace("'", ""),
                start=match.start(),
                end=end,
                raw=folded.raw(match.start(), end),
                gap=gap,
                possessive=base != whole or folded.text[match.end() : match.end() + 1] == "'",
                first=_begins(found, gap),
                shouted=styles.shouted(match.start()),
            )
        )
        before = match.end()
    return found


def _begins(found: list[Token], gap: str) -> bool:
    if not found:
        return True
    after_abbreviation = gap.startswith(".") and "\n" not in gap and found[-1].text in _ABBREVIATED
    return not after_abbreviation and bool(_ENDS.search(gap))


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word).replace("'", "")


class _Styles:
    """Lines in capitals, and headings With A Capital On Each Word, in which a capital is no sign of a name."""

    def __init__(self, folded: Folded) -> None:
        self.ends: list[int] = []
        self.flags: list[bool] = []
        start = 0
        for line in folded.text.split("\n"):
            end = start + len(line)
            raw = folded.raw(start, end) if line else ""
            self.ends.append(end)
            self.flags.append(_shouts(raw))
            start = end + 1
        self.line = 0

    def shouted(self, place: int) -> bool:
        """Asked in the order of the text."""
        while place > self.ends[self.line]:
            self.line += 1
        return self.flags[self.line]


def _shouts(raw: str) -> bool:
    found = re.findall(r"[^\W\d_]+", raw)
    if len(found) < 3:
        return len(found) > 1 and raw.isupper()
    return sum(1 for word in found if word[0].isupper()) >= 0.8 * len(found)
