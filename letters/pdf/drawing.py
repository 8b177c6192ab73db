"""A letter as HTML: one drawing for the browser and for the printer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
SHORT, SHORT_LINE = 4, 26
"""Lines, and letters in one, of an address that has room in the window in larger letters."""
WINDOW_LINES = 6
"""What shows whole in the window however the sheet lies in its envelope; see letters/pdf/print.css."""


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


def arranged(blocks: Iterable[Drawn]) -> Sheet:
    """The greeting comes before the heading, the signature stands apart, the box is at the end."""
    sheet = Sheet([], [], [], [])
    previous = ""
    for block in blocks:
        _part(sheet, block, previous).append(block)
        previous = block.kind
    return sheet


def _part(sheet: Sheet, block: Drawn, previous: str) -> list[Drawn]:
    said = block.words.plain.casefold() if block.words and block.kind == "paragraph" else ""
    if block.of_foot and previous != "heading":
        return sheet.foot
    if not previous and said.startswith(GREETING):
        return sheet.greeting
    if sheet.closing or said.rstrip(", ") in CLOSINGS:
        return sheet.closing
    return sheet.body


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
    return Drawn(kind_of(block), words=marker.next(text_of(block.line)), of_foot=_of_foot(block))


def _of_foot(block: Heading | Paragraph) -> bool:
    names = set(_names(block.line))
    return isinstance(block, Paragraph) and bool(names) and names <= FOOT


def _names(line: Line) -> Iterator[str]:
    """The placeholders it is made of; its own wording, but for spaces, counts as one that is in no list."""
    return (run.placeholder for run in line if run.placeholder or run.text.strip())
