"""The ASB case review: telling people of it with proof, and the record of an application to its outcome.

Nothing here decides a threshold. A person does, with reasons, or says what another body has decided.
"""

import datetime
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import deadlines
from cases.choices import DeadlineState, PartyRole
from cases.clocks import Governing
from cases.lifecycle import CaseState
from cases.models import Case, CaseReview, Deadline, Notice, Party, Person
from cases.review_rules import CaseReviewSection
from cases.selectors.joined import with_joined
from cases.selectors.links import same_matter_known_to_all
from cases.selectors.reviews import months_ago, reported, watch, who
from cases.services.locking import locked
from cases.services.moments import check_when, with_reason
from landlords.permissions import Permission, Refused, check
from policies.selectors import policy_of
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

KIND = "case_review_information"
NOTICE_OF = "case_review"
SECOND = 2
WITHIN = 6
"""Months in which a second report calls for an explanation."""


def prompt_if_due(
    case: Case, person: Person, governing: Governing, *, at: datetime.datetime
) -> Deadline | None:
    """Start the reminder to explain the review where this is the person's second report within six months.

    Not where they are owed it already, or have had it on this case in that time. In the caller's transaction.
    """
    remind = governing.policy.section(CaseReviewSection).case_review.remind
    if remind is None or not _is_second_report(case, person):
        return None
    running = case.deadlines.filter(person=person, kind=KIND, state=DeadlineState.RUNNING)
    told = Notice.objects.filter(case__in=with_joined(case), person=person, of=NOTICE_OF)
    lately = datetime.datetime.combine(months_ago(WITHIN), datetime.time(0, 0), tzinfo=LONDON)
    if running.exists() or told.filter(given_at__gte=lately).exists():
        return None
    owed = deadlines.Owed(case.landlord_id, case.team_id, case=case, person=person)
    return deadlines.start(remind, owed, policy=governing.policy, started_at=at)


def prompt_everybody(case: Case, governing: Governing) -> list[int]:
    """The same for every complainant of a case that now counts together with another. Ids of what was started."""
    if not case.is_open:
        return []
    complainants = case.parties.filter(role=PartyRole.COMPLAINANT).select_related("person").order_by("pk")
    started = [prompt_if_due(case, party.person, governing, at=clock.now()) for party in complainants]
    return [one.pk for one in started if one is not None]


def _is_second_report(case: Case, person: Person) -> bool:
    """On this case, one linked to it, or any that is open to all staff where the person is known to complain."""
    theirs = Party.objects.filter(person=person, case__restricted=False).values_list("case_id", flat=True)
    cases = same_matter_known_to_all(case) | set(theirs)
    return sum(one.victim == who(person) for one in reported(cases, months=WITHIN)) >= SECOND


@dataclass(frozen=True)
class Explained:
    """How somebody was told of the review, and in which words: the proof that they were.

    ``late_reason``: why it is written down more than a day afterwards.
    """

    person_id: int
    how: str
    words: str
    given_at: datetime.datetime
    late_reason: str = ""


@transaction.atomic
def explain_case_review(case: Case, explained: Explained, *, by: Actor) -> Notice:
    """Put on record that a person was told how to ask for a review. Meets every clock that waits for it.

    Raises Refused for somebody who is not part of the case, no words, or a time in the future.
    """
    case = _taking(case, Permission.RECORD_CONTACT, by, person_id=explained.person_id)
    person = _party(case, explained.person_id)
    if explained.how not in Notice.How.values:
        raise Refused(_("Say whether it was spoken or in writing."))
    if not explained.words.strip():
        raise Refused(_("Write down what they were told."))
    check_when(explained.given_at, explained.late_reason)
    words = with_reason(explained.words, explained.late_reason)
    notice = Notice.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        person=person,
        of=NOTICE_OF,
        how=explained.how,
        summary=words,
        given_at=explained.given_at,
        recorded_at=clock.now(),
        recorded_by=by.name,
    )
    _meet(person, at=explained.given_at)
    record(
        "case_review_explained",
        by=by,
        case_id=case.pk,
        subject=("notice", notice.pk),
        payload={"person_id": person.pk, "how": explained.how},
        text=words,
        occurred_at=explained.given_at,
    )
    return notice


def _meet(person: Person, *, at: datetime.datetime) -> None:
    """Told once is told on every case of theirs."""
    running = Deadline.objects.select_for_update().filter(
        person=person, kind=KIND, state=DeadlineState.RUNNING, start_at__lte=at
    )
    for deadline in running.order_by("id"):
        deadlines.meet(deadline, at=at)


@dataclass(frozen=True)
class Application:
    """``person_id``: the victim; ``applicant``: who asked, where somebody asked for them."""

    person_id: int
    applied_at: datetime.datetime
    applied_to: str
    contact_point: str = ""
    applicant: str = ""


