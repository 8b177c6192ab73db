"""Many letters in one file for the printer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO

import pikepdf

from letters.pdf.joining import Joined
from letters.pdf.manifest import Entry


@dataclass(frozen=True)
class Finished:
    """A letter that goes into the file, exactly as it is kept."""

    pdf: bytes
    reference: str
    addressee: str
    address: str = ""


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
        told = (letter.reference, letter.addressee, letter.address)
        entries.append(Entry(number, *told, first, pages, digest))
        progress(number)
    if not entries:
        raise ValueError("no letters to print")
    joined.save(into)
    return entries
