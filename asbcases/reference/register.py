"""The clause register: each duty of the landlords' documents, with what a system must do about it."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "fixtures" / "clauses" / "register.csv"


@dataclass(frozen=True)
class Clause:
    """One row. ``quote`` is the landlord's own words; ``system_must`` what we take them to ask for."""

    id: str
    landlord: str
    clause: str
    quote: str
    kind: str
    enforceable: str
    system_must: str

    @property
    def is_enforceable(self) -> bool:
        return self.enforceable in ("yes", "partly")


@cache
def clauses() -> dict[str, Clause]:
    """All rows by id, in the register's order. Raises TypeError where a column is missing."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [Clause(**row) for row in csv.DictReader(file)]
    found = {row.id: row for row in rows}
    if len(found) != len(rows):
        raise ValueError("an id stands twice in the clause register")
    return found
