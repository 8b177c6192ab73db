"""Evidence that nobody has put on a case: the inbox, adding to it, and finding where a piece belongs."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.evidence.arriving import takes_files
from cases.models import Case, Evidence
from cases.pages.evidence import serving
from cases.pages.evidence.forms import EvidenceForm, FindingForm, MatchForm
from cases.pages.evidence.views import posted, read_or_post, received_words
from cases.pages.evidence.words import findings, in_inbox
from cases.selectors.evidence import one_of, policy_today, rules_of, unmatched
from cases.selectors.file import visible_case
from cases.services.evidence import match_evidence, receive_all, review_evidence
from landlords.access import staff_page
from landlords.permissions import Permission, Refused, can
from policies.rules import describe

MOST_SHOWN = 200


@require_safe
@staff_page(Permission.SEE_CASES)
def inbox_page(request: Any) -> HttpResponse:
    policy = policy_today()
    inbox = rules_of(policy).inbox
    context = {
        "pieces": [in_inbox(one, policy) for one in unmatched()[:MOST_SHOWN]],
        "inbox": inbox,
        "rule_words": describe(inbox.dated),
        "may_add": can(request.actor, Permission.ADD_EVIDENCE),
    }
    return render(request, "cases/evidence/inbox.html", context)


@takes_files
@read_or_post
@staff_page(Permission.ADD_EVIDENCE)
def add_page(request: Any) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EvidenceForm(*posted)

    def do() -> str:
        received = receive_all(
            landlord_id=request.landlord.pk,
            case=None,
            details=form.details(),
            uploads=form.cleaned_data["uploads"],
            by=request.actor,
        )
        return received_words(received)

    if _did(request, form, do):
        return redirect("evidence-inbox")
    context = {"form": form, "rules": rules_of(policy_today()), **_back()}
    return render(request, "cases/evidence/add.html", context)


@require_safe
@staff_page(Permission.SEE_CASES)
def unmatched_page(request: Any, key: Any) -> HttpResponse:
    evidence, by = _waiting(key), request.actor
    may_match = can(by, Permission.ADD_EVIDENCE)
    return _page(
        request,
        evidence,
        finding_form=FindingForm() if can(by, Permission.REVIEW_EVIDENCE) else None,
        match_form=MatchForm() if may_match else None,
    )


@read_or_post
@staff_page(Permission.REVIEW_EVIDENCE)
def review_unmatched_page(request: Any, key: Any) -> HttpResponse:
    evidence = _waiting(key)
    form = FindingForm(posted(request))

    def do() -> str:
        review_evidence(evidence, finding=form.cleaned_data["finding"], by=request.actor)
        return _("What it shows is on record.")

    if _did(request, form, do):
        return redirect("unmatched-evidence", key)
    return _page(request, evidence, finding_form=form)


@read_or_post
@staff_page(Permission.ADD_EVIDENCE)
def match_page(request: Any, key: Any) -> HttpResponse:
    evidence = _waiting(key)
    form = MatchForm(posted(request))

    def do() -> str:
        case = _case(form.cleaned_data["reference"], request)
        match_evidence(evidence, case=case, by=request.actor)
        return _("It is now on the case %(reference)s.") % {"reference": case.reference}

    if _did(request, form, do):
        return redirect("evidence-inbox")
    return _page(request, evidence, match_form=form)


@require_safe
@staff_page(Permission.SEE_CASES)
def unmatched_file_page(request: Any, key: Any) -> HttpResponse:
    return serving.shown(request, _opened(request, key, serving.LOOK))


@require_safe
@staff_page(Permission.SEE_CASES)
def unmatched_original_page(request: Any, key: Any) -> HttpResponse:
    return serving.original(request, _opened(request, key, serving.DOWNLOAD))


def _opened(request: Any, key: Any, purpose: str | Promise) -> Evidence:
    evidence = _waiting(key)
    serving.write_down(request, evidence, purpose)
    return evidence


def _page(request: Any, evidence: Evidence, **shown: Any) -> HttpResponse:
    piece = in_inbox(evidence, policy_today())
    context = {"piece": piece, "findings": findings(evidence), **shown, **_back()}
    return render(request, "cases/evidence/unmatched.html", context)


def _did(request: Any, form: forms.Form, do: Callable[[], str]) -> bool:
    """Whether a posted form was good and its step is taken; every reason against it stands on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        messages.success(request, do())
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    return True


def _case(reference: str, request: Any) -> Case:
    """A case this person may not see is told like one that is not there."""
    try:
        return visible_case(reference, by=request.actor)
    except Case.DoesNotExist:
        raise Refused(_("There is no case %(reference)s.") % {"reference": reference}) from None


def _waiting(key: Any) -> Evidence:
    try:
        return one_of(None, key)
    except Evidence.DoesNotExist:
        raise Http404(_("No such evidence waits for a case.")) from None


def _back() -> dict[str, str]:
    return {"back_url": reverse("evidence-inbox"), "back_label": _("Evidence on no case yet")}
