"""The part of a policy that decides what a report is: behaviours, scope, what raises it, who handles it.

The rules are data. ``when`` holds where every fact named is known and has (one of) the values; ``unless``
stops a rule where any fact named is known and has one of the values. An unknown fact satisfies neither.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StrictStr, model_validator

from cases.schema import DeadlinesSection
from policies.problems import Problem
from policies.schema import Core, Key, Policy, Text, unknown_level, unknown_team
from policies.sections import Part, Section, Sourced
from triage.facts import BEHAVIOURS, CHOICES, FACT_NAMES, YES_NO_FACTS

Route = Literal["asb", "good_neighbourhood", "refer", "not_asb", "out_of_scope"]
ROUTES: tuple[Route, ...] = ("asb", "good_neighbourhood", "refer", "not_asb", "out_of_scope")
"""Most urgent first."""

OPENS_A_CASE: frozenset[Route] = frozenset({"asb", "good_neighbourhood"})


def _as_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {fact: tuple(found) if isinstance(found, list) else (found,) for fact, found in value.items()}


def _known_facts(condition: dict[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    for fact, values in condition.items():
        if fact not in FACT_NAMES:
            raise ValueError(f"{fact!r} is not a fact; the facts are {', '.join(FACT_NAMES)}")
        allowed: tuple[Any, ...] = (True, False) if fact in YES_NO_FACTS else CHOICES[fact]
        wrong = [value for value in values if not _is_one_of(value, allowed)]
        if wrong or not values:
            expected = "true or false" if fact in YES_NO_FACTS else ", ".join(map(str, allowed))
            raise ValueError(f"{fact} cannot be {wrong or 'empty'}; it is one of {expected}")
    return condition


def _is_one_of(value: Any, allowed: tuple[Any, ...]) -> bool:
    return any(value == one and type(value) is type(one) for one in allowed)


Condition = Annotated[
    dict[str, tuple[StrictBool | StrictStr, ...]],
    BeforeValidator(_as_lists),
    AfterValidator(_known_facts),
    Field(min_length=1),
]


class Applies(Sourced):
    """A rule with the facts it needs."""

    when: Condition | None = None
    unless: Condition | None = None

    @property
    def conditions(self) -> list[Mapping[str, tuple[bool | str, ...]]]:
        return [condition for condition in (self.when, self.unless) if condition]


class Outcome(Applies):
    """One route (and, for ASB only, its level) that a behaviour may lead to."""

    route: Route
    level: Key | None = None

    @model_validator(mode="after")
    def _level_belongs_to_asb(self) -> Self:
        if (self.route == "asb") != (self.level is not None):
            raise ValueError("the route asb has a level, and no other route has one")
        return self


class Behaviour(Part):
    """The landlord's words for a behaviour and what it leads to: the first outcome that applies."""

    words: Text
    outcomes: tuple[Outcome, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _last_outcome_always_applies(self) -> Self:
        if self.outcomes[-1].conditions:
            raise ValueError(
                "the last outcome must apply whatever the facts: it may have no when and no unless"
            )
        if any(not outcome.conditions for outcome in self.outcomes[:-1]):
            raise ValueError("an outcome without conditions hides those after it")
        return self


class Scope(Applies):
    """Where the policy sends a report away. A named person always confirms; nothing is refused automatically."""

    key: Key
    route: Literal["refer", "not_asb", "out_of_scope"]
    text: Text
    when: Condition


class Raise(Applies):
    """A fact that makes any report ASB of at least this level.

    ``protects`` marks hate, domestic abuse and immediate danger: they stand even where scope would send away.
    """

    key: Key
    text: Text
    level: Key
    protects: bool = False
    when: Condition


class Allocation(Applies):
    """Gives an ASB case of these levels to another team than the level's own."""

    levels: tuple[Key, ...] = Field(min_length=1)
    team: Key
    when: Condition


class RouteHandling(Sourced):
    """Who decides or handles a report on a route other than ASB, and where people are sent."""

    team: Key
    text: Text
    signpost: tuple[Text, ...] = ()


class Prompt(Applies):
    """Advice at triage: something to do now, not a deadline."""

    key: Key
    text: Text


class TriageSection(Section):
    """All the rules of triage of one landlord."""

    behaviours: dict[str, Behaviour]
    unknown_behaviour: Behaviour
    scope: tuple[Scope, ...] = ()
    raises: tuple[Raise, ...] = Field(min_length=1)
    allocation: tuple[Allocation, ...] = ()
    routes: dict[Literal["good_neighbourhood", "refer", "not_asb", "out_of_scope"], RouteHandling]
    prompts: tuple[Prompt, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _maps_every_behaviour(self) -> Self:
        missing = [key for key in BEHAVIOURS if key not in self.behaviours]
        unknown = [key for key in self.behaviours if key not in BEHAVIOURS]
        if missing or unknown:
            parts = [f"not mapped: {', '.join(missing)}"] * bool(missing)
            parts += [f"not behaviours: {', '.join(unknown)}"] * bool(unknown)
            raise ValueError(f"every behaviour must be mapped ({'; '.join(parts)})")
        return self

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """Every level, team and route a rule names must be in the file."""
        yield from self._outcome_problems(policy.core)
        yield from self._team_problems(policy.core)
        levels = {level.key for level in policy.core.levels}
        for number, rule in enumerate(self.raises):
            if rule.level not in levels:
                yield unknown_level(f"raises[{number}].level", rule.level, policy.core)
        for number, allocation in enumerate(self.allocation):
            for level in allocation.levels:
                if level in levels:
                    yield from policy.section(DeadlinesSection).first_contact_problems(level, allocation.team)
                else:
                    yield unknown_level(f"allocation[{number}].levels", level, policy.core)

    def _outcome_problems(self, core: Core) -> Iterator[Problem]:
        levels = {level.key for level in core.levels}
        named = {f"behaviours.{key}": behaviour for key, behaviour in self.behaviours.items()}
        for path, behaviour in {**named, "unknown_behaviour": self.unknown_behaviour}.items():
            for number, outcome in enumerate(behaviour.outcomes):
                where = f"{path}.outcomes[{number}]"
                if outcome.level is not None and outcome.level not in levels:
                    yield unknown_level(f"{where}.level", outcome.level, core)
                yield from self._route_problem(f"{where}.route", outcome.route)
        for number, scope in enumerate(self.scope):
            yield from self._route_problem(f"scope[{number}].route", scope.route)

    def _route_problem(self, path: str, route: Route) -> Iterator[Problem]:
        if route != "asb" and route not in self.routes:
            yield Problem(
                path, route, "a route described under routes", "the file does not say who handles this route"
            )

    def _team_problems(self, core: Core) -> Iterator[Problem]:
        for number, allocation in enumerate(self.allocation):
            if allocation.team not in core.teams:
                yield unknown_team(f"allocation[{number}].team", allocation.team, core)
        for key, handling in self.routes.items():
            if handling.team not in core.teams:
                yield unknown_team(f"routes.{key}.team", handling.team, core)
