"""Wording and values become a document. Pure: the same in the preview, in what is sent and in what is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from letters.composing.document import Block, Document, Heading, Items, Line, Paragraph, Run, Table
from letters.composing.wording import Passage, passages

Value = str | Table | None


@dataclass(frozen=True)
class Composed:
    """``missing``: placeholders without a value, which stop the letter; their place says so in brackets."""

    document: Document
    missing: tuple[str, ...]


def compose(
    *,
    subject: str,
    body: str,
    own_words: str,
    address: tuple[str, ...],
    values: Mapping[str, Value],
    optional: frozenset[str],
) -> Composed:
    """Put the values into the wording. ``own_words`` is what the officer adds, as plain paragraphs; it stands where the
    wording has ``[own_words]``, else at the end.

    A passage that has an ``optional`` value which is not there is left out. A value's own text is never looked at for
    placeholders, so that nothing anybody typed can become one.
    """
    given = {**values, OWN_WORDS: own_words.strip() or None}
    texts = passages(body)
    if OWN_WORDS not in {name for passage in texts for name in passage.placeholders}:
        texts += passages(f"[{OWN_WORDS}]")
    missing: dict[str, None] = {}
    blocks: list[Block] = []
    for passage in texts:
        if any(name in optional | {OWN_WORDS} and given.get(name) is None for name in passage.placeholders):
            continue
        missing |= dict.fromkeys(name for name in passage.placeholders if given.get(name) is None)
        blocks += _blocks(passage, given)
    heading = "".join(run.text for run in _line(passages(subject)[0], given, 0)) if subject.strip() else ""
    missing |= dict.fromkeys(name for name in _names(subject) if given.get(name) is None)
    return Composed(Document(heading, address, tuple(blocks)), tuple(missing))


def gaps_named(document: Document, names: Mapping[str, str]) -> Document:
    """For whoever fills the letter in: each gap says what belongs there instead of its placeholder."""

    def named(line: Line) -> Line:
        return tuple(
            replace(run, text=f"[{names[run.placeholder]}]")
            if run.placeholder in names and run.text == f"[{run.placeholder}]"
            else run
            for run in line
        )

    def block_named(block: Block) -> Block:
        if isinstance(block, Table):
            return block
        if isinstance(block, Items):
            return Items(tuple(map(named, block.lines)))
        return type(block)(named(block.line))

    return replace(document, blocks=tuple(map(block_named, document.blocks)))


OWN_WORDS = "own_words"


def _names(subject: str) -> tuple[str, ...]:
    return tuple(name for passage in passages(subject) for name in passage.placeholders)


def _blocks(passage: Passage, values: Mapping[str, Value]) -> Iterator[Block]:
    value = values.get(passage.alone) if passage.alone else None
    if isinstance(value, Table):
        yield Table(value.columns, value.rows, passage.alone)
    elif isinstance(value, str) and passage.kind != "heading" and "\n" in value:
        parts = [(Run(part, passage.alone),) for part in map(str.strip, value.splitlines()) if part]
        yield from [_of_kind("items", tuple(parts))] if passage.kind == "items" else map(Paragraph, parts)
    else:
        lines = tuple(_line(passage, values, number) for number in range(len(passage.lines)))
        yield _of_kind(passage.kind, lines)


def _of_kind(kind: str, lines: tuple[Line, ...]) -> Block:
    if kind == "items":
        return Items(lines)
    return Heading(lines[0]) if kind == "heading" else Paragraph(lines[0])


def _line(passage: Passage, values: Mapping[str, Value], number: int) -> Line:
    return tuple(
        Run(_as_words(values.get(part.placeholder), part.placeholder), part.placeholder)
        if part.placeholder
        else Run(part.words)
        for part in passage.lines[number]
    )


def _as_words(value: Value, name: str) -> str:
    """A table in the middle of a sentence reads as a list."""
    if value is None:
        return f"[{name}]"
    if isinstance(value, Table):
        return "; ".join(", ".join(cell for cell in row if cell) for row in value.rows)
    return " ".join(value.split())
