"""The way in: everybody's landlord, and help for those who do not know theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from landlords.models import Landlord
from triage.public.draft import Draft
from triage.public.steps import Journey

View = Callable[..., HttpResponse]
MOST_WORDS = 10


def landlords_page(request: HttpRequest, *, unknown: bool = False) -> HttpResponse:
    """Landlords whose name has every word asked for; all of them where nothing was asked."""
    query = "" if unknown else request.GET.get("q", "").replace("\0", "").strip()
    found = Landlord.objects.all()
    for word in query.split()[:MOST_WORDS]:
        found = found.filter(name__icontains=word)
    context = {"landlords": found, "query": query, "unknown": unknown, "landlord": None}
    return render(request, "triage/public/landlords.html", context, status=404 if unknown else 200)


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    return landlords_page(request)


def public_page(view: View) -> View:
    """A page of one landlord's form, for anybody. Never kept by a browser, so that going back shows nothing.

    The view gets the visitor's journey in place of the landlord's key.
    """

    @login_not_required
    @never_cache
    @wraps(view)
    def shown(request: Any, landlord: str, **kwargs: Any) -> HttpResponse:
        if request.landlord is None:
            return landlords_page(request, unknown=True)
        return view(request, Journey(Draft(request, landlord), request.landlord), **kwargs)

    return shown
