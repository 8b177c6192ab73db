"""Letters going out: what waits for somebody, and what is said about one of them."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.pages.forms.fields import CaseForm
from landlords.access import staff_page
from landlords.permissions import Permission, Refused
from letters.models import PrintBatch, Sending
from letters.outbox.batches import MOST, ask_for_batch
from letters.outbox.going_out import (
    Sort,
    batches_for,
    count_outgoing,
    list_outgoing,
    one_outgoing,
    printable,
)
from letters.outbox.services import UNSETTLED, give_up, withdraw
from letters.pages.forms import FoundOutForm
from letters.pages.looking import look_taken
from letters.pages.outbox.forms import NotedForm, WithdrawForm
from letters.pages.outbox.rows import BATCHES, TABS, Row, batch_row, tabs
from timeline.actors import Actor

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
MOST_BATCHES = 50
S = Sending.State


@require_safe
@staff_page(Permission.WRITE_LETTERS)
def outgoing_page(request: Any) -> HttpResponse:
    """One list at a time; of restricted cases only what this person may see."""
    by, asked = request.actor, request.GET.get("show", "")
    shown = asked if asked in TABS else Sort.POST.value
    counts = count_outgoing(by=by)
    context: dict[str, Any] = {
        "tabs": tabs(counts, shown),
        "shown": shown,
        "title": TABS[shown],
        "most": MOST,
    }
    if shown == BATCHES:
        context["batches"] = _batches(by, Q())
    else:
        sort = Sort(shown)
        context |= {"rows": [Row(one) for one in list_outgoing(sort, by=by, most=MOST)], "all": counts[sort]}
    if shown == Sort.POST:
        context["batches"] = _batches(by, Q(state__in=UNFINISHED))
    return render(request, "letters/outbox/outgoing.html", context)


UNFINISHED = (
    PrintBatch.State.QUEUED,
    PrintBatch.State.MAKING,
    PrintBatch.State.READY,
    PrintBatch.State.FAILED,
)


@require_POST
@staff_page(Permission.WRITE_LETTERS)
def print_letters_page(request: Any) -> HttpResponse:
    """The letters that were ticked, or, with ``all``, the longest waiting."""
    waiting = printable(by=request.actor)
    if "all" not in request.POST:
        waiting = waiting.filter(letter__key__in=_keys(request.POST.getlist("letter")))
    chosen = waiting.order_by("queued_at", "pk").values_list("pk", flat=True)
    try:
        batch = ask_for_batch(list(chosen[:MOST]), by=request.actor)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return redirect("outgoing")
    return redirect("print-batch", batch.key)


@read_or_post
@staff_page(Permission.WRITE_LETTERS)
def outgoing_letter_page(request: Any, key: Any) -> HttpResponse:
    """One letter: stopping it while it waits, or saying what became of it."""
    try:
        sending = one_outgoing(key, by=request.actor)
    except Sending.DoesNotExist:
        raise Http404(_("No such letter on its way.")) from None
    if sending.letter.is_restricted and request.method == "GET":
        look_taken(sending.letter, by=request.actor, purpose=_("letter on its way"))
    step, form, do = _step(request, sending)
    if request.method == "POST" and form is not None and form.is_valid() and _done(request, form, do):
        return redirect(f"{reverse('outgoing')}?show={_list_of(sending)}")
    back = {
        "back_url": f"{reverse('outgoing')}?show={_list_of(sending)}",
        "back_label": _("Letters going out"),
    }
    context = {"row": Row(sending), "step": step, "form": form, **back}
    return render(request, "letters/outbox/letter.html", context)


def _step(request: Any, sending: Sending) -> tuple[str, CaseForm | None, Callable[[], str]]:
    posted, by = request.POST or None, request.actor
    if sending.state == S.WAITING:
        stop = WithdrawForm(posted)
        return "stop", stop, lambda: _stopped(sending, stop, by)
    if sending.state not in UNSETTLED or sending.marked_by:
        return "", None, str
    if sending.state == S.IN_DOUBT:
        found = FoundOutForm(posted, initial={"went": request.GET.get("went", "")})
        return "found_out", found, lambda: _found_out(sending, found, by)
    noted = NotedForm(posted)
    return "noted", noted, lambda: _noted(sending, noted, by)


def _stopped(sending: Sending, form: CaseForm, by: Actor) -> str:
    withdraw(sending, reason=form.cleaned_data["reason"], by=by)
    return _("It does not go. The letter stays on the case as it was made.")


def _found_out(sending: Sending, form: CaseForm, by: Actor) -> str:
    typed = form.cleaned_data
    give_up(sending, went=typed["went"] == "yes", reason=typed["reason"], by=by)
    return _("On record. It is not sent again by itself.")


def _noted(sending: Sending, form: CaseForm, by: Actor) -> str:
    give_up(sending, went=False, reason=form.cleaned_data["reason"], by=by)
    return _("On record. Nobody is reminded of it any more.")


def _done(request: Any, form: CaseForm, do: Callable[[], str]) -> bool:
    try:
        messages.success(request, do())
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    return True


def _list_of(sending: Sending) -> str:
    """Where it stood before anything was said about it."""
    if sending.state == S.IN_DOUBT:
        return Sort.DOUBT
    if sending.state in UNSETTLED:
        return Sort.FAILED
    return {"post": Sort.POST, "hand": Sort.HAND}.get(sending.channel, Sort.GOING)


def _batches(by: Actor, which: Q) -> list[dict[str, Any]]:
    still = Count("letters", filter=Q(letters__out_at__isnull=True))
    found = batches_for(by=by).filter(which).annotate(still=still)[:MOST_BATCHES]
    return [batch_row(batch, batch.still) for batch in found]


def _keys(typed: list[str]) -> list[UUID]:
    """Only what is a key: anything else chooses nothing."""
    found = []
    for key in typed:
        with suppress(ValueError):
            found.append(UUID(key))
    return found
