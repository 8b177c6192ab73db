"""The head of letters: who they are from, the logo, and a letter that shows both."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.evidence.arriving import takes_files
from landlords.access import staff_page
from landlords.permissions import Permission, Refused
from letters.letterhead import logo_at
from letters.models import Logo
from letters.pages.letterhead.forms import LogoForm
from letters.pages.letterhead.shown import paper, sender
from letters.services.letterhead import remove_logo, set_logo

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
A_YEAR = 31_536_000
"""Seconds. What a fingerprint names never changes."""


@takes_files
@read_or_post
@staff_page(Permission.CHANGE_WORDING)
def letterhead_page(request: Any) -> HttpResponse:
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" else LogoForm()
    if form.is_bound and form.is_valid():
        try:
            set_logo(form.cleaned_data["logo"], by=request.actor)
        except Refused as refused:
            form.add_error("logo", refused.reasons)
        else:
            messages.success(request, _("The logo is on every letter that is made from now on."))
            return redirect("letterhead")
    return _page(request, "letters/letterhead/page.html", form=form, sender=sender(request.landlord))


@read_or_post
@staff_page(Permission.CHANGE_WORDING)
def remove_logo_page(request: Any) -> HttpResponse:
    """Asked once more, with the letter as it will be."""
    if request.method == "POST":
        try:
            remove_logo(by=request.actor)
            messages.success(request, _("The logo is removed. Letters show your name in type from now on."))
        except Refused as refused:
            messages.warning(request, " ".join(refused.reasons))
        return redirect("letterhead")
    return _page(request, "letters/letterhead/remove.html", without=True)


@require_safe
@staff_page()
def logo(request: Any, sha256: str) -> HttpResponse:
    """For everybody who sees letters of this landlord, one that was used before as well."""
    found = Logo.objects.filter(sha256=sha256).exclude(sha256="").first()
    if found is None:
        raise Http404(_("There is no such logo."))
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response


def _page(request: Any, template: str, *, without: bool = False, **context: Any) -> HttpResponse:
    back = {"back_url": reverse("letterhead" if without else "wordings")}
    back["back_label"] = _("Letterhead") if without else _("Letter wording")
    shown = {"logo": logo_at(), "paper": paper(request.landlord, without_logo=without), **back}
    return render(request, template, {**shown, **context})
