"""What governs the clocks of a case, and when one rule falls due. Pure apart from the policy handed in."""

import datetime
from dataclasses import dataclass
from typing import Any, Self

from cases.schema import PER_REPORT, DeadlineRule, DeadlinesSection
from policies.rules import EveryCalendarDays, NoTimeStated, Rule, WhenAgreed, parse_rule
from policies.schema import Policy
from policies.working_time import Due, amber_at, due, escalate_at

ONE_SECOND = datetime.timedelta(seconds=1)


@dataclass(frozen=True)
class Governing:
    """The policy and the standing of a case under it; together they say which rules run."""

    policy: Policy
    route: str
    level: str
    team: str
    domestic_abuse: bool = False

    def rules(self) -> list[DeadlineRule]:
        return self.policy.section(DeadlinesSection).for_case(
            route=self.route, level=self.level or None, team=self.team, domestic_abuse=self.domestic_abuse
        )

    def per_report(self) -> list[DeadlineRule]:
        """Those every report starts anew (decision 10)."""
        return [
            rule for rule in self.rules() if rule.kind in PER_REPORT and rule.start in ("received", "opened")
        ]

    def per_complainant(self) -> list[DeadlineRule]:
        """Those owed once to each complainant of a case, from when they come to it."""
        return [
            rule
            for rule in self.rules()
            if rule.kind not in PER_REPORT and rule.start in ("received", "opened")
        ]

    def for_newcomer(self) -> list[DeadlineRule]:
        """Those that start because somebody is put on the case who has not reported."""
        return [rule for rule in self.rules() if rule.start == "added"]

    def rule_of(self, kind: str, *, added: bool = False) -> DeadlineRule | None:
        """``added``: the rule for somebody who came to the case without a report, where the kind has one of its own."""
        added = added and kind in PER_REPORT
        found = (rule for rule in self.rules() if rule.kind == kind)
        return next((rule for rule in found if (rule.start == "added") == added), None)


@dataclass(frozen=True)
class Times:
    """The instants (UTC) of one clock; all empty for a duty without a time."""

    due: Due | None = None
    amber_at: datetime.datetime | None = None
    escalate_at: datetime.datetime | None = None

    @classmethod
    def kept(
        cls,
        receipt: dict[str, Any],
        amber_at: datetime.datetime | None,
        escalate_at: datetime.datetime | None,
    ) -> Self:
        """The times of a clock as they were stored with it."""
        return cls(Due.from_json(receipt), amber_at, escalate_at)

    @property
    def due_at(self) -> datetime.datetime | None:
        return self.due.due_at if self.due else None

    def receipt(self) -> dict[str, Any]:
        return self.due.as_json() if self.due else {}

    @property
    def calendar_version(self) -> str:
        return f"{self.due.nation} {self.due.calendar_version}" if self.due else ""


def rule_with(rule: DeadlineRule, agreed_days: int | None) -> Rule:
    """The rule's own time, or the interval agreed with the complainant where the policy lets that replace it."""
    parsed = parse_rule(rule.due)
    if agreed_days and (rule.unless_agreed or isinstance(parsed, WhenAgreed)):
        return EveryCalendarDays(agreed_days)
    return parsed


def times(rule: Rule, started_at: datetime.datetime, policy: Policy, *, started: str = "") -> Times:
    """When a clock warns, falls due and is escalated. Raises OutsideCalendar past the calendar's last year."""
    if isinstance(rule, WhenAgreed | NoTimeStated):
        return Times()
    worked_out = due(rule, started_at, policy.calendar, policy.core.day_ends, started=started)
    return Times(
        worked_out,
        amber_at(rule, worked_out.due_at, policy.calendar),
        escalate_at(worked_out.due_at, policy.calendar),
    )


def no_later_than(new: Times, limit: Times) -> Times:
    """The earlier of the two: raising a level never makes a date later (decision 13)."""
    if new.due is None or (limit.due_at is not None and limit.due_at < new.due.due_at):
        return limit
    return new
