"""Finding what has fallen due. Celery only asks; PostgreSQL decides, once for each step of each clock.

A clock asks to be looked at three times: when its day begins (amber), after its due second (a miss), and at
nine on the next working day if nobody has met or explained it (escalation). A late or doubled sweep changes
nothing: rows are locked and skipped, a miss and a notification are unique, and all is one statement.
"""

import datetime
from collections.abc import Collection
from typing import Any

from django.db import connection, transaction

from cases.clocks import times
from cases.models import Deadline
from policies.rules import parse_rule
from policies.schema import Policy
from policies.selectors import policy_of
from timeline import clock
from timeline.scope import active_landlord, landlord_scope

BATCH = 500
"""Rows in one transaction: the landlord's timeline chain is a lock, so transactions stay short."""

_STEPS = """
WITH picked AS (
    SELECT d.id, d.landlord_id, d.case_id, d.report_id, d.team_id, c.owner_id, d.kind, d.label, d.basis, d.rule,
           d.clause, d.due_at, d.escalate_at,
           CASE WHEN d.breached_at IS NOT NULL THEN 'escalated'
                WHEN d.basis = 'promise' AND d.due_at + interval '1 second' <= %(now)s THEN 'missed'
                ELSE 'due_soon' END AS step
    FROM cases_deadline d LEFT JOIN cases_case c ON c.id = d.case_id AND c.landlord_id = d.landlord_id
    WHERE d.next_sweep_at <= %(now)s AND d.landlord_id = %(landlord)s {which}
    ORDER BY d.next_sweep_at LIMIT %(batch)s
    FOR UPDATE OF d {busy}
), moved AS (
    UPDATE cases_deadline d SET
        breached_at = CASE WHEN p.step = 'missed' THEN p.due_at ELSE d.breached_at END,
        needs_explanation = d.needs_explanation OR p.step = 'missed',
        next_sweep_at = CASE p.step WHEN 'due_soon' THEN
                                 CASE WHEN p.basis = 'promise' THEN p.due_at + interval '1 second' END
                             WHEN 'missed' THEN p.escalate_at END
    FROM picked p WHERE d.id = p.id
), missed AS (
    INSERT INTO cases_breach (landlord_id, deadline_id, due_at, detected_at, reason, explanation, explained_by,
                              confirmed_by)
    SELECT landlord_id, id, due_at, %(now)s, '', '', '', '' FROM picked WHERE step = 'missed'
    ON CONFLICT DO NOTHING
), told AS (
    INSERT INTO timeline_notification (landlord_id, once_key, kind, case_id, user_id, team_id, payload, created_at,
                                       email_state, email_attempts, email_next_at, email_message_id, email_error)
    SELECT p.landlord_id, p.step || ':' || p.id || ':' || extract(epoch FROM p.due_at)::bigint, p.step, p.case_id,
           CASE WHEN p.step <> 'escalated' THEN m.user_id END, p.team_id,
           jsonb_build_object('deadline', p.id, 'label', p.label, 'basis', p.basis, 'report', p.report_id,
                              'due_at', to_char(p.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
           %(now)s, 'waiting', 0, %(now)s, '', ''
    FROM picked p LEFT JOIN landlords_membership m ON m.id = p.owner_id AND m.is_active
    ON CONFLICT DO NOTHING
), recorded AS (
    INSERT INTO timeline_event (landlord_id, sequence, case_id, subject_type, subject_id, verb, payload,
                                actor_name, occurred_at, recorded_at, previous_hash, hash)
    SELECT landlord_id, 0, case_id, 'deadline', id, 'promise_missed',
           jsonb_build_object('label', label, 'clause', clause), 'Clock', due_at, %(now)s, '', ''
    FROM picked WHERE step = 'missed' ORDER BY id
)
SELECT id, step, rule LIKE 'every_%%' AS comes_round FROM picked ORDER BY id
"""
_SWEEP = _STEPS.format(which="", busy="SKIP LOCKED")
_SETTLE = _STEPS.format(which="AND d.case_id = ANY(%(cases)s)", busy="")


def landlords_with_clocks_due() -> list[int]:
    """Ids of the landlords that have any clock to look at now; runs before a landlord is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT landlord_id FROM landlords_with_clocks_due(%s) ORDER BY 1", [clock.now()])
        return [row[0] for row in cursor.fetchall()]


def sweep_landlord(landlord_id: int) -> int:
    """Take every due step of one landlord, a batch to a transaction. Returns how many steps were taken."""
    taken = 0
    while step := _sweep_batch(landlord_id):
        taken += step
    return taken


def settle(cases: Collection[int]) -> None:
    """Find now what the sweep would find on these cases, so that nothing done to them can hide a miss.

    In the caller's transaction and scope, before anything is recorded: it waits for a sweep at work on them.
    """
    while _take(_SETTLE, active_landlord(), cases=list(cases)):
        continue


def _sweep_batch(landlord_id: int) -> int:
    with transaction.atomic(), landlord_scope(landlord_id):
        return _take(_SWEEP, landlord_id)


def _take(statement: str, landlord_id: int, **which: list[int]) -> int:
    parameters: dict[str, Any] = {"now": clock.now(), "landlord": landlord_id, "batch": BATCH, **which}
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        steps = cursor.fetchall()
    _start_next_intervals([row[0] for row in steps if row[1] == "missed" and row[2]])
    return len(steps)


def _start_next_intervals(missed: list[int]) -> None:
    """Each interval of a recurring contact that passes without contact is one miss (decision 14)."""
    found = Deadline.objects.filter(pk__in=missed).select_related("case__policy")
    for deadline in found.defer("case__search", "case__policy__content").order_by("id"):
        assert deadline.due_at is not None
        assert deadline.case is not None
        _start_next_interval(deadline, deadline.due_at, policy_of(deadline.case.policy))


def _start_next_interval(deadline: Deadline, last_due: datetime.datetime, policy: Policy) -> None:
    found = times(parse_rule(deadline.rule), last_due, policy)
    Deadline.objects.create(
        landlord_id=deadline.landlord_id,
        case=deadline.case,
        person=deadline.person,
        team_id=deadline.team_id,
        kind=deadline.kind,
        label=deadline.label,
        basis=deadline.basis,
        rule=deadline.rule,
        met_by=deadline.met_by,
        clause=deadline.clause,
        clause_id=deadline.clause_id,
        why=deadline.why,
        explanation_required=deadline.explanation_required,
        start_at=last_due,
        due_at=found.due_at,
        amber_at=found.amber_at,
        escalate_at=found.escalate_at,
        next_sweep_at=found.amber_at,
        receipt=found.receipt(),
        calendar_version=found.calendar_version,
    )
