"""Asked once more: publishing, giving a draft up, going back to the words that ship. Each says what will change."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from landlords.access import staff_page
from landlords.permissions import Permission, Refused
from letters.pages.wording.comparing import compared
from letters.pages.wording.shown import address, looked_at
from letters.pages.wording.views import read_or_post, show, slot_or_404
from letters.services.wording import give_draft_up, publish_draft, use_shipped
from letters.slots import Slot, words_of

Shown = dict[str, Any] | None
"""What the question is asked with; None where there is nothing to ask about any more."""


@read_or_post
@staff_page(Permission.CHANGE_WORDING)
def publish_wording_page(request: Any, letter: str, reader: str, form: str) -> HttpResponse:
    """What changes for everybody who reads this letter from now on, and what stops it."""
    slot = slot_or_404(letter, reader, form)
    done = _("Published. Letters are made of these words from now on; those that were made stay as they are.")
    return _asked(request, slot, "publish", publish_draft, done, _publishing)


@read_or_post
@staff_page(Permission.CHANGE_WORDING)
def give_wording_up_page(request: Any, letter: str, reader: str, form: str) -> HttpResponse:
    slot = slot_or_404(letter, reader, form)
    done = _("The draft is given up. It is kept among the versions, and the words in use stay.")
    return _asked(request, slot, "give_up", give_draft_up, done, _giving_up)


@read_or_post
@staff_page(Permission.CHANGE_WORDING)
def shipped_wording_page(request: Any, letter: str, reader: str, form: str) -> HttpResponse:
    """Back to the words that came with the system."""
    slot = slot_or_404(letter, reader, form)
    done = _("Letters are made of the words that came with the system again. Your version is kept.")
    return _asked(request, slot, "shipped", use_shipped, done, _shipping)


def _publishing(request: Any, slot: Slot) -> Shown:
    shown = _giving_up(request, slot)
    if shown is None:
        return None
    after = words_of(shown["draft"])
    before = slot.in_use(request.landlord.key)
    return {**shown, "before": before, **looked_at(slot, after, request.landlord)}


def _giving_up(request: Any, slot: Slot) -> Shown:
    draft = slot.draft()
    if draft is None:
        return None
    return {"draft": draft, "rows": compared(slot.in_use(request.landlord.key), words_of(draft))}


def _shipping(request: Any, slot: Slot) -> Shown:
    own = slot.published()
    if own is None:
        return None
    return {"own": own, "rows": compared(words_of(own), slot.ships(request.landlord.key))}


def _asked(
    request: Any,
    slot: Slot,
    page: str,
    do: Callable[..., object],
    done: str,
    shown: Callable[[Any, Slot], Shown],
) -> HttpResponse:
    """The question; or back to the words, once it is answered or where nothing is left to ask about."""
    reasons = _refused(request, slot, do) if request.method == "POST" else []
    if request.method == "POST" and not reasons:
        messages.success(request, done)
        return redirect(address("wording", slot))
    asked = shown(request, slot)
    if asked is None:
        for reason in reasons or [_("That was done already, or there is nothing to do it with.")]:
            messages.warning(request, reason)
        return redirect(address("wording", slot))
    context = {"seen": slot.stamp(), "reasons": reasons, **asked}
    return show(request, slot, f"letters/wording/{page}.html", back="wording", **context)


def _refused(request: Any, slot: Slot, do: Callable[..., object]) -> list[str]:
    """Why it was not done. The page has to have been seen as things are now."""
    try:
        do(slot, seen=request.POST.get("seen", ""), by=request.actor)
    except Refused as refused:
        return refused.reasons
    return []
