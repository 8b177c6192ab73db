"""What somebody typed is not lost when their session has ended meanwhile.

A form posted without a session is kept for half an hour in the fresh session of the same browser. After
sign-in the person sees what they typed and sends it again; nothing is saved on their behalf.
"""

import datetime
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from landlords.access import staff_page
from timeline import clock

SESSION_KEY = "kept_form"
KEPT_FOR = datetime.timedelta(minutes=30)
NOT_SHOWN = ("csrfmiddlewaretoken",)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page needs sign-in unless it is declared public; a posted form is kept on the way."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        response = super().handle_no_permission(request, view_func)
        if request.method != "POST":
            return response
        request.session[SESSION_KEY] = {
            "path": request.path,
            "form": request.POST.urlencode(),
            "until": (clock.now() + KEPT_FOR).isoformat(),
        }
        return HttpResponseRedirect(f"{reverse('sign-in')}?next={reverse('resume')}")


@require_GET
@staff_page()
def resume(request: Any) -> Any:
    """Show the kept form once, with a button that sends it again."""
    kept = request.session.pop(SESSION_KEY, None)
    if kept is None or datetime.datetime.fromisoformat(kept["until"]) < clock.now():
        return redirect("start")
    fields = [
        (name, value)
        for name, values in QueryDict(kept["form"]).lists()
        for value in values
        if name not in NOT_SHOWN
    ]
    return render(request, "desk/resume.html", {"path": kept["path"], "fields": fields})
