"""What the editor begins with, and saving what was typed in it: nothing typed is ever lost."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _

from landlords.permissions import Refused
from letters.models import Wording
from letters.pages.wording.comparing import Row, compared
from letters.pages.wording.forms import WordingForm
from letters.services.wording import Changed, save_draft
from letters.slots import Slot, words_of
from letters.wordings import Words


@dataclass(frozen=True)
class Saved:
    """``go`` names the page that follows; without it the editor is shown again. ``theirs``: how what is typed differs
    from what somebody else has saved meanwhile (``who``).
    """

    go: str = ""
    who: str = ""
    theirs: tuple[Row, ...] = ()


def started(request: Any, slot: Slot) -> WordingForm:
    """With the version that was asked for, else the draft, else the words in use. Raises Http404 for no version."""
    asked, draft = request.GET.get("from", ""), slot.draft()
    if asked.isdecimal() and len(asked) < 6:
        try:
            words = slot.version(request.landlord.key, int(asked))
        except Wording.DoesNotExist:
            raise Http404(_("No such version of these words.")) from None
    else:
        words = words_of(draft) if draft else slot.in_use(request.landlord.key)
    return WordingForm(initial={"seen": slot.stamp(), "subject": words.subject, "body": words.body})


def save(request: Any, slot: Slot, form: WordingForm) -> Saved:
    """As the button asks: only look, save, or save and go on to publishing."""
    if "look" in request.POST or not form.is_valid():
        return Saved()
    typed = form.cleaned_data
    try:
        save_draft(slot, subject=typed["subject"], body=typed["body"], seen=typed["seen"], by=request.actor)
    except Changed as changed:
        return _told(request, slot, form, changed)
    except Refused as refused:
        form.add_error(None, refused.reasons)
        return Saved()
    if "publish" in request.POST:
        return Saved("publish-wording")
    messages.success(request, _("The draft is saved. Letters have the words in use until it is published."))
    return Saved("wording-draft")


def _told(request: Any, slot: Slot, form: WordingForm, changed: Changed) -> Saved:
    """What somebody else did meanwhile; saving again is then done knowingly."""
    typed = Words(0, form.cleaned_data["subject"], form.cleaned_data["body"].strip())
    draft = slot.draft()
    last = draft or slot.own.order_by("version").last()
    form.add_error(None, changed.reasons)
    form.add_error(None, _("What you typed is below. Compare it with theirs, then save again."))
    form.renew(slot.stamp())
    if last is None:
        return Saved()
    now = words_of(draft) if draft else slot.in_use(request.landlord.key)
    who = last.retired_by or last.published_by or last.changed_by
    return Saved(who=who, theirs=tuple(compared(now, typed)))
