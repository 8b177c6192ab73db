"""The clocks that follow an assessment. Everything here runs inside the caller's transaction and lock."""

import datetime

from django.db.models import QuerySet

from cases import deadlines
from cases.choices import DeadlineState
from cases.models import Case, Deadline
from cases.schema import DeadlineRule
from cases.services.opening import governing_of
from policies.selectors import policy_of
from riskmatrix.engine import BANDS
from riskmatrix.findings import consequences, needs_acting, risk_of
from riskmatrix.models import Assessment

TO_ACT = DeadlineRule(
    kind="risk_action",
    label="Decide what is done about the high risk",
    due="end_of_next_working_day",
    met_by="risk_acted_on",
    interpretation=True,
    why="a high risk that nobody acts on helps nobody; the time is ours",
)


def follow(case: Case, assessment: Assessment, before: str | None) -> None:
    """Meet what the newest assessment of a person meets, and start what it calls for.

    ``before`` is the confirmed band of the time before.
    """
    if assessment.complete:
        meet(case, assessment, "risk_assessment_completed", at=assessment.assessed_at)
        start_review(case, assessment)
    _to_act(case, assessment, before)
    for rule in _duties(case, assessment, before):
        if rule.kind != TO_ACT.kind:
            _once(rule, case, assessment, before)


def meet(case: Case, assessment: Assessment, met_by: str, *, at: datetime.datetime) -> None:
    """Every running clock of the person that this meets, if it had started by then."""
    for deadline in _running(case, assessment).filter(met_by=met_by, start_at__lte=at).order_by("pk"):
        deadlines.meet(deadline, at=at)


def start_review(case: Case, assessment: Assessment) -> None:
    """By the landlord's own rule where it has one, else by the days of the risk section.

    One that still runs began after this assessment, because something has happened since: it stays.
    """
    if _running(case, assessment).filter(kind="risk_review").exists():
        return
    rule = governing_of(case).rule_of("risk_review") or risk_of(case).review.rule(assessment.confirmed_band)
    _start(rule, case, assessment)


def _to_act(case: Case, assessment: Assessment, before: str | None) -> None:
    """Whoever is at high risk, or whose band has changed where the policy minds that, waits for a decision."""
    rules = [rule for rule in _duties(case, assessment, before) if rule.kind == TO_ACT.kind]
    if needs_acting(assessment.confirmed_band):
        rules = [TO_ACT]
    running = _running(case, assessment).filter(kind=TO_ACT.kind)
    if not rules:
        for settled in running:
            deadlines.withdraw(settled)
    elif not running.exists():
        _start(rules[0], case, assessment)


def _once(rule: DeadlineRule, case: Case, assessment: Assessment, before: str | None) -> None:
    """Owed once, and again where the risk has risen since it was done."""
    known = case.deadlines.filter(person=assessment.person_id, kind=rule.kind)
    risen = before is not None and _place(assessment.confirmed_band) > _place(before)
    if known.filter(state=DeadlineState.RUNNING).exists():
        return
    if risen or not known.filter(state=DeadlineState.MET).exists():
        _start(rule, case, assessment)


def _place(band: str) -> int:
    return [str(one) for one in BANDS].index(band)


def _duties(case: Case, assessment: Assessment, before: str | None) -> list[DeadlineRule]:
    found = (one.rule for one in consequences(risk_of(case), assessment.confirmed_band, before))
    return [rule for rule in found if rule is not None]


def _start(rule: DeadlineRule, case: Case, assessment: Assessment) -> Deadline:
    owed = deadlines.Owed(case.landlord_id, case.team_id, case=case, person=assessment.person)
    return deadlines.start(rule, owed, policy=policy_of(case.policy), started_at=assessment.assessed_at)


def _running(case: Case, assessment: Assessment) -> QuerySet[Deadline]:
    return case.deadlines.select_for_update().filter(person=assessment.person_id, state=DeadlineState.RUNNING)
