"""The letters of a case: all of them, one as it stands, its PDF, and letting a stopped one go."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.pages.loading import open_file
from cases.pages.parts import show_part
from landlords.access import staff_page
from landlords.permissions import Permission, can
from letters.models import Letter
from letters.pages.offered import offered
from letters.pages.place import CasePlace
from letters.pages.shared import one_letter, pdf_of, release_one
from letters.pages.told import SealedLetter

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
    return one_letter(request, CasePlace(open_file(request, reference, _("letter"))), key)


@read_or_post
@staff_page(Permission.APPROVE)
def release_letter_page(request: Any, reference: str, key: Any) -> HttpResponse:
    return release_one(request, CasePlace(open_file(request, reference, _("stopped letter"))), key)


@require_safe
@staff_page(Permission.SEE_CASES)
def letter_pdf(request: Any, reference: str, key: Any) -> HttpResponse:
    """Opening that of a restricted case is on record like opening the case."""
    return pdf_of(CasePlace(open_file(request, reference, _("letter as a PDF"))), key)
