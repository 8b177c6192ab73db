"""How many promises were kept in time, this month and last. Reminders are never counted.

A promise belongs to the month it fell due. One that was replaced, or could not be kept for anybody, counts only
if it had been missed before: a miss stays. One confirmed as recorded late counts as met.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, FilteredRelation, Q, QuerySet, Value, When

from cases.choices import Basis, DeadlineState
from cases.clocks import ONE_SECOND
from cases.models import Deadline
from cases.schema import DeadlinesSection
from policies.schema import Policy
from policies.working_time import LONDON, localise
from reporting.reach import Reach
from timeline import clock

MIDNIGHT = datetime.time(0, 0)
THIS, LAST = "this", "last"


@dataclass(frozen=True)
class Figure:
    """``missed`` includes those explained."""

    met: int = 0
    missed: int = 0
    explained: int = 0

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.met + other.met, self.missed + other.missed, self.explained + other.explained)

    @property
    def total(self) -> int:
        return self.met + self.missed

    @property
    def percent(self) -> int | None:
        """Rounded, but neither 100 with a miss nor 0 with one met; None where there was nothing to keep."""
        if not self.total:
            return None
        if not self.met or not self.missed:
            return 100 if self.met else 0
        return min(99, max(1, (200 * self.met + self.total) // (2 * self.total)))


@dataclass(frozen=True)
class Line:
    """One row of a table of figures."""

    label: str
    this: Figure
    last: Figure


@dataclass(frozen=True)
class Figures:
    """The same promises three times over: by what was promised, by level, by team."""

    this_month: datetime.date
    last_month: datetime.date
    by_kind: list[Line]
    by_level: list[Line]
    by_team: list[Line]
    whole: Line


Row = dict[str, Any]


def met_in_time(reach: Reach, policy: Policy) -> Figures:
    """One query over the promises due in these two months, up to now."""
    this, last = _months()
    rows = list(_grouped(reach, this, last))
    labels: dict[str, str] = {
        rule.kind: rule.label for rule in reversed(policy.section(DeadlinesSection).deadlines)
    }
    levels: dict[str, str] = {level.key: level.label for level in policy.core.levels}
    return Figures(
        this_month=this,
        last_month=last,
        by_kind=_lines(rows, lambda row: labels.get(row["kind"], str(row["label"])), list(labels.values())),
        by_level=_lines(
            rows, lambda row: levels.get(row["level"], str(row["level_label"] or "")), list(levels.values())
        ),
        by_team=_lines(rows, lambda row: row["team_label"], []),
        whole=_line("", rows),
    )


def _months() -> tuple[datetime.date, datetime.date]:
    """The first days of this month and of the last, in London."""
    this = clock.now().astimezone(LONDON).date().replace(day=1)
    return this, (this - datetime.timedelta(days=1)).replace(day=1)


def _grouped(reach: Reach, this: datetime.date, last: datetime.date) -> QuerySet[Deadline, Any]:
    opens, begins, ends = (localise(day, MIDNIGHT) for day in (last, this, _after(this)))
    month = Case(When(due_at__gte=begins, then=Value(THIS)), default=Value(LAST), output_field=CharField())
    missed_then = FilteredRelation(
        "breaches", condition=Q(breaches__due_at__gte=opens, breaches__due_at__lt=ends)
    )
    due = Deadline.objects.filter(
        _settled(), reach.of_team("team_id"), basis=Basis.PROMISE, due_at__gte=opens, due_at__lt=ends
    )
    grouped = (
        due.annotate(month=month, breach=missed_then)
        .order_by()
        .values(
            "month",
            "kind",
            "label",
            level=F("case__level"),
            level_label=F("case__level_label"),
            team_label=F("team__label"),
        )
    )
    met, explained = _met(), Q(breach__explained_at__isnull=False)
    return grouped.annotate(
        met=Count("pk", filter=met),
        missed=Count("pk", filter=~met),
        explained=Count("pk", filter=~met & explained),
    )


def _settled() -> Q:
    """Kept or missed by now; what still runs in time, was replaced in time or was impossible is neither."""
    ran_out = Q(state=DeadlineState.RUNNING, due_at__lte=clock.now() - ONE_SECOND)
    return Q(state=DeadlineState.MET) | Q(breached_at__isnull=False) | ran_out


def _met() -> Q:
    """At most one breach belongs to a deadline, since what it is due never changes."""
    in_time = Q(state=DeadlineState.MET, breached_at__isnull=True, met_at__lt=F("due_at") + ONE_SECOND)
    return in_time | Q(breach__confirmed_at__isnull=False)


def _after(month: datetime.date) -> datetime.date:
    return (month + datetime.timedelta(days=32)).replace(day=1)


def _lines(rows: list[Row], label_of: Callable[[Row], str], order: list[str]) -> list[Line]:
    """Rows under each label, in the order of the policy, then by name."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(label_of(row), []).append(row)
    places = {label: number for number, label in reversed(list(enumerate(order)))}
    return [
        _line(label, found[label])
        for label in sorted(found, key=lambda label: (places.get(label, len(order)), label))
    ]


def _line(label: str, rows: Iterable[Row]) -> Line:
    sums = {THIS: Figure(), LAST: Figure()}
    for row in rows:
        sums[row["month"]] += Figure(row["met"], row["missed"], row["explained"])
    return Line(label, sums[THIS], sums[LAST])
