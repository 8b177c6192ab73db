"""Many letters in one file for the printer, and a list of what is in it to be ticked off."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from hashlib import sha256
from io import BytesIO, StringIO
from typing import BinaryIO

import pikepdf
from django.utils.translation import gettext as _

from letters.pdf.joining import Joined

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""


@dataclass(frozen=True)
class Finished:
    """A letter that goes into the file, exactly as it is kept."""

    pdf: bytes
    reference: str
    addressee: str


@dataclass(frozen=True)
class Entry:
    """Where a letter lies in the file; ``sha256`` is of its own PDF, as on the timeline."""

    number: int
    reference: str
    addressee: str
    first_page: int
    pages: int
    sha256: str


def print_file(
    letters: Iterable[Finished],
    into: BinaryIO,
    *,
    title: str,
    both_sides: bool = True,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Entry]:
    """Write one PDF of them all, each on a new sheet, and tell what is where. ``progress`` hears how many are in.

    Printed on ``both_sides``, a letter of one page leaves the back of its sheet empty. Raises ValueError where there
    is no letter, for a file without a page is none.
    """
    joined, entries = Joined(title), list[Entry]()
    for number, letter in enumerate(letters, start=1):
        if both_sides and joined.pages % 2:
            joined.blank()
        first = joined.pages + 1
        with pikepdf.open(BytesIO(letter.pdf)) as pdf:
            joined.add(pdf)
        pages, digest = joined.pages - first + 1, sha256(letter.pdf).hexdigest()
        entries.append(Entry(number, letter.reference, letter.addressee, first, pages, digest))
        progress(number)
    if not entries:
        raise ValueError("no letters to print")
    joined.save(into)
    return entries


def manifest(entries: Iterable[Entry]) -> str:
    """As CSV, with a heading for each column."""
    out = StringIO()
    lines = csv.writer(out)
    lines.writerow([_("Number"), _("Reference"), _("To"), _("First page"), _("Pages"), _("SHA-256")])
    lines.writerows([_cell(value) for value in astuple(entry)] for entry in entries)
    return out.getvalue()


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
