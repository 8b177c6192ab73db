"""The list of what is in a file for the printer, to be ticked off."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from io import StringIO

from django.utils.translation import gettext as _

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet would take for the beginning of a formula, in wide letters too."""


@dataclass(frozen=True)
class Entry:
    """Where a letter lies in the file; ``sha256`` is of its own PDF, as on the timeline. ``address`` is on one line."""

    number: int
    reference: str
    addressee: str
    address: str
    first_page: int
    pages: int
    sha256: str


def manifest(entries: Iterable[Entry]) -> str:
    """As CSV, with a heading for each column."""
    out = StringIO()
    lines = csv.writer(out)
    lines.writerow(headings())
    lines.writerows([_cell(value) for value in astuple(entry)] for entry in entries)
    return out.getvalue()


def headings() -> list[str]:
    """In the order of an entry."""
    return [
        _("Number"),
        _("Reference"),
        _("To"),
        _("Address"),
        _("First page"),
        _("Pages"),
        _("SHA-256"),
    ]


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
