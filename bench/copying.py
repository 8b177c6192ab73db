"""Many cases from few: cases lived through by the demonstration, copied with everything that hangs on them.

Copies get their own people, references and, where they are closed, their own dates; ids move by a fixed step
for each copy, so that what belonged together still does.
"""

from typing import LiteralString

from psycopg import sql

from bench.database import Owner
from cases.search import _INDEX as INDEX

STEP = 100_000
OPEN_SHARE = 0.08
"""Of a landlord's cases at any time; the others are closed or joined."""
OLDEST = 900
"""Days by which copies of closed cases are moved back, at most."""
TRIGGERS = {"cases_case": "legal_moves", "timeline_event": "chain"}
"""What would refuse, or take long over, rows that are only for measuring."""
MOVED = frozenset(
    {"id", "case_id", "person_id", "report_id", "reporter_id", "complainant_id", "deadline_id", "replaced_by_id",
     "joined_to_id", "event_id", "subject_id", "plan_id", "evidence_id", "incident_id"}
)  # fmt: skip
SPECIAL: dict[str, LiteralString] = {
    "reference": "left(t.reference, 3) || upper(substr(md5(t.id || '/' || p.copy), 1, 5) || '-' ||"
    " substr(md5(t.id || '-' || p.copy), 1, 5))",
    "once_key": "t.once_key || '/' || p.copy",
    "sequence": "1000000 + row_number() OVER ()",
    "owner_id": "CASE WHEN t.owner_id IS NOT NULL THEN p.owner_id END",
    "search": "NULL",
    "payload": "CASE WHEN t.payload ? 'person_id' THEN jsonb_set(t.payload, '{person_id}',"
    f" to_jsonb((t.payload->>'person_id')::bigint + p.copy * {STEP})) ELSE t.payload END",
}
NAMES = ("name", "name_key")
BY_CASE: LiteralString = "JOIN bench_plan p ON p.case_id = t.case_id"
BELONGS: dict[str, LiteralString] = {
    "cases_case": "JOIN bench_plan p ON p.case_id = t.id",
    "cases_person": "JOIN (SELECT person_id, min(case_id) AS case_id FROM cases_party GROUP BY 1) y"
    " ON y.person_id = t.id JOIN bench_plan p ON p.case_id = y.case_id",
    "cases_report": "JOIN cases_incident i ON i.report_id = t.id JOIN bench_plan p ON p.case_id = i.case_id",
    "cases_party": BY_CASE,
    "cases_incident": BY_CASE,
    "cases_contact": BY_CASE,
    "cases_note": BY_CASE,
    "cases_categorisation": BY_CASE,
    "cases_decision": BY_CASE,
    "cases_deadline": BY_CASE,
    **{
        f"cases_{one}": BY_CASE
        for one in ("notice", "approval", "request", "mailing", "referral", "sharing", "evidence")
    },
    "cases_evidencereview": "JOIN cases_evidence v ON v.id = t.evidence_id JOIN bench_plan p ON p.case_id = v.case_id",
    "riskmatrix_assessment": BY_CASE,
    "riskmatrix_consent": BY_CASE,
    "actionplans_plan": BY_CASE,
    "actionplans_action": "JOIN actionplans_plan n ON n.id = t.plan_id JOIN bench_plan p ON p.case_id = n.case_id",
    "actionplans_tooluse": BY_CASE,
    "cases_breach": "JOIN cases_deadline d ON d.id = t.deadline_id JOIN bench_plan p ON p.case_id = d.case_id",
    "timeline_event": BY_CASE,
    "timeline_eventtext": "JOIN timeline_event e ON e.id = t.event_id JOIN bench_plan p ON p.case_id = e.case_id",
    "timeline_notification": BY_CASE,
}
COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position
"""
EVERY_CASE = INDEX.replace("WHERE c.id = %s", "WHERE c.search IS NULL")
OFFICERS = """
CREATE TEMPORARY TABLE bench_officers AS
SELECT landlord_id, array_agg(id ORDER BY id) AS ids FROM landlords_membership
WHERE role IN ('officer', 'specialist') GROUP BY 1
"""
PLAN = """
CREATE TEMPORARY TABLE bench_plan AS
WITH sized AS (
    SELECT c.id AS case_id, c.landlord_id, leader.status IN ('new', 'in_hand') AS open
    FROM cases_case c JOIN cases_case leader ON leader.id = coalesce(c.joined_to_id, c.id)
), counted AS (
    SELECT landlord_id, count(*) FILTER (WHERE open) AS open, count(*) FILTER (WHERE NOT open) AS closed
    FROM sized GROUP BY 1
)
SELECT s.case_id, copy, o.ids[1 + (s.case_id + copy) %% cardinality(o.ids)] AS owner_id,
       make_interval(days => CASE WHEN s.open THEN 0 ELSE copy * 37 %% %(oldest)s END) AS back
