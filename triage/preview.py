"""Which clocks a decision starts on receipt, and when they run out. Pure: nothing is stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.schema import OWED_TO_A_PERSON, DeadlineRule, DeadlinesSection
from policies.rules import DatelessRule, parse_dated_rule, parse_rule
from policies.schema import Policy
from policies.working_time import Due, due, instant_due
from triage.decisions import Decision
from triage.facts import Facts
from triage.schema import OPENS_A_CASE, Route

FROM_RECEIPT = frozenset({"received", "opened"})
"""A case is opened by the report that starts it, so its clocks run from receipt."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline that starts on receipt."""

    rule: DeadlineRule
    due: Due

    @property
    def explanation(self) -> str:
        """How the date was counted, and why from this moment where the document does not say."""
        if self.rule.start_why is None:
            return self.due.explanation
        return f"{self.due.explanation}. Counted from receipt by our reading: {self.rule.start_why}"

    def as_json(self) -> dict[str, Any]:
        counted = self.due.as_json()
        return {
            "kind": self.rule.kind,
            "due_at": counted["due_at"],
            "due_local": counted["due_local"],
            "basis": self.rule.basis,
            "interpretation": self.rule.interpretation,
            "clause": self.rule.clause,
            "clause_id": self.rule.clause_id,
            "explanation": self.explanation,
        }


@dataclass(frozen=True, slots=True)
class Preview:
    """``undated`` duties have no time, or one to be agreed; ``impossible`` ones are owed to nobody known."""

    clocks: tuple[Clock, ...]
    undated: tuple[DeadlineRule, ...]
    impossible: tuple[DeadlineRule, ...]


def preview_deadlines(decision: Decision, facts: Facts, policy: Policy) -> Preview:
    """Sorted by due, then kind; reminders included. Raises OutsideCalendar past the calendar's last year."""
    rules = starting_rules(
        decision.route, decision.level, decision.team, policy, domestic_abuse=facts.domestic_abuse
    )
    impossible = tuple(rule for rule in rules if facts.anonymous and rule.met_by in OWED_TO_A_PERSON)
    owed = [rule for rule in rules if rule not in impossible]
    clocks = [_clock(rule, facts.received_at, policy) for rule in owed if is_dated(rule)]
    return Preview(
        clocks=tuple(sorted(clocks, key=lambda clock: (clock.due.due_at, clock.rule.kind))),
        undated=tuple(rule for rule in owed if not is_dated(rule)),
        impossible=impossible,
    )


def starting_rules(
    route: Route, level: str | None, team: str, policy: Policy, *, domestic_abuse: bool
) -> list[DeadlineRule]:
    """A proposal waits for a named person: no promise starts meanwhile, but a reminder does (decision 2)."""
    rules = policy.section(DeadlinesSection).for_case(
        route=route, level=level, team=team, domestic_abuse=domestic_abuse
    )
    return [rule for rule in rules if rule.start in FROM_RECEIPT and can_start(rule, route)]


def can_start(rule: DeadlineRule, route: Route) -> bool:
    return route in OPENS_A_CASE or rule.basis == "reminder"


def first_promise(rules: Iterable[DeadlineRule], received: datetime, policy: Policy) -> datetime | None:
    """When the first promise among the rules runs out (UTC); None where nothing dated is promised."""
    return min(
        (
            instant_due(parse_dated_rule(rule.due), received, policy.calendar, policy.core.day_ends)
            for rule in rules
            if rule.basis == "promise" and is_dated(rule)
        ),
        default=None,
    )


def is_dated(rule: DeadlineRule) -> bool:
    return not isinstance(parse_rule(rule.due), DatelessRule)


def _clock(rule: DeadlineRule, received: datetime, policy: Policy) -> Clock:
    return Clock(rule, due(parse_dated_rule(rule.due), received, policy.calendar, policy.core.day_ends))
