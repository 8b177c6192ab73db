"""The public progress page: a reference and a code in, one report's standing out."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from redis import RedisError

from cases.models import Report
from cases.references import normalise
from landlords.models import Landlord
from timeline.scope import landlord_scope
from triage.progress.codes import is_right
from triage.progress.selectors import find_report, promises_kept, standing_words

NOT_FOUND = _("We cannot find a report with this reference and code. Check both, or call us.")


class ProgressForm(forms.Form):
    reference = forms.CharField(
        label=_("Your reference"),
        help_text=_("For example, VV-7K4M2-QX9RT"),
        max_length=40,
        error_messages={"required": _("Enter your reference.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )
    code = forms.CharField(
        label=_("Your 6-digit code"),
        help_text=_("We showed it with your reference when you sent your report"),
        max_length=20,
        error_messages={"required": _("Enter your code.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """The same answer whether the reference or the code is wrong. Nothing is kept in the session or the address."""
    form = ProgressForm(request.POST or None)
    if not form.is_valid():
        return render(request, "triage/progress/ask.html", {"form": form})
    try:
        return _answer(request, form)
    except RedisError:
        return render(request, "triage/progress/later.html", status=503)


def _answer(request: HttpRequest, form: ProgressForm) -> HttpResponse:
    reference = normalise(form.cleaned_data["reference"])
    right = is_right(reference, form.cleaned_data["code"])
    found = find_report(reference)
    if not right or found is None:
        form.add_error(None, NOT_FOUND)
        return render(request, "triage/progress/ask.html", {"form": form})
    with landlord_scope(found.landlord_id):
        return render(request, "triage/progress/standing.html", _standing(found.landlord_id, found.report_id))


def _standing(landlord_id: int, report_id: int) -> dict[str, Any]:
    report = Report.objects.get(pk=report_id)
    return {
        "landlord": Landlord.objects.get(pk=landlord_id),
        "report": report,
        "standing": standing_words(report),
        "promises": promises_kept(report),
    }
