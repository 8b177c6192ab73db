"""A letter as HTML: one drawing for the browser and for the printer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.template.loader import render_to_string

from letters.composing.document import (
    Block,
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Table,
    kind_of,
    text_of,
)
from letters.pdf.look import Look
from letters.pdf.words import Mark, Words, drawn

FOOT = frozenset({"case_review", "case_review_when_due", "complaint_route", "other_languages"})
"""What stands in the box at the end of a letter, where the wording does not give it a place of its own."""
GREETING = "dear "
CLOSINGS = ("yours sincerely", "yours faithfully")
THANKS = "thank you"
"""Closes a letter where the next thing is who wrote it."""
SIGNED = frozenset({"officer", "officer_title"})
MOST_SIGNED = 10
"""Letters of the wording's own around the name of who writes: enough for “From ”, and no sentence."""
SHORT, SHORT_LINE = 4, 26
"""Lines, and letters in one, of an address that has room in the window in larger letters."""
WINDOW_LINES = 6
"""What shows whole in the window however the sheet lies in its envelope; see letters/pdf/print.css."""
WINDOW_LETTERS = 40
"""In one of its lines."""


@dataclass(frozen=True)
class Drawn:
    """A block as its template reads it: ``words`` of a heading or paragraph, ``lines`` of a list, cells of a table."""

    kind: str
    words: Words | None = None
    lines: tuple[Words, ...] = ()
    columns: tuple[Words, ...] = ()
    rows: tuple[tuple[Words, ...], ...] = ()
    of_foot: bool = False
    """Whether it belongs into the box at the end."""
    signed: bool = False
    """Whether it is the name or the office of who writes, and nothing else."""

    @property
    def to_fill_in(self) -> bool:
        """Whether a table is there to be written on by hand; its first column may name who writes."""
        return bool(self.rows) and not any(cell.plain for row in self.rows for cell in row[1:])

    @property
    def named(self) -> bool:
        return any(row[0].plain for row in self.rows if row)


@dataclass(frozen=True)
class Sheet:
    """The parts of a letter in the order in which they are read."""

    greeting: list[Drawn]
    body: list[Drawn]
    closing: list[Drawn]
    foot: list[Drawn]

    @property
    def by_hand(self) -> bool:
        """Whether the closing leaves room for a signature."""
        return bool(self.closing) and _said(self.closing[0]) in CLOSINGS


def draw(
    document: Document, look: Look, *, top: int = 1, marks: Sequence[Mark] = (), logo_address: str = "logo:"
) -> str:
    """The letter as one ``<article>`` without any style of its own, safe to be put into a page.

    ``top`` is the level of its first heading, 2 inside a page that has one already. ``marks`` show where in
    ``Document.texts()`` something was found. ``logo_address`` is where a browser finds the logo.
    """
    marker = _Marker(marks)
    address = tuple(marker.next(line) for line in document.address)
    subject = marker.next(document.subject)
    sheet = arranged([_drawn(block, marker) for block in document.blocks])
    shown = {
        "look": look,
        "head": [drawn(line) for line in look.head],
        "landlord": drawn(look.landlord),
        "reference": drawn(look.reference),
        "kind": drawn(look.kind),
        "address": fitted(address),
        "short": len(address) <= SHORT and all(len(line.plain) <= SHORT_LINE for line in address),
        "subject": subject,
        "sheet": sheet,
        "top": f"h{top}",
        "below": f"h{top + 1}",
        "logo_address": logo_address,
    }
    return render_to_string("letters/letter.html", shown)


def fitted(address: tuple[Words, ...]) -> list[tuple[Words, ...]]:
    """The address by lines; where it has more than the window shows, its middle ones share a line."""
    over = len(address) - WINDOW_LINES
    if over <= 0:
        return [(line,) for line in address]
    last = len(address) - 2
    together = address[last - over - 1 : last]
    return [
        *((line,) for line in address[: last - over - 1]),
        together,
        *((line,) for line in address[last:]),
    ]


def has_room(address: Iterable[str]) -> bool:
    """Whether all of it shows in the window, as far as that can be told from how many letters it has."""
    lines = fitted(tuple(map(drawn, address)))
    shown = (sum(len(words.plain) for words in line) + 2 * (len(line) - 1) for line in lines)
    return sum(max(1, -(-letters // WINDOW_LETTERS)) for letters in shown) <= WINDOW_LINES


def arranged(blocks: Iterable[Drawn]) -> Sheet:
    """The greeting comes before the heading, the signature stands apart, the box is at the end."""
    sheet = Sheet([], [], [], [])
    previous = ""
    for block, after in pairwise((*blocks, None)):
        assert block is not None
        _part(sheet, block, previous, after).append(block)
        previous = block.kind
    return sheet


def _part(sheet: Sheet, block: Drawn, previous: str, after: Drawn | None) -> list[Drawn]:
    if block.of_foot and previous != "heading":
        return sheet.foot
    if not previous and _said(block).startswith(GREETING):
        return sheet.greeting
    if sheet.closing or _closes(block, after):
        return sheet.closing
    return sheet.body


def _closes(block: Drawn, after: Drawn | None) -> bool:
    thanks = _said(block) == THANKS and after is not None and after.signed
    return block.signed or thanks or _said(block) in CLOSINGS


def _said(block: Drawn) -> str:
    """A paragraph in small letters, without the comma that some put behind it."""
    return block.words.plain.casefold().rstrip(", ") if block.words and block.kind == "paragraph" else ""


class _Marker:
    """Gives each text its marks; texts are asked for in the order of ``Document.texts()``."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks, self._line = marks, -1

    def next(self, text: str) -> Words:
        self._line += 1
        return drawn(text, [mark for mark in self._marks if mark.line == self._line])


def _drawn(block: Block, marker: _Marker) -> Drawn:
    if isinstance(block, Table):
        columns = tuple(drawn(column) for column in block.columns)
        return Drawn("table", columns=columns, rows=tuple(tuple(map(marker.next, row)) for row in block.rows))
    if isinstance(block, Items):
        return Drawn("items", lines=tuple(marker.next(text_of(line)) for line in block.lines))
    return Drawn(
        kind_of(block), words=marker.next(text_of(block.line)), of_foot=_of_foot(block), signed=_signed(block)
    )


def _of_foot(block: Heading | Paragraph) -> bool:
    names = set(_names(block.line))
    return isinstance(block, Paragraph) and bool(names) and names <= FOOT


def _signed(block: Heading | Paragraph) -> bool:
    own = sum(len(run.text) for run in block.line if not run.placeholder)
    return isinstance(block, Paragraph) and own <= MOST_SIGNED and bool(SIGNED & set(_names(block.line)))


def _names(line: Line) -> Iterator[str]:
    """The placeholders it is made of; its own wording, but for spaces, counts as one that is in no list."""
    return (run.placeholder for run in line if run.placeholder or run.text.strip())
