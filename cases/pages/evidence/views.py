"""The evidence of one case: the list, adding, one piece with what was found, and the file itself."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.evidence.arriving import takes_files
from cases.models import Case, Evidence
from cases.pages.evidence import serving
from cases.pages.evidence.forms import CaseEvidenceForm, CourtForm, FindingForm
from cases.pages.evidence.words import findings, on_case
from cases.pages.loading import act, open_file, show, starting
from cases.pages.parts import show_part
from cases.selectors.evidence import evidence_of, one_of, opened_by, rules_of
from cases.selectors.file import CaseFile, visible_case
from cases.services.evidence import receive_all, record_objection, record_told_of_court, review_evidence
from landlords.access import staff_page
from landlords.permissions import Permission, can

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@staff_page(Permission.SEE_CASES)
def evidence_list(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("list of evidence"))
    rules = rules_of(file.policy)
    context = {
        "pieces": [on_case(one, file.case, file.policy) for one in evidence_of(file.case)],
        "rules": rules,
        "may_add": file.case.is_open and can(request.actor, Permission.ADD_EVIDENCE),
        "may_add_incident": file.case.is_open and can(request.actor, Permission.ADD_INCIDENT),
    }
    return show_part(request, file, "cases/evidence/list.html", tab="evidence", **context)


@takes_files
@read_or_post
@staff_page(Permission.ADD_EVIDENCE)
def add_evidence_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("add evidence"))
    form = _adding(request, file)

    def do() -> str:
        received = receive_all(
            landlord_id=file.case.landlord_id,
            case=file.case,
            details=form.details(),
            uploads=form.cleaned_data["uploads"],
            by=request.actor,
        )
        return received_words(received)

    form.is_valid()  # the files are looked at before the case is held, because that can take seconds
    if act(request, file, form, do, mind_others=False):
        return redirect("evidence", reference)
    return _beside(request, file, form, "cases/evidence/add.html", rules=rules_of(file.policy))


@require_safe
@staff_page(Permission.SEE_CASES)
def piece_page(request: Any, reference: str, key: Any) -> HttpResponse:
    file = open_file(request, reference, _("evidence"))
    evidence = _piece(file.case, key)
    by, is_open = request.actor, file.case.is_open
    context = {
        "piece": on_case(evidence, file.case, file.policy),
        "findings": findings(evidence),
        "rules": rules_of(file.policy),
        "finding_form": FindingForm(initial=starting(file))
        if is_open and can(by, Permission.REVIEW_EVIDENCE)
        else None,
        "may_add": is_open and can(by, Permission.ADD_EVIDENCE),
        "looks": opened_by(evidence) if can(by, Permission.SEE_ACCESS) else [],
        "may_see_looks": can(by, Permission.SEE_ACCESS),
        "back_url": reverse("evidence", args=[file.case.reference]),
        "back_label": _("Evidence"),
    }
    return show_part(request, file, "cases/evidence/piece.html", tab="evidence", **context)


@read_or_post
@staff_page(Permission.REVIEW_EVIDENCE)
def review_page(request: Any, reference: str, key: Any) -> HttpResponse:
    file = open_file(request, reference, _("record what evidence shows"))
    evidence = _piece(file.case, key)
    form = FindingForm(posted(request), initial=starting(file))

    def do() -> str:
        review_evidence(evidence, finding=form.cleaned_data["finding"], by=request.actor)
        return _("What it shows is on the file.")

    if act(request, file, form, do, mind_others=False):
        return redirect("evidence-piece", reference, key)
    piece = on_case(evidence, file.case, file.policy)
    return _beside(request, file, form, "cases/evidence/finding.html", piece=piece)


@read_or_post
@staff_page(Permission.ADD_EVIDENCE)
def court_page(request: Any, reference: str, key: Any) -> HttpResponse:
    file = open_file(request, reference, _("evidence in court"))
    evidence = _piece(file.case, key)
    form = CourtForm(posted(request), initial=starting(file))

    def do() -> str:
        if form.cleaned_data["told"] and not evidence.told_of_court:
            record_told_of_court(evidence, by=request.actor)
        if form.cleaned_data["objection"]:
            record_objection(evidence, words=form.cleaned_data["objection"], by=request.actor)
        return _("What was said about its use in court is on the file.")

    if act(request, file, form, do, mind_others=False):
        return redirect("evidence-piece", reference, key)
    shown = {"piece": on_case(evidence, file.case, file.policy), "rules": rules_of(file.policy)}
    return _beside(request, file, form, "cases/evidence/court.html", **shown)


@require_safe
@staff_page(Permission.SEE_CASES)
def file_page(request: Any, reference: str, key: Any) -> HttpResponse:
    """For the page's own player and picture; each time somebody begins to look or listen is written down."""
    evidence = _opened(request, reference, key, serving.LOOK)
    return serving.shown(request, evidence)


@require_safe
@staff_page(Permission.SEE_CASES)
def original_page(request: Any, reference: str, key: Any) -> HttpResponse:
    evidence = _opened(request, reference, key, serving.DOWNLOAD)
    return serving.original(request, evidence)


def posted(request: Any) -> Any:
    """What was typed, however little; None where the form is only looked at."""
    return request.POST if request.method == "POST" else None


def received_words(received: list[Evidence]) -> str:
    if len(received) == 1:
        return _("“%(title)s” is on the file.") % {"title": received[0].title}
    return _("%(number)d pieces of evidence are on the file.") % {"number": len(received)}


def _adding(request: Any, file: CaseFile) -> CaseEvidenceForm:
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    incidents = list(file.case.incidents.order_by("-recorded_at", "-id")[:50])
    return CaseEvidenceForm(*posted, parties=file.parties, incidents=incidents, initial=starting(file))


def _beside(request: Any, file: CaseFile, form: Any, template: str, **context: Any) -> HttpResponse:
    """A form that leads back to the evidence instead of the overview."""
    back = {"back_url": reverse("evidence", args=[file.case.reference]), "back_label": _("Evidence")}
    return show(request, file, form, template, **back, **context)


def _opened(request: Any, reference: str, key: Any, purpose: str | Promise) -> Evidence:
    try:
        case = visible_case(reference, by=request.actor)
    except Case.DoesNotExist:
        raise Http404(_("No case with this reference.")) from None
    evidence = _piece(case, key)
    serving.write_down(request, evidence, purpose)
    return evidence


def _piece(case: Case, key: Any) -> Evidence:
    try:
        return one_of(case, key)
    except Evidence.DoesNotExist:
        raise Http404(_("No such evidence on this case.")) from None