FROM sized s JOIN counted n USING (landlord_id) JOIN bench_officers o USING (landlord_id)
CROSS JOIN LATERAL generate_series(1, CASE WHEN s.open THEN ceil(%(cases)s * %(share)s / n.open)
                                           ELSE ceil(%(cases)s * (1 - %(share)s) / n.closed) END::int - 1) copy
"""


def copy_cases(owner: Owner, *, cases: int, first: list[str], last: list[str]) -> None:
    """Bring each landlord to about so many cases, then make them findable and tell the planner about them."""
    owner.execute(OFFICERS)
    owner.execute(PLAN, {"oldest": OLDEST, "cases": cases, "share": OPEN_SHARE})
    owner.execute("ANALYZE bench_plan")
    for table in BELONGS:
        _copy(owner, table, _name(first, last))
        owner.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
    owner.execute(EVERY_CASE)
    owner.execute("VACUUM FULL cases_case")  # one update of every row leaves as much waste as years of work
    for table in BELONGS:
        owner.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table)))


def _copy(owner: Owner, table: str, name: sql.Composable) -> None:
    columns = owner.execute(COLUMNS, [table]).fetchall()
    values = [_value(table, column, kind, name) for column, kind in columns]
    _triggers(owner, table, "DISABLE")
    owner.execute(
        sql.SQL("INSERT INTO {table} ({columns}) SELECT {values} FROM {table} t {belongs}").format(
            table=sql.Identifier(table),
            columns=sql.SQL(", ").join(sql.Identifier(column) for column, _ in columns),
            values=sql.SQL(", ").join(values),
            belongs=sql.SQL(BELONGS[table]),
        )
    )
    _triggers(owner, table, "ENABLE")


def _value(table: str, column: str, kind: str, name: sql.Composable) -> sql.Composable:
    if table == "cases_person" and column in NAMES:
        return name if column == "name" else sql.SQL("lower({})").format(name)
    if kind == "uuid":
        return sql.SQL("gen_random_uuid()")
    if column in SPECIAL:
        return sql.SQL(SPECIAL[column])
    there = sql.SQL("t.{}").format(sql.Identifier(column))
    if column in MOVED:
        return sql.SQL("{} + p.copy * {}").format(there, sql.Literal(STEP))
    return sql.SQL("{} - p.back").format(there) if kind.startswith("timestamp") else there


def _name(first: list[str], last: list[str]) -> sql.Composable:
    """One of some thousands of names, so that a search finds a few people and not a crowd."""
    word = sql.SQL("({words}::text[])[1 + (t.id * {stride} + p.copy) % {number}]")
    parts = [
        word.format(words=sql.Literal(words), stride=sql.Literal(stride), number=sql.Literal(len(words)))
        for words, stride in ((first, 7), (last, 13))
    ]
    return sql.SQL(" || ' ' || ").join(parts)


def _triggers(owner: Owner, table: str, what: LiteralString) -> None:
    if table in TRIGGERS:
        statement = sql.SQL("ALTER TABLE {} {} TRIGGER {}")
        names = sql.Identifier(table), sql.SQL(what), sql.Identifier(TRIGGERS[table])
        owner.execute(statement.format(*names))
