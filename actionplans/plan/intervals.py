"""What agreeing how often we speak does to the clock of the next contact."""

import datetime

from actionplans.plan.selectors import last_spoke
from cases import deadlines
from cases.choices import DeadlineState
from cases.clocks import Governing, times
from cases.models import Case, Deadline, Party
from cases.services.opening import governing_of
from policies.rules import EveryCalendarDays
from policies.working_time import is_late
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


def agree_interval(case: Case, party: Party, days: int, *, at: datetime.datetime, by: Actor) -> None:
    """Keep the interval with the complainant, and count the next contact by it.

    Only speaking starts an interval, so it is counted from where the present one began; where that day has gone by
    already, from the agreement, because nobody can have missed what was not agreed yet, and no later than before.
    A contact that is missed and still owed stays owed as it is: the new interval begins when we speak.
    """
    if party.contact_every_days == days:
        return
    governing = governing_of(case)
    deadlines.start_on("agreed", case, party.person, governing, at=at)
    party.contact_every_days = days
    party.save(update_fields=["contact_every_days"])
    deadlines.ask_until_agreed(case, party, governing, spoke_at=at)
    spoke_at = last_spoke(case, party.person_id)
    if spoke_at is not None:
        _count_again(case, party, governing, spoke_at=spoke_at, agreed_at=at)
    record(
        "interval_agreed",
        by=by,
        case_id=case.pk,
        payload={"days": days, "person_id": party.person_id},
        occurred_at=at,
    )


def _count_again(
    case: Case,
    party: Party,
    governing: Governing,
    *,
    spoke_at: datetime.datetime,
    agreed_at: datetime.datetime,
) -> None:
    assert party.contact_every_days is not None
    rule = EveryCalendarDays(party.contact_every_days)
    present = _owed_next(case, party)
    if present is not None and (present.rule == str(rule) or _is_past(present)):
        return
    began = present.start_at if present is not None else spoke_at
    if _is_ahead(rule, began, governing):
        deadlines.restart_contact_interval(case, party, governing, spoke_at=began)
    elif present is None or not _is_owed_sooner(present, rule, agreed_at, governing):
        deadlines.restart_contact_interval(case, party, governing, spoke_at=max(began, agreed_at))


def _owed_next(case: Case, party: Party) -> Deadline | None:
    running = Deadline.objects.filter(
        case=case, person=party.person, kind="contact_update", state=DeadlineState.RUNNING
    )
    return running.filter(due_at__isnull=False).order_by("due_at").first()


def _is_past(deadline: Deadline) -> bool:
    return deadline.due_at is not None and is_late(deadline.due_at, clock.now())


def _is_ahead(rule: EveryCalendarDays, began: datetime.datetime, governing: Governing) -> bool:
    due_at = times(rule, began, governing.policy).due_at
    return due_at is not None and not is_late(due_at, clock.now())


def _is_owed_sooner(
    present: Deadline, rule: EveryCalendarDays, agreed_at: datetime.datetime, governing: Governing
) -> bool:
    due_at = times(rule, agreed_at, governing.policy).due_at
    return present.due_at is not None and due_at is not None and present.due_at <= due_at
