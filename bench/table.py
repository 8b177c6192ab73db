"""Measuring, and saying how it compares."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

WARM_UP, TIMES = 10, 50


@dataclass(frozen=True)
class Line:
    """One measured thing. ``limit`` is the most it may be, or with ``at_least`` the least; None: only told."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False

    @property
    def holds(self) -> bool:
        if self.limit is None:
            return True
        return self.value > self.limit if self.at_least else self.value < self.limit

    def cells(self) -> tuple[str, str, str, str]:
        target = (
            "" if self.limit is None else f"{'>' if self.at_least else '<'} {_number(self.limit)} {self.unit}"
        )
        verdict = "" if self.limit is None else "ok" if self.holds else "MISSED"
        return self.what, f"{_number(self.value)} {self.unit}", target, verdict


def median_ms(action: Callable[[], object]) -> float:
    """The median of fifty, in milliseconds, after a warm-up."""
    return statistics.median(timed_ms(action))


def timed_ms(action: Callable[[], object]) -> list[float]:
    """Fifty times, in milliseconds, after a warm-up."""
    for _ in range(WARM_UP):
        action()
    return [seconds(action) * 1000 for _ in range(TIMES)]


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def as_table(lines: Iterable[Line]) -> str:
    rows = [("What", "Measured", "Target", ""), *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    said = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    said.insert(1, "-" * max(map(len, said)))
    return "\n".join(said) + "\n"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}".rstrip("0").rstrip(".")
