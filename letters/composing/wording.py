"""The landlord's wording of a letter: plain text with placeholders in square brackets.

A line that begins with ``# `` is a heading, lines that begin with ``- `` are a list, a blank line begins a new
paragraph, and ``[name]`` stands for a declared value. Nothing else means anything. Pure.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\[([a-z][a-z0-9_]*)\]")
HEADING, ITEM = "# ", "- "


@dataclass(frozen=True)
class Part:
    """Either the landlord's own ``words``, or the ``placeholder`` of a value."""

    words: str = ""
    placeholder: str = ""


@dataclass(frozen=True)
class Passage:
    """``kind`` is heading, paragraph or items; only items have more than one line."""

    kind: str
    lines: tuple[tuple[Part, ...], ...]

    @property
    def placeholders(self) -> tuple[str, ...]:
        return tuple(part.placeholder for line in self.lines for part in line if part.placeholder)

    @property
    def alone(self) -> str:
        """The placeholder that is all of this passage, where a table may stand; else nothing."""
        only = self.lines[0] if len(self.lines) == 1 and len(self.lines[0]) == 1 else ()
        return only[0].placeholder if only else ""


def passages(body: str) -> list[Passage]:
    """The wording taken apart. Any text can be: what looks like nothing else is a paragraph."""
    return list(_passages(body.replace("\r\n", "\n").replace("\r", "\n")))


def placeholders(body: str) -> list[str]:
    """Those it uses, in their order, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(body)))


def unknown(body: str, known: Collection[str]) -> list[str]:
    """Placeholders nobody has declared."""
    return [name for name in placeholders(body) if name not in known]


def _passages(body: str) -> Iterator[Passage]:
    for chunk in re.split(r"\n\s*\n", body):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        while lines:
            yield _take(lines)


def _take(lines: list[str]) -> Passage:
    """The next passage; its lines are taken away from the front of ``lines``."""
    if lines[0].startswith(HEADING):
        return Passage("heading", (_parts(lines.pop(0).removeprefix(HEADING)),))
    items = []
    while lines and lines[0].startswith(ITEM):
        items.append(_parts(lines.pop(0).removeprefix(ITEM)))
    if items:
        return Passage("items", tuple(items))
    words = []
    while lines and not lines[0].startswith((HEADING, ITEM)):
        words.append(lines.pop(0))
    return Passage("paragraph", (_parts(" ".join(words)),))


def _parts(line: str) -> tuple[Part, ...]:
    """``split`` with one group gives words and names by turns."""
    found = PLACEHOLDER.split(line)
    return tuple(
        Part(placeholder=piece) if number % 2 else Part(words=piece)
        for number, piece in enumerate(found)
        if piece
    )
