"""The ASB case review of a case: what is counted, who was told, what was asked for and what came of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from cases.confided import known_on
from cases.models import CaseReview
from cases.pages.loading import act, open_file, show, starting
from cases.pages.parts import show_part
from cases.pages.reviewing.forms import ApplyForm, DecideForm, ExplainReviewForm, OutcomeForm
from cases.pages.reviewing.told import owed_rows, review_rows, told_rows, watch_told
from cases.pages.views.recording import read_or_post
from cases.review_rules import CaseReviewSection
from cases.selectors.file import CaseFile
from cases.selectors.reviews import reviews_of, watch
from cases.services.reviewing import (
    Application,
    Explained,
    Outcome,
    ThresholdDecision,
    apply_for_review,
    decide_threshold,
    explain_case_review,
    record_review_outcome,
)
from landlords.access import staff_page
from landlords.permissions import Permission, can


@read_or_post
@staff_page(Permission.SEE_CASES)
def case_review_page(request: Any, reference: str) -> HttpResponse:
    file, by = open_file(request, reference, _("case review")), request.actor
    here = file.case.status != "joined"
    context = {
        "watch": watch_told(watch(file.case, file.policy, by=by)),
        "rules": file.policy.section(CaseReviewSection).case_review,
        "owed": owed_rows(file, by),
        "told": told_rows(file),
        "reviews": review_rows(reviews_of(file.case)),
        "may_explain": here and can(by, Permission.RECORD_CONTACT),
        "may_record": here and can(by, Permission.RECORD_CASE_REVIEW),
    }
    return show_part(request, file, "cases/reviewing/review.html", tab="case_review", **context)


@read_or_post
@staff_page(Permission.RECORD_CONTACT)
def explain_review_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("explain the case review"))
    form = ExplainReviewForm(request.POST or None, parties=file.parties, initial=starting(file))

    def do() -> str:
        typed = form.cleaned_data
        person = form.people[typed["person"]]
        told = Explained(person.pk, typed["how"], typed["words"], typed["given_at"], typed["late_reason"])
        explain_case_review(file.case, told, by=request.actor)
        return _("On record: %(name)s was told about the ASB case review.") % {"name": person.name}

    rules = file.policy.section(CaseReviewSection).case_review
    return act(request, file, form, do) or show(
        request, file, form, "cases/reviewing/explain.html", rules=rules
    )


@read_or_post
@staff_page(Permission.RECORD_CASE_REVIEW)
def apply_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("case review asked for"))
    rules = file.policy.section(CaseReviewSection).case_review
    initial = starting(file, applied_to=rules.run_by or "")
    form = ApplyForm(request.POST or None, parties=file.parties, initial=initial)

    def do() -> str:
        typed = dict(form.cleaned_data)
        typed.pop("version")
        person = form.people[typed.pop("person")]
        apply_for_review(file.case, Application(person_id=person.pk, **typed), by=request.actor)
        return _("The application is on record. It waits for a decision on the threshold.")

    return act(request, file, form, do) or show(request, file, form, "cases/reviewing/apply.html")


@read_or_post
@staff_page(Permission.RECORD_CASE_REVIEW)
def decide_page(request: Any, reference: str, number: int) -> HttpResponse:
    file = open_file(request, reference, _("case review threshold"))
    review = _numbered(file, number)
    form = DecideForm(request.POST or None, initial=starting(file, **_decided(review)))

    def do() -> str:
        typed = dict(form.cleaned_data)
        typed.pop("version")
        decide_threshold(review, ThresholdDecision(**typed), by=request.actor)
        return _("The decision on the threshold is on record.")

    return act(request, file, form, do) or show(
        request, file, form, "cases/reviewing/decide.html", review=review
    )


@read_or_post
@staff_page(Permission.RECORD_CASE_REVIEW)
def outcome_page(request: Any, reference: str, number: int) -> HttpResponse:
    file = open_file(request, reference, _("case review outcome"))
    review = _numbered(file, number)
    form = OutcomeForm(request.POST or None, initial=starting(file, **_found(review)))

    def do() -> str:
        typed = dict(form.cleaned_data)
        typed.pop("version")
        record_review_outcome(review, Outcome(**typed), by=request.actor)
        return _("What came of the review is on record.")

    return act(request, file, form, do) or show(
        request, file, form, "cases/reviewing/outcome.html", review=review
    )


def _numbered(file: CaseFile, number: int) -> CaseReview:
    """The applications of a case are numbered from 1, in the order in which they were entered."""
    found = file.case.case_reviews.select_related("person", "case").order_by("pk")
    try:
        return known_on(file.case, [found[number - 1] if number else found.none().get()])[0]
    except (IndexError, CaseReview.DoesNotExist):
        raise Http404(_("There is no such application on this case.")) from None


def _decided(review: CaseReview) -> dict[str, Any]:
    if review.threshold == CaseReview.Threshold.WAITING:
        return {}
    return {
        "threshold": review.threshold,
        "decided_by": review.threshold_by,
        "reason": review.threshold_reason,
        "decided_at": review.threshold_at,
        "told_at": review.applicant_told_at,
    }


def _found(review: CaseReview) -> dict[str, Any]:
    return {
        "reviewed_at": review.reviewed_at,
        "recommendations": review.recommendations,
        "outcome": review.outcome,
        "told_at": review.outcome_told_at,
    }
