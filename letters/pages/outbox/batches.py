"""One print batch: how far its file is, what is in it, and marking it as posted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from landlords.access import staff_page
from landlords.permissions import Permission, Refused
from letters.models import PrintBatch, PrintedLetter
from letters.outbox.batches import (
    Posted,
    give_up_batch,
    in_order,
    make_again,
    mark_batch_posted,
    take_out,
)
from letters.outbox.going_out import batches_for
from letters.outbox.table import title_of
from letters.pages.outbox.forms import GiveUpForm, PostedForm
from letters.pages.outbox.rows import BATCHES, Row, batch_row

ASKED = "asked"
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@staff_page(Permission.WRITE_LETTERS)
def batch_page(request: Any, batch: Any) -> HttpResponse:
    found = seen_batch(request, batch)
    if "give_up" in request.POST and found.downloaded_at:
        return _giving_up(request, found)
    posting = "posted" in request.POST
    form = PostedForm(request.POST if posting else None)
    if request.method == "POST" and (_marked(request, found, form) if posting else _changed(request, found)):
        return redirect("print-batch", batch)
    return render(request, "letters/outbox/batch.html", {**_shown(seen_batch(request, batch)), "form": form})


@require_safe
@staff_page(Permission.WRITE_LETTERS)
def progress(request: Any, batch: Any) -> HttpResponse:
    """The bar by itself, asked for every two seconds; the page is loaded anew when there is nothing to wait for."""
    found = seen_batch(request, batch)
    response = render(request, "letters/outbox/progress.html", _counted(found))
    if not found.is_at_work:
        response["HX-Refresh"] = "true"
    return response


def seen_batch(request: Any, key: Any) -> PrintBatch:
    """Raises Http404 for one with a letter of a case this person may not open."""
    try:
        return batches_for(by=request.actor).get(key=key)
    except PrintBatch.DoesNotExist:
        raise Http404(_("No such print batch.")) from None


def _shown(batch: PrintBatch) -> dict[str, Any]:
    rows = [_line(one) for one in in_order(batch)]
    out = batch.letters.filter(out_at__isnull=False).select_related(
        "sending__letter__case", "sending__letter__report", "sending__letter__person"
    )
    return {
        **_counted(batch),
        "title": title_of(batch),
        "rows": rows,
        "left_out": [_line(one) for one in out.order_by("place")],
        "unposted": sum(one["place"].sending.state == "waiting" for one in rows),
        "back_url": f"{reverse('outgoing')}?show={BATCHES}",
        "back_label": _("Print batches"),
    }


def _counted(batch: PrintBatch) -> dict[str, Any]:
    return {**batch_row(batch, batch.letters.filter(out_at__isnull=True).count())}


def _line(one: PrintedLetter) -> dict[str, Any]:
    last = (one.first_page or 0) + (one.pages or 1) - 1
    return {"place": one, "row": Row(one.sending), "last": last}


def _marked(request: Any, batch: PrintBatch, form: PostedForm) -> bool:
    """False where the form has to be shown again."""
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    try:
        posted = mark_batch_posted(batch, at=typed["at"], by=request.actor, late_reason=typed["late_reason"])
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    _tell(request, posted)
    return True


def _tell(request: Any, posted: Posted) -> None:
    told = ngettext(
        "%(count)d letter is on record as posted.",
        "%(count)d letters are on record as posted.",
        posted.marked,
    )
    messages.success(request, told % {"count": posted.marked})
    for row in posted.already:
        words = _("%(reference)s, %(addressee)s: somebody had settled this one before. It stays as it was.")
        messages.warning(request, words % {"reference": row.reference, "addressee": row.addressee})


def _changed(request: Any, batch: PrintBatch) -> bool:
    """What a button beside the list asks. Always true: what speaks against it is told on the page that follows."""
    try:
        messages.success(request, _do(request, batch))
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    return True


def _giving_up(request: Any, batch: PrintBatch) -> HttpResponse:
    """Asked once more: there may be paper of its letters."""
    form = GiveUpForm(request.POST if request.POST["give_up"] == ASKED else None)
    if form.is_valid() and _changed(request, batch):
        return redirect("print-batch", batch.key)
    return render(request, "letters/outbox/give_up.html", {**_shown(batch), "form": form})


def _do(request: Any, batch: PrintBatch) -> str:
    by = request.actor
    if "again" in request.POST:
        make_again(batch, by=by)
        return _("The file is made again.")
    if "give_up" in request.POST:
        give_up_batch(batch, by=by, not_posted="not_posted" in request.POST)
        return _("The batch is given up. What was not posted waits for the post again.")
    wanted = request.POST.get("take_out", "")
    place = (
        batch.letters.filter(place=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 4 else None
    )
    if place is None:
        raise Refused(_("This letter is in the batch no longer."))
    take_out(place, by=by)
    return _(
        "It waits for the post again, and is not in the file any more. Destroy what was printed of the old one."
    )
