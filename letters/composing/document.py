"""A letter as it will be read: the one form that is previewed, searched for what it must not say, printed and kept.

Pure. Everything in it is text; markup comes only from the templates that draw it.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Run:
    """A piece of text. ``placeholder`` names the value it came from; empty for the landlord's own wording."""

    text: str
    placeholder: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    line: Line


@dataclass(frozen=True)
class Paragraph:
    line: Line


@dataclass(frozen=True)
class Items:
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """``columns`` are its headings; every row has as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    placeholder: str = ""


Block = Heading | Paragraph | Items | Table
KINDS: dict[str, type[Block]] = {"heading": Heading, "paragraph": Paragraph, "items": Items, "table": Table}


@dataclass(frozen=True)
class Document:
    """``address`` is the addressee as it shows in the window of the envelope."""

    subject: str
    address: tuple[str, ...]
    blocks: tuple[Block, ...]

    def texts(self) -> Iterator[str]:
        """Everything anybody could read in it, one line after another, beginning with the address."""
        yield from self.address
        yield self.subject
        for block in self.blocks:
            yield from _texts(block)

    def as_json(self) -> dict[str, Any]:
        blocks = [{"kind": kind_of(block), **asdict(block)} for block in self.blocks]
        return {"subject": self.subject, "address": list(self.address), "blocks": blocks}


def kind_of(block: Block) -> str:
    return next(name for name, kind in KINDS.items() if isinstance(block, kind))


def from_json(kept: dict[str, Any]) -> Document:
    """As it was kept by ``as_json``."""
    blocks = tuple(_block(one) for one in kept["blocks"])
    return Document(kept["subject"], tuple(kept["address"]), blocks)


def text_of(line: Line) -> str:
    return "".join(run.text for run in line)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        for row in block.rows:
            yield from row
    elif isinstance(block, Items):
        yield from map(text_of, block.lines)
    else:
        yield text_of(block.line)


def _block(kept: dict[str, Any]) -> Block:
    kind = KINDS[kept["kind"]]
    if kind is Table:
        rows = tuple(tuple(row) for row in kept["rows"])
        return Table(tuple(kept["columns"]), rows, kept["placeholder"])
    if kind is Items:
        return Items(tuple(_line(line) for line in kept["lines"]))
    return Heading(_line(kept["line"])) if kind is Heading else Paragraph(_line(kept["line"]))


def _line(kept: list[dict[str, str]]) -> Line:
    return tuple(Run(**run) for run in kept)
