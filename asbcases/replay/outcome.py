"""What a chronology came to: cases, clocks, what is still owed, what was refused, what was prompted."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q

from asbcases.replay.stage import Stage
from asbcases.replay.verbs.base import Event
from cases.choices import DeadlineState
from cases.gates.engine import GateRefused, Reason
from cases.models import Case, Deadline
from cases.selectors.evidence import rules_of, unreviewed
from landlords.permissions import OurRule, Refused
from policies.selectors import policy_of
from policies.working_time import LONDON, utc_text
from timeline import clock
from triage.services import InvalidReport

Row = dict[str, Any]


@dataclass(frozen=True)
class Turned:
    """An event that was refused, with every reason."""

    event: int
    at: str
    do: str
    reasons: list[Row]


@dataclass(frozen=True)
class Answer:
    """Everything the command prints, as plain data. Numbers of cases and reports count from 1, of events from 0."""

    landlord: str
    policy_version: int
    until: str
    cases: list[Row]
    reports: list[Row]
    deadlines: list[Row]
    outstanding: list[Row]
    impossible: list[Row]
    refused: list[Row]
    prompts: list[Row]

    def as_json(self) -> Row:
        return asdict(self)


def turned_down(number: int, event: Event, refused: Refused | InvalidReport) -> Turned:
    return Turned(number, utc_text(event.at), event.do, list(_reasons(refused)))


def _reasons(refused: Refused | InvalidReport) -> Iterator[Row]:
    """A gate says which clause stands behind it; other refusals have none."""
    if isinstance(refused, GateRefused):
        yield from map(_reason_of_gate, refused.looked.unmet)
        return
    texts = refused.reasons if isinstance(refused, Refused) else [one.message for one in refused.mistakes]
    for text in texts:
        ours = isinstance(text, OurRule)
        yield {"text": str(text), "words": "", "clause": None, "clause_id": None, "ours": ours}


def _reason_of_gate(reason: Reason) -> Row:
    return {
        "text": reason.text,
        "words": reason.words,
        "clause": reason.clause or None,
        "clause_id": reason.clause_id or None,
        "ours": reason.ours,
    }


def answer_of(stage: Stage, refused: Iterable[Turned]) -> Answer:
    """As everything stands now. Clocks that were replaced or stopped are left out, unless they were missed."""
    clocks = sorted(_clocks(stage), key=lambda one: _place(stage, one))
    return Answer(
        landlord=stage.landlord.key,
        policy_version=stage.policy.version,
        until=utc_text(clock.now()),
        cases=[_case(number, stage.numbered(number)) for number in range(1, len(stage.cases) + 1)],
        reports=_reports(stage),
        deadlines=[_deadline(stage, one) for one in clocks if one.due_at is not None],
        outstanding=[
            *(_outstanding(stage, one) for one in clocks if _is_outstanding(one)),
            *_evidence_not_looked_at(stage),
        ],
        impossible=[_impossible(stage, one) for one in clocks if one.state == DeadlineState.IMPOSSIBLE],
        refused=[asdict(one) for one in refused],
        prompts=_prompts(stage),
    )


def _clocks(stage: Stage) -> Iterable[Deadline]:
    reports = [told.report.pk for told in stage.reports]
    found = Deadline.objects.filter(Q(case__in=stage.cases) | Q(report__in=reports))
    found = found.exclude(state=DeadlineState.WITHDRAWN, breached_at__isnull=True)
    return found.select_related("person").order_by("pk")


def _place(stage: Stage, deadline: Deadline) -> tuple[datetime.datetime, datetime.datetime, str, int, str]:
    """In time order; what falls due together by kind, case and name, so that equal accounts read alike."""
    name = deadline.person.name if deadline.person else ""
    number = stage.number_of(deadline.case_id) or 0
    return deadline.due_at or deadline.start_at, deadline.start_at, deadline.kind, number, name


def _case(number: int, case: Case) -> Row:
    return {
        "number": number,
        "reference": case.reference,
        "route": case.route,
        "level": case.level or None,
        "level_label": case.level_label or None,
        "team": case.team.key,
        "state": case.status,
        "closing_ground": case.closing_ground or None,
    }


def _reports(stage: Stage) -> list[Row]:
    return [
        {
            "number": told.number,
            "event": told.event,
            "reference": told.report.reference,
            "route": told.report.decision["route"],
            "case": _case_number(stage, told.report.pk),
        }
        for told in stage.reports
    ]


def _case_number(stage: Stage, report_id: int) -> int | None:
    case = Case.objects.filter(incidents__report_id=report_id).first()
    return stage.number_of(case.pk) if case else None


def _owed(stage: Stage, deadline: Deadline) -> Row:
    number = next((told.number for told in stage.reports if told.report.pk == deadline.report_id), None)
    return {
        "case": stage.number_of(deadline.case_id),
        "person": deadline.person.name if deadline.person else None,
        "report": number,
    }


def _source(deadline: Deadline) -> Row:
    return {"clause": deadline.clause or None, "clause_id": deadline.clause_id or None}


def _deadline(stage: Stage, deadline: Deadline) -> Row:
    return {
        **_owed(stage, deadline),
        "kind": deadline.kind,
        "label": deadline.label,
        "start_at": _instant(deadline.start_at),
        "due_at": _instant(deadline.due_at),
        "met_at": _instant(deadline.met_at),
        "breached_at": _instant(deadline.breached_at),
        "basis": deadline.basis,
        "state": deadline.state,
        **_source(deadline),
    }


def _is_outstanding(deadline: Deadline) -> bool:
    return deadline.due_at is None and deadline.state == DeadlineState.RUNNING


def _outstanding(stage: Stage, deadline: Deadline) -> Row:
    return {
        **_owed(stage, deadline),
        "duty": deadline.kind,
        "label": deadline.label,
        "since": _instant(deadline.start_at),
        "age_days": _days_since(deadline.start_at),
        "basis": deadline.basis,
        **_source(deadline),
    }


def _evidence_not_looked_at(stage: Stage) -> Iterator[Row]:
    """One row for each piece, of the kinds that the policy wants looked at."""
    for number in range(1, len(stage.cases) + 1):
        case = stage.numbered(number)
        rule = rules_of(policy_of(case.policy)).review
        for one in unreviewed(case, of=rule.of).select_related("person"):
            yield {
                "case": number,
                "person": one.person.name if one.person else None,
                "report": None,
                "duty": "evidence_review",
                "label": rule.text,
                "since": _instant(one.received_at),
                "age_days": _days_since(one.received_at),
                "basis": "reminder" if rule.interpretation else "promise",
                "clause": rule.clause,
                "clause_id": rule.clause_id,
            }


def _days_since(moment: datetime.datetime) -> int:
    return (clock.now().astimezone(LONDON).date() - moment.astimezone(LONDON).date()).days


def _impossible(stage: Stage, deadline: Deadline) -> Row:
    owed = _owed(stage, deadline)
    return {**owed, "kind": deadline.kind, "label": deadline.label, **_source(deadline)}


def _prompts(stage: Stage) -> list[Row]:
    """In the order they came up: what triage said to do at once, and what came up later."""
    found = [*_of_triage(stage), *_noticed(stage)]
    return sorted(found, key=lambda row: str(row["at"]))


def _of_triage(stage: Stage) -> Iterator[Row]:
    for told in stage.reports:
        case = _case_number(stage, told.report.pk)
        for prompt in told.report.decision["prompts"]:
            yield {
                "at": _instant(told.report.created_at),
                "case": case,
                "report": told.number,
                "key": prompt["key"],
                "text": prompt["text"],
                "clause": prompt["clause"],
                "clause_id": prompt["clause_id"],
                "interpretation": prompt["interpretation"],
            }


def _noticed(stage: Stage) -> Iterator[Row]:
    for one in stage.noticed:
        yield {
            "at": _instant(one.at),
            "case": stage.number_of(one.case_id),
            "report": None,
            "key": one.key,
            "text": one.text,
            "clause": one.rule.clause,
            "clause_id": one.rule.clause_id,
            "interpretation": one.rule.interpretation,
        }


def _instant(moment: datetime.datetime | None) -> str | None:
    return utc_text(moment) if moment else None
