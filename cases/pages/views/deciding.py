"""Putting on record a decision the policy asks for."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.pages.forms.deciding import DecisionForm
from cases.pages.loading import act, open_file, show, starting
from cases.selectors.file import CaseFile
from cases.services.deciding import ToRecord, record_decision, to_record
from landlords.access import staff_page
from landlords.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.RECORD_DECISION)
def record_decision_page(request: Any, reference: str, question: str) -> HttpResponse:
    file = open_file(request, reference, _("record a decision"))
    asked = _asked(file, question, request.GET.get("person", ""))
    form = DecisionForm(request.POST or None, rule=asked.rule, initial=_starting(file, asked))

    def do() -> str:
        typed = form.cleaned_data
        told = {"answer": typed["answer"], "reason": typed["reason"]}
        whose = asked.person.pk if asked.person else None
        record_decision(file.case, key=question, **told, person_id=whose, by=request.actor)
        return _("The decision is on record.")

    return act(request, file, form, do) or show(request, file, form, "cases/decide.html", asked=asked)


def _asked(file: CaseFile, question: str, person: str) -> ToRecord:
    """Asked of each: of the person whose key it is; without one, of the first who is still to be asked."""
    found = [one for one in to_record(file.case, parties=file.parties) if one.rule.key == question]
    named = [one for one in found if not person or (one.person and str(one.person.key) == person)]
    if not named:
        raise Http404(_("This case does not ask for that decision."))
    return named[0]


def _starting(file: Any, asked: ToRecord) -> dict[str, Any]:
    return starting(file, **({"answer": asked.latest.answer} if asked.latest else {}))
