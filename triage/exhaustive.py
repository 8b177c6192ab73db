"""The engine's answer for every combination of facts at once, rule by rule and without words.

It follows :func:`triage.engine.judge` step by step on sets of combinations instead of on one report; the
tests hold the two to each other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from policies.schema import Policy
from triage.combinations import Class, Space
from triage.engine import judge
from triage.facts import BEHAVIOURS, FACT_NAMES
from triage.rules import NOTHING
from triage.schema import Applies, Route, TriageSection
from triage.verdicts import Severity, handling_of, severity_of

Behaviours = frozenset[str]


class Result(NamedTuple):
    """Where a report ends up."""

    route: Route
    level: str | None
    team: str


class Firing(NamedTuple):
    """A candidate rule, by its path in the file, and the combinations in which it applies."""

    path: str
    result: tuple[Route, str | None]
    severity: Severity
    where: int


@dataclass
class Tally:
    """Which rules, by path, ever applied and which ever made a difference."""

    applied: set[str]
    decided: set[str]

    def note(self, path: str, applies: int, decides: int) -> None:
        if applies:
            self.applied.add(path)
        if decides:
            self.decided.add(path)


def rules_of(triage: TriageSection) -> Iterator[tuple[str, Applies]]:
    """Every conditional rule of the file with its path."""
    for key, behaviour in {**triage.behaviours, "": triage.unknown_behaviour}.items():
        path = f"behaviours.{key}" if key else "unknown_behaviour"
        for number, outcome in enumerate(behaviour.outcomes):
            yield f"{path}.outcomes[{number}]", outcome
    for part in ("scope", "raises", "allocation", "prompts"):
        for number, rule in enumerate(getattr(triage, part)):
            yield f"{part}[{number}]", rule


def behaviour_sets() -> Iterator[Behaviours]:
    """Each behaviour, no behaviour named, each pair of behaviours: the plainest reports first."""
    for size in (1, 0, 2):
        yield from map(frozenset, combinations(BEHAVIOURS, size))


class Exhaustive:
    """The answers of one policy, kept per set of behaviours."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.triage = policy.section(TriageSection)
        self.rules = dict(rules_of(self.triage))
        self.space = Space(self.rules.values())
        self.tally = Tally(set(), set())
        self._results: dict[Behaviours, dict[Result, int]] = {}

    def possible(self, behaviours: Behaviours) -> int:
        """The combinations that a report of these behaviours can have: a hate incident is perceived hate."""
        if "hate_incident" in behaviours:
            return self.space.everything & self.space.having("hate_perceived", (True,))
        return self.space.everything

    def results(self, behaviours: Behaviours) -> dict[Result, int]:
        """Each result with the combinations that lead to it."""
        found = self._results.get(behaviours)
        if found is None:
            found = self._results[behaviours] = self._judge(behaviours)
        return found

    def deciding(self, behaviours: Behaviours, facts: Mapping[str, Class]) -> str:
        """The path of the rule that decides this one report, by the engine itself."""
        known = {name: facts.get(name, NOTHING) for name in FACT_NAMES}
        known["behaviours"] = frozenset(behaviours)
        verdict = judge(tuple(sorted(behaviours)), known, self.policy)
        rule = verdict.scope or verdict.candidates[0].rule
        return next(path for path, one in self.rules.items() if one is rule)

    def _judge(self, behaviours: Behaviours) -> dict[Result, int]:
        possible = self.possible(behaviours)
        self._note_prompts(behaviours, possible)
        raises = list(self._raises(behaviours, possible))
        sent_away = self._send_away(behaviours, possible, self._protected(raises))
        results = {Result(route, None, self._handler(route)): where for route, where in sent_away.items()}
        staying = possible
        for where in sent_away.values():
            staying &= ~where
        candidates = [*self._outcomes(behaviours, possible), *raises]
        for result, where in self._accept(candidates, staying, behaviours):
            results[result] = results.get(result, 0) | where
        return results

    def _outcomes(self, behaviours: Behaviours, possible: int) -> Iterator[Firing]:
        for path in [f"behaviours.{key}" for key in sorted(behaviours)] or ["unknown_behaviour"]:
            left, number = possible, 0
            while (outcome := self.rules.get(f"{path}.outcomes[{number}]")) is not None:
                where = self.space.applies(outcome, behaviours) & left
                left &= ~where
                yield self._firing(f"{path}.outcomes[{number}]", where)
                number += 1

    def _raises(self, behaviours: Behaviours, possible: int) -> Iterator[Firing]:
        for number, rule in enumerate(self.triage.raises):
            yield self._firing(f"raises[{number}]", self.space.applies(rule, behaviours) & possible)

    def _firing(self, path: str, where: int) -> Firing:
        rule = self.rules[path]
        route: Route = getattr(rule, "route", "asb")
        level: str | None = getattr(rule, "level", None)
        return Firing(path, (route, level), severity_of(route, level, self.policy), where)

    def _protected(self, raises: list[Firing]) -> int:
        found = 0
        for rule, firing in zip(self.triage.raises, raises, strict=True):
            found |= firing.where if rule.protects else 0
        return found

    def _send_away(self, behaviours: Behaviours, possible: int, protected: int) -> dict[Route, int]:
        """The first scope rule that applies counts, and not where a protecting fact holds."""
        left, found = possible, dict[Route, int]()
        for number, rule in enumerate(self.triage.scope):
            applies = self.space.applies(rule, behaviours) & left
            left &= ~applies
            sent = applies & ~protected
            found[rule.route] = found.get(rule.route, 0) | sent
            self.tally.note(f"scope[{number}]", applies, sent)
        return found

    def _accept(
        self, candidates: list[Firing], staying: int, behaviours: Behaviours
    ) -> Iterator[tuple[Result, int]]:
        """The most serious candidates win; those as serious as the winner decide with it."""
        for severity in sorted({one.severity for one in candidates}):
            equal = [one for one in candidates if one.severity == severity]
            won = 0
            for one in equal:
                won |= one.where & staying
                self.tally.note(one.path, one.where, one.where & staying)
            staying &= ~won
            yield from self._teams(*equal[0].result, won, behaviours)

    def _teams(
        self, route: Route, level: str | None, won: int, behaviours: Behaviours
    ) -> Iterator[tuple[Result, int]]:
        if level is None:
            yield Result(route, None, self._handler(route)), won
            return
        for number, rule in enumerate(self.triage.allocation):
            if level in rule.levels:
                where = self.space.applies(rule, behaviours) & won
                self.tally.note(f"allocation[{number}]", where, where)
                won &= ~where
                yield Result(route, level, rule.team), where
        yield Result(route, level, self.policy.level(level).team), won

    def _note_prompts(self, behaviours: Behaviours, possible: int) -> None:
        for number, prompt in enumerate(self.triage.prompts):
            if f"prompts[{number}]" not in self.tally.applied:
                where = self.space.applies(prompt, behaviours) & possible
                self.tally.note(f"prompts[{number}]", where, where)

    def _handler(self, route: Route) -> str:
        return handling_of(route, self.policy).team
