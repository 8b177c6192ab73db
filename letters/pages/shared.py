"""The pages of one letter, wherever it is written: as it stands, its PDF, letting a stopped one go."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from letters.about import letters_about
from letters.models import Letter
from letters.pages.drafting import done, show_draft, went_on
from letters.pages.forms import QUESTION, LetterForm, ReleaseForm, filled_in
from letters.pages.going import made_letter
from letters.pages.place import Place, letter_address
from letters.pages.told import draft
from letters.services import release_letter
from letters.services.writing import stamp_of


def one_letter(request: Any, place: Place, key: Any) -> HttpResponse:
    """A draft with its form beside it; what was made, with its proof."""
    letter = _letter(place, key)
    if letter.status == Letter.Status.SEALED:
        return _too_late(request, place, letter) or made_letter(request, place, letter)
    form = LetterForm(request.POST or None, letter=letter, initial=filled_in(letter))

    def do() -> str:
        return done(letter, form, request)

    if place.act(request, form, do):
        return went_on(request, place, letter)
    return show_draft(request, place, letter, form)


def release_one(request: Any, place: Place, key: Any) -> HttpResponse:
    letter = _letter(place, key)
    form = ReleaseForm(request.POST or None, initial={"version": stamp_of(letter)})

    def do() -> str:
        typed = form.cleaned_data
        given = {"ground": typed["ground"], "reason": typed["reason"], "seen": typed["version"]}
        release_letter(letter, by=request.actor, **given)
        return _("The letter may go as it stands. Whoever wrote it can make it now.")

    if place.act(request, form, do):
        return redirect(letter_address(letter))
    letter = _letter(place, key)
    form.renew(stamp_of(letter))
    return place.show(request, "letters/release.html", form=form, **draft(letter, request.actor))


def pdf_of(place: Place, key: Any) -> HttpResponse:
    """The very bytes that were made."""
    letter = _letter(place, key)
    if letter.status != Letter.Status.SEALED:
        raise Http404(_("This letter has not been made."))
    response = HttpResponse(bytes(letter.print.content), content_type="application/pdf")
    name = f"{letter.reference}-{letter.kind}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _too_late(request: Any, place: Place, letter: Letter) -> HttpResponse | None:
    """The form of a draft that somebody else has made into a letter meanwhile: it must not count as sending it."""
    if request.method != "POST" or "own_words" not in request.POST:
        return None
    written = [
        value for name, value in request.POST.items() if name.startswith(QUESTION) or name == "own_words"
    ]
    told = _("%(name)s has made this letter meanwhile. What you wrote is not in it.")
    messages.warning(request, told % {"name": letter.sealed_by})
    return made_letter(request, place, letter, unsaved=[text for text in map(str, written) if text.strip()])


def _letter(place: Place, key: Any) -> Letter:
    related = ("case__joined_to", "report__complainant", "report__reporter", "person")
    try:
        return letters_about(place.about).select_related(*related).get(key=key)
    except Letter.DoesNotExist:
        raise Http404(_("No such letter here.")) from None
