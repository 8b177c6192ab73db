"""Explaining the review with proof, and an application from the day it was made to what came of it."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.models import Case, CaseReview, Deadline, Notice
from cases.services.closing import close_case
from cases.services.linking import link_cases
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
from landlords.permissions import Refused, Role
from tests.cases.linking.world import DAY, officer, told
from tests.factories.world import NOON, Side
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope

KIND = "case_review_information"
LATER = NOON + 10 * DAY


def prompts(case: Case) -> list[Deadline]:
    return list(case.deadlines.filter(kind=KIND).order_by("pk"))


def explained(here: Side, at: datetime.datetime = NOON, **other: Any) -> Explained:
    return Explained(
        **{"person_id": here.complainant.pk, "how": "spoken", "words": "Told", "given_at": at, **other}
    )


def applied(here: Side, **other: Any) -> CaseReview:
    application = Application(
        **{"person_id": here.complainant.pk, "applied_at": NOON, "applied_to": "The council", **other}
    )
    return apply_for_review(here.case, application, by=here.actor(Role.MANAGER))


def decision(threshold: str = "met", **other: Any) -> ThresholdDecision:
    said = {"threshold": threshold, "decided_by": "J Smith, the council", "reason": "Three reports"}
    return ThresholdDecision(**{**said, "decided_at": NOON, **other})


def test_a_second_report_within_six_months_starts_the_reminder(here: Side) -> None:
    assert prompts(here.case) == []
    with clock_at(LATER):
        told(here, "noise", known=here.complainant, at=LATER, join=here.case)
    (prompt,) = prompts(here.case)
    assert (prompt.person, prompt.basis, prompt.start_at) == (here.complainant, "reminder", LATER)
    assert prompt.due_at is not None
    assert prompt.due_at.date() == datetime.date(2026, 12, 3)


def test_it_is_somebodys_own_second_report_wherever_it_is(here: Side) -> None:
    with clock_at(LATER):
        told(here, "noise", who="Bashir", at=LATER, join=here.case)
        assert prompts(here.case) == []
        other = told(here, "litter_fly_tipping", known=here.complainant, at=LATER)
    assert [one.person for one in prompts(other)] == [here.complainant]


def test_after_six_months_it_is_a_first_report_again(here: Side) -> None:
    at = NOON + 190 * DAY
    with clock_at(at):
        told(here, "noise", known=here.complainant, at=at, join=here.case)
    assert prompts(here.case) == []


def test_a_restricted_case_starts_no_reminder_on_one_that_all_staff_see(here: Side) -> None:
    with clock_at(LATER):
        first = told(here, "domestic_abuse", who="Chidi", at=LATER)
        person = first.parties.get(role="complainant").person
        second = told(here, "noise", known=person, at=LATER)
        assert prompts(second) == []
        link_cases(first, second, kind="related", reason="x", by=here.actor(Role.MANAGER))
        assert prompts(second) == []


def test_linking_two_cases_makes_it_a_second_report(here: Side) -> None:
    with clock_at(LATER):
        other = told(here, "noise", at=LATER)
        assert prompts(other) == []
        link_cases(here.case, other, kind="related", reason="Same man", by=officer(here))
    assert [len(prompts(case)) for case in (here.case, other)] == [1, 1]


def test_nobody_is_prompted_twice_or_after_being_told(here: Side) -> None:
    with clock_at(LATER):
        told(here, "noise", known=here.complainant, at=LATER, join=here.case)
        told(here, "noise", known=here.complainant, at=LATER, join=here.case)
        assert [one.state for one in prompts(here.case)] == ["running"]
        explain_case_review(here.case, explained(here, LATER), by=officer(here))
        told(here, "noise", known=here.complainant, at=LATER, join=here.case)
    assert [one.state for one in prompts(here.case)] == ["met"]


def test_explaining_is_proof_and_meets_what_waits_for_it(here: Side) -> None:
    with clock_at(LATER):
        told(here, "noise", known=here.complainant, at=LATER, join=here.case)
        notice = explain_case_review(
            here.case, explained(here, LATER, how="written", words="The leaflet"), by=officer(here)
        )
    (prompt,) = prompts(here.case)
    assert (prompt.state, prompt.met_at) == ("met", LATER)
    assert (notice.of, notice.how, notice.summary, notice.recorded_by) == (
        "case_review",
        "written",
        "The leaflet",
        "Officer Larkspur",
    )
    event = Event.objects.select_related("words").get(verb="case_review_explained")
    assert (event.payload, event.words.text) == (
        {"person_id": here.complainant.pk, "how": "written"},
        "The leaflet",
    )


def test_what_is_written_down_late_says_why(here: Side) -> None:
    late = explained(here, NOON - 2 * DAY, late_reason="No signal there")
    notice = explain_case_review(here.case, late, by=officer(here))
    assert notice.summary == "Told\nEntered late: No signal there"


def test_derbys_promise_to_tell_everybody_is_met_by_it(world: Any) -> None:
    there = world.there
    with transaction.atomic(), landlord_scope(there.landlord.pk):
        (promise,) = prompts(there.case)
        assert (promise.basis, promise.clause, promise.due_at) == ("promise", "5.7 para 2", None)
        explain_case_review(there.case, explained(there), by=officer(there))
        assert [one.state for one in prompts(there.case)] == ["met"]
        told(there, "noise", known=there.complainant, join=there.case)
        assert len(prompts(there.case)) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"words": " "}, "Write down what they were told."),
        ({"how": "sung"}, "Say whether it was spoken or in writing."),
        ({"person_id": 0}, "Choose somebody who complains on this case."),
        ({"given_at": NOON + DAY}, "The date and time cannot be in the future."),
        ({"given_at": NOON - 2 * DAY}, "It happened more than a day ago. Say why it is entered late."),
    ],
)
def test_proof_without_its_parts_is_none(here: Side, change: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused) as refused:
        explain_case_review(here.case, explained(here, **change), by=officer(here))
    assert refused.value.reasons == [words]
    assert (Notice.objects.count(), Event.objects.filter(verb="case_review_explained").count()) == (0, 0)


def test_the_one_complained_about_is_not_told(here: Side) -> None:
    respondent = here.case.parties.get(role="respondent").person
    with pytest.raises(Refused, match="Choose somebody who complains"):
        explain_case_review(here.case, explained(here, person_id=respondent.pk), by=officer(here))


def test_an_application_waits_for_people_whatever_the_counts(here: Side) -> None:
    review = applied(here, applicant="Cllr Bird", contact_point="Rowan, 020 7946 0000")
    assert (review.threshold, review.threshold_at, review.counted["reports"]) == ("waiting", None, 1)
    assert (review.applicant, review.person) == ("Cllr Bird", here.complainant)


def test_a_review_of_a_closed_case_may_be_asked_for(here: Side) -> None:
    close_case(here.case, ground="resolved", reason="Quiet", by=officer(here))
    assert applied(here).threshold == "waiting"
    Case.objects.filter(pk=here.restricted_case.pk).update(status="joined", joined_to=here.case)
    with pytest.raises(Refused, match="belongs to another one now"):
        apply_for_review(
            here.restricted_case,
            Application(here.complainant.pk, NOON, "The council"),
            by=here.actor(Role.MANAGER),
        )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"threshold": "waiting"}, "Choose whether the threshold is met."),
        ({"decided_by": " "}, "Say who decided."),
        ({"reason": ""}, "Give the reasons for the decision."),
        ({"decided_at": NOON - DAY}, "The date of the decision cannot be before that of the application."),
        (
            {"told_at": NOON - DAY},
            "The date of telling the applicant cannot be before that of the decision.",
        ),
    ],
)
def test_nobody_is_refused_by_nobody_or_without_reasons(
    here: Side, change: dict[str, Any], words: str
) -> None:
    review = applied(here)
    with pytest.raises(Refused) as refused:
        decide_threshold(review, decision(**{"threshold": "not_met", **change}), by=here.actor(Role.MANAGER))
    assert refused.value.reasons == [words]
    assert CaseReview.objects.get().threshold == "waiting"


@pytest.mark.parametrize("missing", [{"threshold_by": ""}, {"threshold_reason": ""}, {"threshold_at": None}])
def test_the_database_refuses_it_too(here: Side, missing: dict[str, Any]) -> None:
    review = applied(here)
    whole = {"threshold": "not_met", "threshold_by": "J Smith", "threshold_reason": "x", "threshold_at": NOON}
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseReview.objects.filter(pk=review.pk).update(**{**whole, **missing})
    assert CaseReview.objects.get().threshold == "waiting"


def test_a_decision_is_recorded_and_may_be_corrected_until_the_review_is_held(here: Side) -> None:
    manager, review = here.actor(Role.MANAGER), applied(here)
    decide_threshold(review, decision("not_met", reason="Two reports"), by=manager)
    decided = decide_threshold(review, decision("met", told_at=NOON), by=manager)
    assert (decided.threshold, decided.threshold_by, decided.applicant_told_at) == (
        "met",
        "J Smith, the council",
        NOON,
    )
    texts = (
        Event.objects.filter(verb="case_review_decided").order_by("id").values_list("words__text", flat=True)
    )
    assert list(texts) == ["Two reports", "Three reports"]
    record_review_outcome(review, Outcome(NOON), by=manager)
    with pytest.raises(Refused, match="has been held already"):
        decide_threshold(review, decision("not_met"), by=manager)


def test_the_outcome_follows_the_threshold(here: Side) -> None:
    manager, review = here.actor(Role.MANAGER), applied(here)
    with pytest.raises(Refused, match="Record first that the threshold is met"):
        record_review_outcome(review, Outcome(NOON), by=manager)
    decide_threshold(review, decision(), by=manager)
    with pytest.raises(Refused, match="Say what outcome the applicant was told"):
        record_review_outcome(review, Outcome(NOON, told_at=NOON), by=manager)
    record_review_outcome(review, Outcome(NOON, "Install a camera"), by=manager)
    found = record_review_outcome(
        review, Outcome(NOON, "Install a camera", "A camera by May", NOON), by=manager
    )
    assert (found.reviewed_at, found.recommendations, found.outcome, found.outcome_told_at) == (
        NOON,
        "Install a camera",
        "A camera by May",
        NOON,
    )
    verbs = (
        Event.objects.filter(verb__startswith="case_review_").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == [
        "case_review_applied",
        "case_review_decided",
        "case_review_held",
        "case_review_outcome",
    ]


@pytest.mark.parametrize("role", [Role.ADVISER, Role.OFFICER, Role.AUDITOR])
def test_only_a_manager_records_a_review(here: Side, role: str) -> None:
    review, by = applied(here), here.actor(role)
    with pytest.raises(Refused):
        apply_for_review(here.case, Application(here.complainant.pk, NOON, "Us"), by=by)
    with pytest.raises(Refused):
        decide_threshold(review, decision(), by=by)
    with pytest.raises(Refused):
        record_review_outcome(review, Outcome(NOON), by=by)
    assert list(CaseReview.objects.values_list("threshold", flat=True)) == ["waiting"]