@transaction.atomic
def apply_for_review(case: Case, application: Application, *, by: Actor) -> CaseReview:
    """Record that a review was asked for, with what could be counted that day. Also on a closed case.

    Nobody is turned away here: whatever the counts, the application waits for a decision of people (Ruling 11).
    """
    case = _taking(case, Permission.RECORD_CASE_REVIEW, by)
    person = _party(case, application.person_id)
    if not application.applied_to.strip():
        raise Refused(_("Say whom they asked: the council, the police or us."))
    _check_times(applied=application.applied_at)
    review = CaseReview.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        person=person,
        applicant=application.applicant,
        applied_at=application.applied_at,
        applied_to=application.applied_to,
        contact_point=application.contact_point,
        counted=watch(case, policy_of(case.policy), by=by).as_json(),
        recorded_by=by.name,
    )
    record(
        "case_review_applied",
        by=by,
        case_id=case.pk,
        subject=("case_review", review.pk),
        payload={"person_id": person.pk},
        text=application.applicant,
        occurred_at=application.applied_at,
    )
    return review


@dataclass(frozen=True)
class ThresholdDecision:
    """``decided_by`` is the person or body that decided; ``told_at`` when the applicant heard of it."""

    threshold: str
    decided_by: str
    reason: str
    decided_at: datetime.datetime
    told_at: datetime.datetime | None = None


@transaction.atomic
def decide_threshold(review: CaseReview, decision: ThresholdDecision, *, by: Actor) -> CaseReview:
    """Record who decided that the threshold is met, or is not, and why. Until a review is held it may be corrected."""
    review = _locked(review, by)
    if decision.threshold not in (CaseReview.Threshold.MET, CaseReview.Threshold.NOT_MET):
        raise Refused(_("Choose whether the threshold is met."))
    if not decision.decided_by.strip():
        raise Refused(_("Say who decided."))
    if not decision.reason.strip():
        raise Refused(_("Give the reasons for the decision."))
    if review.reviewed_at is not None:
        raise Refused(_("The review has been held already."))
    _check_times(applied=review.applied_at, decided=decision.decided_at, told=decision.told_at)
    review.threshold = decision.threshold
    review.threshold_by = decision.decided_by
    review.threshold_reason = decision.reason
    review.threshold_at = decision.decided_at
    review.applicant_told_at = decision.told_at
    review.save()
    label = str(CaseReview.Threshold(decision.threshold).label).lower()
    _record("case_review_decided", review, by, decision.reason, decision.decided_at, threshold=label)
    return review


@dataclass(frozen=True)
class Outcome:
    """What came of a review, as far as it is known. ``recommendations`` empty: there were none, or not yet."""

    reviewed_at: datetime.datetime
    recommendations: str = ""
    outcome: str = ""
    told_at: datetime.datetime | None = None


@transaction.atomic
def record_review_outcome(review: CaseReview, found: Outcome, *, by: Actor) -> CaseReview:
    """Record that the review was held, what it recommended, what came of it and when the applicant was told."""
    review = _locked(review, by)
    if review.threshold != CaseReview.Threshold.MET:
        raise Refused(_("Record first that the threshold is met."))
    if found.told_at and not found.outcome.strip():
        raise Refused(_("Say what outcome the applicant was told."))
    _check_times(decided=review.threshold_at, reviewed=found.reviewed_at, told=found.told_at)
    newly_held = review.reviewed_at is None
    review.reviewed_at = found.reviewed_at
    review.recommendations = found.recommendations
    review.outcome = found.outcome
    review.outcome_told_at = found.told_at
    review.save()
    if newly_held:
        _record("case_review_held", review, by, found.recommendations, found.reviewed_at)
    if found.outcome.strip():
        _record("case_review_outcome", review, by, found.outcome, found.told_at)
    return review


def _taking(case: Case, permission: Permission, by: Actor, *, person_id: int | None = None) -> Case:
    """A victim may ask about a closed case too; of one that is joined, the work goes on elsewhere."""
    case = locked(case, person_id=person_id)
    check(by, permission)
    if case.status == CaseState.JOINED:
        raise Refused(_("This case belongs to another one now. Record it there."))
    return case


def _locked(review: CaseReview, by: Actor) -> CaseReview:
    _taking(review.case, Permission.RECORD_CASE_REVIEW, by)
    return CaseReview.objects.select_for_update(of=("self",)).get(pk=review.pk)


def _party(case: Case, person_id: int) -> Person:
    party = case.parties.filter(person_id=person_id).exclude(role="respondent").select_related("person")
    found = party.first()
    if found is None:
        raise Refused(_("Choose somebody who complains on this case."))
    return found.person


ORDER = {
    "applied": gettext_lazy("the application"),
    "decided": gettext_lazy("the decision"),
    "reviewed": gettext_lazy("the review"),
    "told": gettext_lazy("telling the applicant"),
}


def _check_times(**moments: datetime.datetime | None) -> None:
    """None in the future, each no earlier than the one before it."""
    known = [(name, moment) for name, moment in moments.items() if moment]
    if any(moment > clock.now() for _name, moment in known):
        raise Refused(_("The date and time cannot be in the future."))
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            words = {"later": ORDER[later], "earlier": ORDER[earlier]}
            raise Refused(_("The date of %(later)s cannot be before that of %(earlier)s.") % words)


def _record(
    verb: str,
    review: CaseReview,
    by: Actor,
    text: str,
    occurred_at: datetime.datetime | None,
    **payload: str,
) -> None:
    record(
        verb,
        by=by,
        case_id=review.case_id,
        subject=("case_review", review.pk),
        payload=payload,
        text=text,
        occurred_at=occurred_at,
    )
