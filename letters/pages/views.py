"""The letters of a case: all of them, one as it stands, its PDF, and letting a stopped one go."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.pages.loading import act, open_file, starting
from cases.pages.parts import show_part
from cases.selectors.file import CaseFile
from landlords.access import staff_page
from landlords.permissions import Permission, can
from letters.models import Letter
from letters.pages.drafting import done, show_draft, went_on
from letters.pages.forms import LetterForm, ReleaseForm, filled_in
from letters.pages.going import made_letter
from letters.pages.offered import offered
from letters.pages.told import SealedLetter, draft
from letters.services import release_letter

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@staff_page(Permission.SEE_CASES)
def letters_page(request: Any, reference: str) -> HttpResponse:
    """Every letter of the case, and a link for each that can be written."""
    file = open_file(request, reference, _("letters"))
    may = can(request.actor, Permission.WRITE_LETTERS)
    found = list(
        Letter.objects.filter(case=file.case).select_related("person", "sending").order_by("-begun_at", "-pk")
    )
    context = {"letters": [SealedLetter(one) for one in found], "offered": offered(file) if may else []}
    return show_part(request, file, "letters/list.html", tab="letters", **context)


@read_or_post
@staff_page(Permission.WRITE_LETTERS)
def letter_page(request: Any, reference: str, key: Any) -> HttpResponse:
    """A draft with its form beside it; what was made, with its proof."""
    file = open_file(request, reference, _("letter"))
    letter = _letter(file, key)
    if letter.status == Letter.Status.SEALED:
        return made_letter(request, file, letter)
    form = LetterForm(request.POST or None, letter=letter, initial=starting(file, **filled_in(letter)))

    def do() -> str:
        return done(letter, form, request)

    if act(request, file, form, do, mind_others=False):
        return went_on(request, file.case, letter)
    return show_draft(request, file, letter, form)


@read_or_post
@staff_page(Permission.APPROVE)
def release_letter_page(request: Any, reference: str, key: Any) -> HttpResponse:
    file = open_file(request, reference, _("stopped letter"))
    letter = _letter(file, key)
    form = ReleaseForm(request.POST or None, initial=starting(file))

    def do() -> str:
        typed = form.cleaned_data
        release_letter(letter, ground=typed["ground"], reason=typed["reason"], by=request.actor)
        return _("The letter may go as it stands. Whoever wrote it can make it now.")

    if act(request, file, form, do, mind_others=False):
        return redirect("letter", reference, key)
    shown = draft(letter, request.actor)
    return show_part(request, file, "letters/release.html", tab="letters", form=form, **shown)


@require_safe
@staff_page(Permission.SEE_CASES)
def letter_pdf(request: Any, reference: str, key: Any) -> HttpResponse:
    """The very bytes that were made. Opening those of a restricted case is on record like opening the case."""
    file = open_file(request, reference, _("letter as a PDF"))
    letter = _letter(file, key)
    if letter.status != Letter.Status.SEALED:
        raise Http404(_("This letter has not been made."))
    response = HttpResponse(bytes(letter.print.content), content_type="application/pdf")
    name = f"{file.case.reference}-{letter.kind}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _letter(file: CaseFile, key: Any) -> Letter:
    try:
        return Letter.objects.select_related("case", "person").get(case=file.case, key=key)
    except Letter.DoesNotExist:
        raise Http404(_("No such letter on this case.")) from None
