"""The list that goes with a print file: readable aloud, and every letter on it."""

from io import BytesIO

import pikepdf

from letters.models import PrintBatch
from letters.outbox.listing import ROWS, listing
from letters.pdf.manifest import Entry
from letters.pdf.workers import shared
from tests.factories.world import NOON, Side
from tests.letters.pdf.reading import failures, text_by_tag

LONG = "An Extraordinarily Long Surname-Hyphenated-Several-Times"


def test_every_letter_is_on_it_in_parts_that_read_as_one(here: Side) -> None:
    batch = PrintBatch(landlord=here.landlord, asked_at=NOON, asked_by="Olive")
    names = [LONG, "<b>{{ name }}</b>", *(f"Reader {number}" for number in range(3, ROWS + 3))]
    entries = [
        Entry(number, "VV-1", name, "1 Example Road, ZZ1 1ZZ", 2 * number - 1, 1, f"{number:064x}")
        for number, name in enumerate(names, start=1)
    ]
    try:
        made = listing(batch, entries)
        assert listing(batch, entries) == made
    finally:
        shared().close()
    assert failures(made) == []
    text = " ".join(words for _tag, words in text_by_tag(made))
    assert [name for name in names if name in text] == names
    assert [f"{number:064x}" in text for number in range(1, len(names) + 1)] == [True] * len(names)
    with pikepdf.open(BytesIO(made)) as pdf:
        assert str(pdf.docinfo.Title) == "Letters to post, asked for on Monday 16 November 2026 at 12 noon"
