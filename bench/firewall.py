"""How much of what is planted the firewall finds, and how often it stops a letter that tells nobody anything."""

import statistics
import sys
from collections import Counter
from collections.abc import Iterable

from bench.leaks.letters import Letter, clean, planted
from bench.table import Line, seconds
from letters.firewall.engine import Hit, scan
from letters.firewall.finds import KINDS

SEED, HELD_OUT_SEED = 20_260, 91_417
LONG = 100_000
"""Characters of the long text."""


def measure() -> list[Line]:
    return [
        *_set("worked with", SEED, held_out=False),
        *_set("held out", HELD_OUT_SEED, held_out=True),
        *_speed(),
    ]


def hits_of(letter: Letter) -> list[Hit]:
    return scan(letter.lines, [letter.protected], letter.reader, letter.allowed)


def found(letter: Letter) -> bool:
    """Whether a hit touches what was planted."""
    start, end = letter.span
    return any(hit.line == letter.at and hit.start < end and hit.end > start for hit in hits_of(letter))


def missed(letters: Iterable[Letter]) -> list[Letter]:
    return [letter for letter in letters if not found(letter)]


def alarmed(letters: Iterable[Letter]) -> list[Letter]:
    return [letter for letter in letters if hits_of(letter)]


def _set(name: str, seed: int, *, held_out: bool) -> list[Line]:
    leaks, harmless = planted(seed, held_out=held_out), clean(seed, held_out=held_out)
    lost = Counter(letter.kind for letter in missed(leaks))
    each = Counter(letter.kind for letter in leaks)
    lines = [
        Line(
            f"Firewall, {name}: recall of {kind.replace('_', ' ')}", 100 - 100 * lost[kind] / each[kind], "%"
        )
        for kind in KINDS
    ]
    recall = 100 - 100 * lost.total() / len(leaks)
    alarms = 100 * len(alarmed(harmless)) / len(harmless)
    return [
        *lines,
        Line(f"Firewall, {name}: recall of {len(leaks)} leaks", recall, "%", 99.99, at_least=True),
        Line(f"Firewall, {name}: false alarms in {len(harmless)} letters", alarms, "%", 3),
    ]


def _speed() -> list[Line]:
    letters = clean(SEED, count=100)
    each = [seconds(lambda letter=letter: hits_of(letter)) * 1000 for letter in letters]  # type: ignore[misc]
    one = letters[0]
    text = ("\n".join(one.lines) + "\n") * (LONG // len("\n".join(one.lines)) + 1)
    long = seconds(lambda: scan(text[:LONG].split("\n"), [one.protected], one.reader, one.allowed))
    return [
        Line("Firewall: one letter", statistics.median(each), "ms"),
        Line("Firewall: a text of 100,000 characters", long, "s", 1),
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join("  ".join(line.cells()) for line in measure()) + "\n")
