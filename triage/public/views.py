"""The public form: five pages of questions, a page to check them, and what we promise."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import Report
from policies.selectors import policy_of, version_in_force
from policies.services import local_today
from timeline.actors import system
from triage.once import already_sent, keep_sent
from triage.public.answers import answered
from triage.public.confirming import confirmation
from triage.public.promises import promises_of
from triage.public.start import public_page
from triage.public.steps import BY_KEY, Journey, Step
from triage.public.submission import submission_from
from triage.public.words import behaviour_hints
from triage.services import InvalidReport, submit_report

AWAY = _(
    "To keep you safe we keep answers for 30 minutes only, and your earlier ones are gone. We have kept what you "
    "sent just now. Please answer what is missing."
)
SAFE_PLACE = "https://www.bbc.co.uk/weather"
"""Where "Exit this page" leads: what anybody might have open."""


def _page(request: HttpRequest, name: str, journey: Journey, **context: Any) -> HttpResponse:
    landlord = journey.landlord
    shared = {
        "landlord": landlord,
        "home_url": reverse("public-report", args=[landlord.key]),
        "exit_url": reverse("public-exit", args=[landlord.key]),
        "promises_url": reverse("public-promises", args=[landlord.key]),
        "in_danger": journey.in_danger,
    }
    return render(request, name, shared | context)


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def step(request: HttpRequest, journey: Journey, key: str) -> HttpResponse:
    """One page of questions. What is posted is kept whether or not it is right, and whatever came before."""
    if key not in BY_KEY:
        raise Http404
    asked = BY_KEY[key]
    if request.method == "POST":
        form = journey.form(asked, request.POST)
        lost = asked.number > 1 and not journey.draft.token
        journey.draft.keep(key, request.POST, form.fields)
        if form.is_valid():
            return _onwards(request, journey, lost=lost)
        return _questions(request, journey, asked, form)
    kept = journey.form(asked)
    return _questions(request, journey, asked, kept)


def _questions(request: HttpRequest, journey: Journey, asked: Step, form: Any) -> HttpResponse:
    """Questions nobody has answered yet show no errors."""
    return _page(
        request,
        asked.template,
        journey,
        form=form,
        step=asked,
        back_url=journey.back_url(asked),
        behaviour_hints=behaviour_hints(),
    )


def _onwards(request: HttpRequest, journey: Journey, *, lost: bool) -> HttpResponse:
    if lost:
        messages.info(request, str(AWAY))
    return redirect(journey.next_url())


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def check(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Everything once more before it is sent; pressed twice it is sent once."""
    posted = request.POST.get("draft", "")
    earlier = already_sent(request.session, posted) if posted else None
    if earlier:
        return redirect(earlier)
    if next(journey.missing(), None):
        return _onwards(request, journey, lost=bool(posted) and not journey.draft.token)
    if request.method == "POST" and posted == journey.draft.token:
        return _send(request, journey)
    return _checking(request, journey, [])


def _checking(request: HttpRequest, journey: Journey, mistakes: list[str]) -> HttpResponse:
    context = {
        "answered": answered(journey),
        "mistakes": mistakes,
        "has_errors": bool(mistakes),
        "token": journey.draft.token,
        "back_url": reverse("public-step", args=[journey.landlord.key, "you"]),
    }
    return _page(request, "triage/public/check.html", journey, **context)


def _send(request: HttpRequest, journey: Journey) -> HttpResponse:
    try:
        submitted = submit_report(submission_from(journey.forms), by=system("Public form"), acknowledged=True)
    except InvalidReport as invalid:
        return _checking(request, journey, [mistake.message for mistake in invalid.mistakes])
    url = reverse("public-sent", args=[journey.landlord.key])
    token = journey.draft.token
    journey.draft.sent(submitted.report.reference)
    keep_sent(request.session, token, url)
    return redirect(url)


@require_safe
@public_page
def sent(request: HttpRequest, journey: Journey) -> HttpResponse:
    """What we promise now. Shown for half an hour in the same browser, and to nobody else."""
    reference = journey.draft.sent_reference()
    report = Report.objects.select_related("policy", "reporter").filter(reference=reference).first()
    if report is None:
        return redirect("public-report", landlord=journey.landlord.key)
    return _page(request, "triage/public/sent.html", journey, sent=confirmation(report))


@require_http_methods(["GET", "POST"])
@public_page
def exit_page(request: HttpRequest, journey: Journey) -> HttpResponse:
    """A link, because it must work at once and without script; it can only take away what the visitor typed."""
    journey.draft.forget()
    response = HttpResponseRedirect(SAFE_PLACE)
    response.delete_cookie(settings.CSRF_COOKIE_NAME)
    return response


@require_safe
@public_page
def promises(request: HttpRequest, journey: Journey) -> HttpResponse:
    policy = policy_of(version_in_force(local_today()))
    context = {
        "promises": promises_of(policy),
        "document": policy.core.document.title,
        "back_url": reverse("public-report", args=[journey.landlord.key]),
    }
    return _page(request, "triage/public/promises.html", journey, **context)
