"""The list of a print batch on paper: what lies where, and its proof."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from django.template.loader import render_to_string

from landlords.brand import SLATE, derive
from landlords.models import Landlord
from letters.models import PrintBatch
from letters.outbox.table import title_of
from letters.pdf.frames import Printing
from letters.pdf.joining import Joined
from letters.pdf.manifest import Entry
from letters.pdf.words import drawn
from letters.pdf.workers import shared

ROWS = 40
"""Letters that are set at once."""


def listing(batch: PrintBatch, entries: Sequence[Entry]) -> bytes:
    """As a PDF of its own, set in parts, for one table of hundreds of rows takes too long. Raises CannotRender."""
    title = title_of(batch)
    joined, out = Joined(title), BytesIO()
    for start in range(0, len(entries), ROWS):
        with pikepdf.open(BytesIO(_part(batch, title, entries, start))) as part:
            joined.add(part)
    joined.save(out)
    return out.getvalue()


def _part(batch: PrintBatch, title: str, entries: Sequence[Entry], start: int) -> bytes:
    landlord = Landlord.objects.get(pk=batch.landlord_id)
    shown = {
        "rows": [_row(entry) for entry in entries[start : start + ROWS]],
        "title": title,
        "landlord": drawn(landlord.name),
        "asked_by": batch.asked_by,
        "all": len(entries),
        "is_first": start == 0,
    }
    html = render_to_string("letters/outbox/listing.html", shown)
    brand = derive(landlord.brand_colour or SLATE.brand)
    return shared().render(Printing(html=html, title=title, colours=(brand.brand, brand.strong)))


def _row(entry: Entry) -> dict[str, object]:
    last = entry.first_page + entry.pages - 1
    return {"entry": entry, "to": drawn(entry.addressee), "address": drawn(entry.address), "last": last}
