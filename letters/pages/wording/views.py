"""Words of letters: all of them, one with its versions, and the editor with its preview."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from landlords.access import staff_page
from landlords.permissions import Permission
from letters.kinds import Audience, letter_kinds
from letters.models import Wording
from letters.pages.wording.comparing import compared
from letters.pages.wording.editing import Saved, save, started
from letters.pages.wording.forms import WordingForm
from letters.pages.wording.shown import address, listed, looked_at, paper, values
from letters.slots import FORMS, Slot, words_of
from letters.wordings import SHIPPED, Words

OF_ONE = (
    "wording",
    "wording-draft",
    "wording-preview",
    "publish-wording",
    "give-wording-up",
    "shipped-wording",
)
"""Pages about one letter's words."""
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@staff_page(Permission.CHANGE_WORDING)
def wordings_page(request: Any) -> HttpResponse:
    """Every letter, and whose words it has."""
    return render(request, "letters/wording/list.html", {"kinds": listed()})


@require_safe
@staff_page(Permission.CHANGE_WORDING)
def wording_page(request: Any, letter: str, reader: str, form: str) -> HttpResponse:
    """The words in use as a letter, the draft that waits, and every version there was."""
    slot = slot_or_404(letter, reader, form)
    words = slot.in_use(request.landlord.key)
    versions = list(slot.own.defer("body").order_by("-version"))
    shown: dict[str, Any] = {
        "paper": paper(slot, words, request.landlord),
        "version": words.version,
        "draft": slot.draft(),
    }
    return show(request, slot, "letters/wording/slot.html", versions=versions, **shown)


@read_or_post
@staff_page(Permission.CHANGE_WORDING)
def wording_draft_page(request: Any, letter: str, reader: str, form: str) -> HttpResponse:
    """The editor. Without a draft it begins with the words in use, or with the version that ``from`` names."""
    slot = slot_or_404(letter, reader, form)
    if request.method != "POST":
        return _editor(request, slot, started(request, slot), Saved())
    typed = WordingForm(request.POST)
    saved = save(request, slot, typed)
    if saved.go:
        return redirect(address(saved.go, slot))
    return _editor(request, slot, typed, saved)


@require_POST
@staff_page(Permission.CHANGE_WORDING)
def wording_preview(request: Any, letter: str, reader: str, form: str) -> HttpResponse:
    """What stands beside the editor, for what is typed at this moment. Nothing is saved."""
    slot = slot_or_404(letter, reader, form)
    return render(
        request, "letters/wording/preview.html", _looked_at(request, slot, WordingForm(request.POST))
    )


@require_safe
@staff_page(Permission.CHANGE_WORDING)
def wording_version_page(request: Any, letter: str, reader: str, form: str, number: int) -> HttpResponse:
    """One version as a letter: the landlord's own, or number 0, which ships."""
    slot = slot_or_404(letter, reader, form)
    own = slot.own.filter(version=number).first()
    if own is None and number != SHIPPED:
        raise Http404(_("No such version of these words."))
    words = words_of(own) if own else slot.ships(request.landlord.key)
    now = slot.in_use(request.landlord.key)
    rows = compared(words, now) if now.version != number else []
    shown: dict[str, Any] = {"own": own, "paper": paper(slot, words, request.landlord), "words": words}
    return show(
        request, slot, "letters/wording/version.html", back="wording", draft=slot.draft(), rows=rows, **shown
    )


def slot_or_404(letter: str, reader: str, form: str) -> Slot:
    if letter not in letter_kinds or form not in FORMS or reader not in letter_kinds[letter].audiences:
        raise Http404(_("There is no such letter."))
    return Slot(letter, Audience(reader), FORMS[form])


def show(request: Any, slot: Slot, template: str, *, back: str = "wordings", **context: Any) -> HttpResponse:
    """A page about one letter's words, with the addresses of the others."""
    shared = {
        "slot": slot,
        "urls": {name.replace("-", "_"): address(name, slot) for name in OF_ONE},
        "back_url": address(back, slot) if back == "wording" else reverse(back),
        "back_label": slot.label if back == "wording" else _("Letter wording"),
        "status": Wording.Status,
    }
    return render(request, template, shared | context)


def _editor(request: Any, slot: Slot, form: WordingForm, saved: Saved) -> HttpResponse:
    context = {"form": form, "saved": saved, "values": values(slot), "draft": slot.draft()}
    looked = _looked_at(request, slot, form)
    return show(request, slot, "letters/wording/draft.html", back="wording", **context, **looked)


def _looked_at(request: Any, slot: Slot, form: WordingForm) -> dict[str, Any]:
    """For words that can be kept; else why they cannot be."""
    if not form.is_bound:
        return looked_at(slot, Words(0, form["subject"].value(), form["body"].value()), request.landlord)
    if set(form.errors) <= {NON_FIELD_ERRORS}:
        typed = form.cleaned_data
        return looked_at(slot, Words(0, typed["subject"], typed["body"]), request.landlord)
    return {"reasons": [str(error) for errors in form.errors.values() for error in errors]}
