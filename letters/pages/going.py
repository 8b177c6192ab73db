"""The page of a letter that was made: the next thing to do about its way out, and nothing else."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cases.pages.forms.fields import CaseForm
from letters.models import Letter, Sending
from letters.models.sending import Channel
from letters.outbox.services import UNSETTLED, give_up, mark_handed_over, mark_posted, queue
from letters.pages.drafting import BY_HAND
from letters.pages.forms import FoundOutForm, SendForm, WentForm
from letters.pages.place import Place, letter_address
from letters.pages.told import sealed


def made_letter(
    request: Any, place: Place, letter: Letter, *, unsaved: Sequence[str] | None = None
) -> HttpResponse:
    """One form at most: choose how it goes, say that it went, or say what became of it.

    ``unsaved``: what was written in the form of the draft, which comes too late and asks for nothing else.
    """
    posted = request.POST or None if unsaved is None else None
    step, form, do = _next(request, posted, letter)
    if form is not None and posted is not None and place.act(request, form, do):
        return redirect(letter_address(letter))
    shown = {**sealed(letter), "step": step, "form": form, "unsaved": unsaved or ()}
    return place.show(request, "letters/sealed.html", **shown)


def _next(request: Any, posted: Any, letter: Letter) -> tuple[str, CaseForm | None, Callable[[], str]]:
    sending: Sending | None = getattr(letter, "sending", None)
    if sending is None:
        form = SendForm(posted)
        return "send", form, lambda: _queued(letter, form, request)
    if sending.state == Sending.State.WAITING and sending.channel in BY_HAND:
        went = WentForm(posted)
        return "went", went, lambda: _went(sending, went, request)
    if sending.state in UNSETTLED and not sending.marked_by:
        found = FoundOutForm(posted)
        return "found_out", found, lambda: _found_out(sending, found, request)
    return "", None, str


def _queued(letter: Letter, form: SendForm, request: Any) -> str:
    typed = form.cleaned_data
    sending = queue(
        letter, channel=typed["channel"], by=request.actor, asked_this_way=typed["asked_this_way"]
    )
    if sending.channel in BY_HAND:
        return _("It waits for you: say here when it went.")
    return _("It goes within a minute. How it went is shown here.")


def _went(sending: Sending, form: WentForm, request: Any) -> str:
    mark = mark_posted if sending.channel == Channel.POST else mark_handed_over
    mark(sending, at=form.cleaned_data["at"], by=request.actor)
    return _("On record as sent.")


def _found_out(sending: Sending, form: FoundOutForm, request: Any) -> str:
    typed = form.cleaned_data
    give_up(sending, went=typed["went"] == "yes", reason=typed["reason"], by=request.actor)
    return _("On record. It is not sent again by itself.")
