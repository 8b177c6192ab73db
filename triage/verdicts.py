"""What the rules say of a report, before it is put into words."""

from dataclasses import dataclass
from typing import Literal, cast

from policies.schema import Policy
from triage.schema import (
    ROUTES,
    Allocation,
    Behaviour,
    Outcome,
    Raise,
    Route,
    RouteHandling,
    Scope,
    TriageSection,
)

Severity = tuple[int, int]
"""Place of the route, then of the level; smaller is more serious."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One rule that applies and what it would make of the report. ``behaviour`` is None for a raise."""

    rule: Outcome | Raise
    route: Route
    level: str | None
    severity: Severity
    behaviour: Behaviour | None

    @property
    def protects(self) -> bool:
        return isinstance(self.rule, Raise) and self.rule.protects


@dataclass(frozen=True, slots=True)
class Verdict:
    """What won, with every candidate, most serious first.

    ``scope`` sent the report away; ``overruled`` would have, had no protecting fact held.
    """

    route: Route
    level: str | None
    team: str
    candidates: tuple[Candidate, ...]
    allocation: Allocation | None = None
    scope: Scope | None = None
    overruled: Scope | None = None


def candidate_of(rule: Outcome | Raise, policy: Policy, behaviour: Behaviour | None = None) -> Candidate:
    route: Route = rule.route if isinstance(rule, Outcome) else "asb"
    return Candidate(rule, route, rule.level, severity_of(route, rule.level, policy), behaviour)


def severity_of(route: Route, level: str | None, policy: Policy) -> Severity:
    return ROUTES.index(route), 0 if level is None else policy.rank(level)


def handling_of(route: Route, policy: Policy) -> RouteHandling:
    """Raises KeyError for ``asb``, which levels and allocation handle."""
    other = cast("Literal['good_neighbourhood', 'refer', 'not_asb', 'out_of_scope']", route)
    return policy.section(TriageSection).routes[other]
