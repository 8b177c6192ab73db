"""Two wordings beside each other, as a person reads what has changed."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letters.composing.wording import HEADING, ITEM, Part, Passage, passages
from letters.wordings import Words

_TOKENS = re.compile(r"\s+|\[[a-z0-9_]+\]|[\w’']+|.", re.DOTALL)
ALIKE = 0.4
"""Of two passages that stand in the same place: below it one is shown as gone and the other as new."""
LONGEST = 1_000
"""Words and spaces of a passage that is compared word by word; the time it takes grows with their square."""


@dataclass(frozen=True)
class Piece:
    """``change`` is added, gone, or nothing."""

    text: str
    change: str = ""


@dataclass(frozen=True)
class Row:
    """A passage that changed; or, without pieces, how many after each other are as before."""

    pieces: tuple[Piece, ...] = ()
    same: int = 0
    heading: bool = False


def compared(before: Words, after: Words) -> list[Row]:
    """Heading first, then passage by passage. Of what is as before only the number is told."""
    old, new = _texts(before), _texts(after)
    rows: list[Row] = []
    for move, start, end, into, until in difflib.SequenceMatcher(None, old, new).get_opcodes():
        rows += [Row(same=end - start)] if move == "equal" else _changed(old[start:end], new[into:until])
    return rows


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Passages by pairs as far as they go, then those that one side has alone."""
    pairs = min(len(old), len(new))
    for one, other in zip(old[:pairs], new[:pairs], strict=True):
        yield from _pair(one, other)
    yield from (_whole(text, "gone") for text in old[pairs:])
    yield from (_whole(text, "added") for text in new[pairs:])


def _pair(old: str, new: str) -> Iterator[Row]:
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after)
    if max(len(before), len(after)) > LONGEST or matcher.ratio() < ALIKE:
        yield _whole(old, "gone")
        yield _whole(new, "added")
        return
    pieces: list[Piece] = []
    for move, start, end, into, until in matcher.get_opcodes():
        gone, added = "".join(before[start:end]), "".join(after[into:until])
        pieces += [Piece(gone)] if move == "equal" else [Piece(gone, "gone"), Piece(added, "added")]
    yield Row(tuple(piece for piece in pieces if piece.text), heading=new.startswith(HEADING))


def _whole(text: str, change: str) -> Row:
    return Row((Piece(text, change),), heading=text.startswith(HEADING))


def _texts(words: Words) -> list[str]:
    return [words.subject, *(text for passage in passages(words.body) for text in _lines(passage))]


def _lines(passage: Passage) -> Iterator[str]:
    sign = {"heading": HEADING, "items": ITEM}.get(passage.kind, "")
    for line in passage.lines:
        yield sign + "".join(map(_typed, line))


def _typed(part: Part) -> str:
    return f"[{part.placeholder}]" if part.placeholder else part.words
