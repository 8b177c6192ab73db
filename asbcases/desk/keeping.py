"""What somebody typed is not lost when their session has ended meanwhile.

A form posted without a session is kept for half an hour in the fresh session of the same browser. After
sign-in the person sees what they typed and sends it again; nothing is saved on their behalf.
"""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.views.decorators.http import require_GET

from landlords.access import staff_page
from landlords.middleware import SESSION_KEY as CHOSEN
from timeline import clock

SESSION_KEY = "kept_form"
KEPT_FOR = datetime.timedelta(minutes=30)
NOT_SHOWN = ("csrfmiddlewaretoken",)


WHOSE = "asb-whose"
"""A signed cookie that outlives the session: whose browser it was, and which membership they had chosen."""


def remember(response: HttpResponse, request: Any) -> HttpResponse:
    """Note on the way out whose browser this is, so that a form kept later finds its writer."""
    whose = f"{request.user.pk}:{request.session.get(CHOSEN, '')}"
    response.set_signed_cookie(
        WHOSE, whose, max_age=30 * 24 * 60 * 60, httponly=True, secure=settings.SECURE_COOKIES, samesite="Lax"
    )
    return response


def _is_theirs(whose: str, request: Any) -> bool:
    """Nobody else who signs in here sees it, and it is not sent to another landlord than it was written for."""
    user, _colon, membership = whose.partition(":")
    return user == str(request.user.pk) and membership in ("", str(request.membership.pk))


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page needs sign-in unless it is declared public; a posted form is kept on the way."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Only of a browser that somebody has signed in with: nobody else could ever have it back."""
        response = super().handle_no_permission(request, view_func)
        whose = request.get_signed_cookie(WHOSE, "")
        if request.method != "POST" or not whose:
            return response
        request.session[SESSION_KEY] = {
            "path": request.path,
            "form": request.POST.urlencode(),
            "until": (clock.now() + KEPT_FOR).isoformat(),
            "whose": whose,
        }
        request.session.set_expiry(KEPT_FOR)
        return HttpResponseRedirect(f"{reverse('sign-in')}?next={reverse('resume')}")


@require_GET
@staff_page()
def resume(request: Any) -> Any:
    """Show the kept form once, with a button that sends it again."""
    kept = request.session.get(SESSION_KEY)
    if kept is None or not _is_theirs(kept["whose"], request):
        return redirect("start")
    del request.session[SESSION_KEY]
    if datetime.datetime.fromisoformat(kept["until"]) < clock.now():
        return redirect("start")
    fields = [
        (name, value)
        for name, values in QueryDict(kept["form"]).lists()
        for value in values
        if name not in NOT_SHOWN
    ]
    about = resolve(kept["path"]).kwargs.get("reference", "")
    return render(request, "desk/resume.html", {"path": kept["path"], "fields": fields, "about": about})
