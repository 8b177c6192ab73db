"""Looking for what has fallen due: among very many clocks, and when very many fall due at once."""

from django.db import connection, transaction

from bench.database import Owner, fresh
from bench.table import Line, median_ms, seconds
from cases.models import Case
from cases.sweep import BATCH, landlords_with_clocks_due, sweep_landlord
from timeline import clock
from timeline.scope import landlord_scope

LANDLORDS = 20
CASES = 2_000
"""Of each landlord; the clocks are spread over them."""
FIRST_ID = 1_000_000
DUE_SHARE = 0.05
FILL_LANDLORDS = (
    """INSERT INTO landlords_landlord (id, key, name, reference_prefix, brand_colour, phone, opening_hours, email)
       SELECT n, 'bench-' || n, 'Bench ' || n, chr(64 + n) || 'X', '#000000', '', '', 'bench@example.org'
       FROM generate_series(1, %(landlords)s) n""",
    """INSERT INTO landlords_team (id, landlord_id, key, label, officer)
       SELECT n, n, 'team', 'Team', 'Officer' FROM generate_series(1, %(landlords)s) n""",
    """INSERT INTO policies_policyversion (id, landlord_id, number, status, content, content_sha256, source_file,
                                           in_force, loaded_at, loaded_by)
       SELECT n, n, 1, 'published', '{}', '', 'bench.yaml', '[,]', now(), 'Benchmark'
       FROM generate_series(1, %(landlords)s) n""",
)
FILL_CLOCKS = (
    """INSERT INTO cases_deadline (landlord_id, case_id, team_id, key, kind, label, basis, rule, met_by, clause,
                                   clause_id, why, explanation_required, state, start_at, due_at, amber_at, escalate_at,
                                   next_sweep_at, needs_explanation, receipt, calendar_version)
       SELECT l, l * 1000000 + 1 + n %% %(cases)s, l, gen_random_uuid(), 'initial_contact', 'Make first contact',
              'promise', 'within_working_days:5', 'successful_contact', '4.2', 'XX-001', '', false, 'running',
              now() - interval '3 days', now() + n * interval '20 seconds' + interval '1 day',
              now() + n * interval '20 seconds' + interval '6 hours',
              now() + n * interval '20 seconds' + interval '3 days',
              now() + n * interval '20 seconds' + interval '6 hours', false, '{}', 'england_and_wales 1'
       FROM generate_series(1, %(landlords)s) l, generate_series(1, %(clocks)s / %(landlords)s) n""",
    "VACUUM ANALYZE cases_deadline",
    "VACUUM ANALYZE cases_case",
)
FALL_DUE = """
UPDATE cases_deadline SET due_at = now() - interval '1 minute', amber_at = now() - interval '1 day',
       next_sweep_at = now() - interval '1 minute'
WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY landlord_id ORDER BY id) AS place
                             FROM cases_deadline) d WHERE place <= %(due)s / %(landlords)s)
"""
EVENTS = """
INSERT INTO timeline_event (landlord_id, sequence, case_id, subject_type, subject_id, verb, payload, actor_name,
                            occurred_at, recorded_at, previous_hash, hash)
SELECT %(landlord)s, 0, n, 'deadline', n, 'promise_missed', '{"label": "Make first contact", "clause": "4.2"}', 'Clock',
       %(now)s, %(now)s, '', '' FROM generate_series(1, %(batch)s) n
"""
COUNT = """
SELECT (SELECT count(*) FROM cases_breach), (SELECT count(*) FROM timeline_notification),
       (SELECT count(*) FROM timeline_event)
"""


def measure(clocks: int) -> list[Line]:
    """The sweep as the worker runs it; the chained timeline rows are timed apart, as many and in such batches."""
    with fresh("sweep") as owner:
        due = int(clocks * DUE_SHARE)
        sizes = {"landlords": LANDLORDS, "cases": CASES, "clocks": clocks}
        for statement in FILL_LANDLORDS:
            owner.execute(statement, sizes)
        for landlord_id in range(1, LANDLORDS + 1):
            _open_cases(landlord_id)
        for statement in FILL_CLOCKS:
            owner.execute(statement, sizes)
        idle = median_ms(_sweep)
        owner.execute(FALL_DUE, {"due": due, "landlords": LANDLORDS})
        owner.execute("VACUUM ANALYZE cases_deadline")
        took = seconds(_sweep)
        breaches, notifications, events = _counted(owner)
        if (breaches, notifications, events) != (due, due, due):
            raise RuntimeError(f"{due} were due; found {breaches}, told {notifications}, recorded {events}")
        chained = seconds(lambda: _record(due))
        _check_recorded(owner, 2 * due)
        return _lines(clocks, due, idle, took, chained)


def _lines(clocks: int, due: int, idle: float, took: float, chained: float) -> list[Line]:
    rows = 3 * due
    return [
        Line("Open clocks", clocks, "clocks"),
        Line("Sweep with nothing due", idle, "ms", 5),
        Line("Fallen due at once", due, "clocks"),
        Line(
            "Sweep: clocks, misses, notifications",
            rows / (took - chained),
            "rows a second",
            10_000,
            at_least=True,
        ),
        Line("Timeline rows, chained, alone", due / chained, "rows a second"),
        Line("Sweep: all rows with the timeline", (rows + due) / took, "rows a second"),
        Line("Sweep of everything due", took, "s"),
    ]


@transaction.atomic
def _open_cases(landlord_id: int) -> None:
    """Cases for the clocks to hang on; their ids are what the clocks are spread over."""
    with landlord_scope(landlord_id):
        Case.objects.bulk_create(
            Case(
                id=landlord_id * FIRST_ID + number,
                landlord_id=landlord_id,
                reference=f"XX-{number}",
                title="Noise",
                route="asb",
                level="a",
                team_id=landlord_id,
                policy_id=landlord_id,
                behaviours=["noise"],
                opened_at=clock.now(),
            )
            for number in range(1, CASES + 1)
        )


def _sweep() -> None:
    for landlord_id in landlords_with_clocks_due():
        sweep_landlord(landlord_id)


def _counted(owner: Owner) -> tuple[int, int, int]:
    breaches, notifications, events = owner.execute(COUNT).fetchone() or (0, 0, 0)
    return breaches, notifications, events


def _check_recorded(owner: Owner, expected: int) -> None:
    """The rows timed apart must be as many as the sweep wrote, or taking their time off says nothing."""
    events = _counted(owner)[2]
    if events != expected:
        raise RuntimeError(f"{expected} timeline rows were to be there; found {events}")


def _record(events: int) -> None:
    """As many events for each landlord as it has clocks due, in batches as large as the sweep's."""
    for landlord_id in range(1, LANDLORDS + 1):
        left = events // LANDLORDS
        while left > 0:
            _record_batch(landlord_id, min(left, BATCH))
            left -= BATCH


@transaction.atomic
def _record_batch(landlord_id: int, size: int) -> None:
    with landlord_scope(landlord_id), connection.cursor() as cursor:
        cursor.execute(EVENTS, {"landlord": landlord_id, "batch": size, "now": clock.now()})
