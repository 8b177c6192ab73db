"""Whole letters for the labelled set, the same for the same seed."""

import random
from dataclasses import dataclass

from bench.leaks.people import Someone, content, half, reader, someone
from bench.leaks.planting import KINDS
from letters.firewall.engine import Protected, Reader

EACH, CLEAN = 40, 480
"""Letters of each kind of leak, and letters without one."""


@dataclass(frozen=True)
class Letter:
    """``leak`` is what was planted, in line ``at``; empty in a letter that tells nobody anything."""

    lines: tuple[str, ...]
    protected: Protected
    reader: Reader
    allowed: tuple[str, ...]
    kind: str = ""
    leak: str = ""
    at: int = 0

    @property
    def span(self) -> tuple[int, int]:
        start = self.lines[self.at].index(self.leak)
        return start, start + len(self.leak)


def planted(seed: int, *, held_out: bool = False, each: int = EACH) -> list[Letter]:
    """``each`` letters of every kind; the ways of writing go round, so that none is left to chance."""
    rng = random.Random(seed)  # noqa: S311 - the same letters every time, nothing secret
    return [_planted(rng, kind, number, held_out) for kind in KINDS for number in range(each)]


def clean(seed: int, *, held_out: bool = False, count: int = CLEAN) -> list[Letter]:
    rng = random.Random(seed + 1)  # noqa: S311 - as above
    return [_Writer(rng, held_out).letter() for _ in range(count)]


def _planted(rng: random.Random, kind: str, number: int, held_out: bool) -> Letter:
    ways = [(slot, way) for slot, some in KINDS[kind] for way in some]
    slot, way = ways[number % len(ways)]
    writer = _Writer(rng, held_out, kind)
    leak = way(rng, writer.them)
    sentence = rng.choice(half(content("slots")[slot], held_out))
    letter = writer.letter()
    at = rng.randint(2, len(letter.lines) - 1)
    line = writer.filled(sentence).replace("{leak}", leak)
    lines = (*letter.lines[:at], line, *letter.lines[at:])
    return Letter(lines, letter.protected, letter.reader, letter.allowed, kind, leak, at)


class _Writer:
    """Writes one letter about somebody, in the landlord's words."""

    def __init__(self, rng: random.Random, held_out: bool, leak: str = "") -> None:
        self.rng, self.held_out = rng, held_out
        self.them: Someone = someone(rng, held_out)
        self.reader, self.address = reader(rng, self.them, leak)
        self.officer = rng.choice(content("people")["officers"])
        self.phone = f"020 7946 0{rng.randint(100, 199)}"

    def letter(self) -> Letter:
        lines = [
            self.reader.names[0],
            *self.address.split(", "),
            self._one("subjects"),
            self._one("openings"),
        ]
        lines += [self._one("told") for _ in range(self.rng.randint(1, 2))]
        middle = [self._one("body") for _ in range(self.rng.randint(2, 5))]
        middle += [self._one("tricky") for _ in range(self.rng.randint(1, 3))]
        self.rng.shuffle(middle)
        lines += [*middle, self._one("contacts"), self._one("closings"), self.officer]
        allowed = (self.officer, self.phone, "asb@landlord.example", "1 Example Quay, Harrowmere ZZ1 1AA")
        return Letter(tuple(lines), self.them.protected(), self.reader, allowed)

    def filled(self, sentence: str) -> str:
        """With days, times and small numbers, which now and then are the numbers of a protected home."""
        for name, value in self._values().items():
            sentence = sentence.replace(f"{{{name}}}", value)
        return sentence

    def _one(self, which: str) -> str:
        choices = half(content("wordings")[which], self.held_out)
        return self.filled(self.rng.choice(choices))

    def _values(self) -> dict[str, str]:
        told = next(one["told"] for one in content("reports") if one["text"] == self.them.words)
        name = self.reader.names[0]
        return {
            "officer": self.officer,
            "office_phone": self.phone,
            "office_email": "asb@landlord.example",
            "date": self._date(),
            "time": self.rng.choice(
                ("11pm", "2:30am", "10am", f"{self.rng.randint(10, 23)}:15", "half past ten")
            ),
            "n": self._number(),
            "n2": self._number(),
            "n3": str(self.rng.randint(2, 12)),
            "told": self.rng.choice(told),
            "reader": name,
            "reader_short": f"Mr {name.split()[-1]}",
        }

    def _number(self) -> str:
        digits = "".join(filter(str.isdigit, self.them.flat if self.them.building else self.them.number))
        return digits if self.rng.random() < 0.5 else str(self.rng.randint(2, 28))

    def _date(self) -> str:
        day, month = self.rng.randint(1, 28), self.rng.choice(_MONTHS)
        return self.rng.choice(
            (f"{day} {month} 2026", f"Wednesday {day} {month}", f"{day} {month}", f"{month} {day}th")
        )


_MONTHS = ("January", "March", "April", "May", "June", "August", "October", "December")
