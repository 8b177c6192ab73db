"""What a merge would do to the clocks, worked out before it is done and told as it will be."""

import datetime
from dataclasses import dataclass

from cases.choices import DeadlineState
from cases.confided import known_on
from cases.models import Case, Deadline
from cases.schema import PER_REPORT

FAR_OFF = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Line:
    """One duty to one person: the clock of each case, either of which may be missing, and the one that stays."""

    mine: Deadline | None
    theirs: Deadline | None
    kept: Deadline

    @property
    def dropped(self) -> Deadline | None:
        return next((one for one in (self.mine, self.theirs) if one and one.pk != self.kept.pk), None)


def arithmetic(source: Case, target: Case) -> list[Line]:
    """Running clocks of both. Owed to one person once a case: the earlier due stays, and where neither has a date,
    the earlier start. What every report starts anew runs on for each report (Ruling 2).
    """
    mine, theirs = _running(source), _running(target)
    others = {(one.person_id, one.kind): one for one in theirs if _once(one)}
    lines, paired = [], set[int]()
    for one in mine:
        other = others.pop((one.person_id, one.kind), None) if _once(one) else None
        lines.append(Line(one, other, min((one, other), key=_earliest) if other else one))
        paired |= {other.pk} if other else set()
    return lines + [Line(None, one, one) for one in theirs if one.pk not in paired]


def _once(deadline: Deadline) -> bool:
    """Also the first contact of somebody who was added: no report of theirs started it."""
    of_report = deadline.kind in PER_REPORT and deadline.report_id is not None
    return deadline.person_id is not None and not of_report


def _earliest(deadline: Deadline) -> tuple[datetime.datetime, datetime.datetime, int]:
    return deadline.due_at or FAR_OFF, deadline.start_at, deadline.pk


def _running(case: Case) -> list[Deadline]:
    found = case.deadlines.filter(state=DeadlineState.RUNNING).select_related("person", "report")
    return known_on(case, found.order_by("due_at", "start_at", "id"))
