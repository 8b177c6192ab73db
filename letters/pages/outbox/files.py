"""The files of a print batch, handed out to be printed. What holds a letter of a restricted case is on its record."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from landlords.access import staff_page
from landlords.permissions import Permission
from letters.models import PrintBatch, PrintFile
from letters.outbox.batches import against_printing, in_order, note_download
from letters.outbox.table import as_table
from letters.pages.looking import look_taken
from letters.pages.outbox.batches import seen_batch
from policies.working_time import LONDON

PDF, CSV = "application/pdf", "text/csv; charset=utf-8"
BOM = "\ufeff"
"""Without it some spreadsheets read names with accents wrongly."""


@require_safe
@staff_page(Permission.WRITE_LETTERS)
def print_file(request: Any, batch: Any) -> HttpResponse:
    """Asked once more before it is printed: what has become unsafe since it was made is not handed out."""
    found, kept = _opened(request, batch)
    against = against_printing(found) if found.state == PrintBatch.State.READY else []
    if against:
        for reason in against:
            messages.error(request, reason)
        messages.error(request, _("Take these letters out of the batch first; then the file can be printed."))
        return redirect("print-batch", batch)
    if request.method == "GET":
        note_download(found, by=request.actor)
    return _answer(request, found, bytes(kept.content), "letters.pdf", PDF)


@require_safe
@staff_page(Permission.WRITE_LETTERS)
def list_file(request: Any, batch: Any) -> HttpResponse:
    found, kept = _opened(request, batch)
    return _answer(request, found, bytes(kept.listing), "list.pdf", PDF)


@require_safe
@staff_page(Permission.WRITE_LETTERS)
def table_file(request: Any, batch: Any) -> HttpResponse:
    found, _kept = _opened(request, batch)
    return _answer(request, found, f"{BOM}{as_table(found)}".encode(), "list.csv", CSV)


def _opened(request: Any, key: Any) -> tuple[PrintBatch, PrintFile]:
    batch = seen_batch(request, key)
    kept = PrintFile.objects.filter(batch=batch).first()
    if kept is None:
        raise Http404(_("There is no file to print."))
    return batch, kept


def _answer(request: Any, batch: PrintBatch, content: bytes, name: str, kind: str) -> HttpResponse:
    if request.method == "GET":
        _write_down(request, batch)
    response = HttpResponse(content, content_type=kind)
    asked = batch.asked_at.astimezone(LONDON)
    response["Content-Disposition"] = content_disposition_header(True, f"{asked:%Y-%m-%d-%H%M}-{name}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _write_down(request: Any, batch: PrintBatch) -> None:
    letters = {row.sending.letter.reference: row.sending.letter for row in in_order(batch)}
    for _reference, letter in sorted(letters.items()):
        if letter.is_restricted:
            look_taken(letter, by=request.actor, purpose=_("letters printed together"))
