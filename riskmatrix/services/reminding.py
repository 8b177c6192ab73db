"""Bringing the next assessment forward when something has happened."""

from django.db import transaction
from django.utils.translation import gettext as _

from cases import deadlines
from cases.choices import DeadlineState
from cases.clocks import rule_with, times
from cases.models import Case, Deadline
from cases.services.announcing import Happening
from cases.services.locking import locked
from policies.selectors import policy_of
from riskmatrix.findings import needs_acting, risk_of
from riskmatrix.selectors import newest_assessments
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

SOON = "end_of_next_working_day"


@transaction.atomic
def remind_to_reassess(case: Case, *, why: str, by: Actor) -> list[Deadline]:
    """Bring every running reminder to assess again forward to the next working day; never later than it was.

    Somebody never assessed is owed the assessment itself. Returns the reminders that were brought forward.
    """
    return _bring_forward(locked(case), why, by, set())


def listen(case: Case, happening: Happening, by: Actor) -> None:
    """Something new, or a higher level, is a reason to look again, except where the level follows a high risk."""
    if happening == Happening.INCIDENT:
        _bring_forward(case, _("something new has happened"), by, set())
    elif happening == Happening.LEVEL_RAISED:
        at_high = {
            person_id
            for person_id, newest in newest_assessments(case).items()
            if needs_acting(newest.confirmed_band)
        }
        _bring_forward(case, _("the level was raised"), by, at_high)


def _bring_forward(case: Case, why: str, by: Actor, spared: set[int]) -> list[Deadline]:
    running = case.deadlines.select_for_update(of=("self",)).filter(
        kind="risk_review", state=DeadlineState.RUNNING
    )
    found = []
    for old in running.exclude(person__in=spared).select_related("person").order_by("pk"):
        sooner = _sooner(old, case, why)
        if sooner is not None:
            deadlines.withdraw(old, replaced_by=sooner)
            found.append(sooner)
    if found:
        record("risk_to_look_at_again", by=by, case_id=case.pk, payload={"reason": why})
    return found


def _sooner(old: Deadline, case: Case, why: str) -> Deadline | None:
    policy, now = policy_of(case.policy), clock.now()
    reason = _("brought forward because %(why)s; the time is ours") % {"why": why}
    rule = risk_of(case).review.rule_of(SOON, reason)
    worked_out = times(rule_with(rule, None), now, policy)
    if worked_out.due_at is None or (old.due_at is not None and old.due_at <= worked_out.due_at):
        return None
    owed = deadlines.Owed(case.landlord_id, case.team_id, case=case, person=old.person)
    return deadlines.start(rule, owed, policy=policy, started_at=now, found=worked_out)
