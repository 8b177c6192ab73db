"""What a print batch is called, and its list as a table for a spreadsheet."""

from django.utils.translation import gettext as _

from letters.models import PrintBatch
from letters.outbox.batches import in_order
from letters.pdf.manifest import Entry, manifest
from policies.wording import clock as time_words
from policies.wording import long_date
from policies.working_time import LONDON


def title_of(batch: PrintBatch) -> str:
    """ "Letters to post, asked for on Saturday 21 November 2026 at 9:20am"."""
    asked = batch.asked_at.astimezone(LONDON)
    told = _("Letters to post, asked for on %(day)s at %(time)s")
    return told % {"day": long_date(asked.date(), with_year=True), "time": time_words(asked.time())}


def as_table(batch: PrintBatch) -> str:
    """As CSV, in the words the file was made with."""
    return manifest(
        Entry(
            number,
            row.reference,
            row.addressee,
            row.address,
            row.first_page or 0,
            row.pages or 0,
            row.sha256,
        )
        for number, row in enumerate(in_order(batch), start=1)
    )
