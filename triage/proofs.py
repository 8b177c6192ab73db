"""What is proved of every policy file by going through all the combinations of the facts it mentions.

Each behaviour, each pair of behaviours and none are gone through, with every class of every fact a rule
names. Proved: one outcome with a reason for each; no rule is dead; hate, domestic abuse and danger lead to
the top level; and adding one of them never makes a report less urgent.
"""

from collections.abc import Iterator

from cases.schema import DeadlinesSection
from policies.problems import Problem
from policies.schema import Policy
from triage.combinations import combinations_count
from triage.counterexample import told
from triage.exhaustive import Exhaustive, Result, behaviour_sets, rules_of
from triage.monotony import less_urgent_with_more
from triage.preview import can_start
from triage.rules import Value
from triage.schema import ROUTES, Raise, TriageSection

MOST_COMBINATIONS = 1_000_000
"""Of facts, for each set of behaviours; the five policies know some thousands."""

PROTECTIONS: tuple[tuple[str, str, Value], ...] = (
    ("hate", "hate_perceived", True),
    ("domestic abuse", "behaviours", "domestic_abuse"),
    ("immediate danger", "immediate_danger", True),
)


def prove(policy: Policy) -> Iterator[Problem]:
    """Everything that is disproved."""
    triage = policy.section(TriageSection)
    yield from missing_protections(policy)
    yield from dead_deadlines(policy)
    count = combinations_count(dict(rules_of(triage)).values())
    if count > MOST_COMBINATIONS:
        few = f"at most {MOST_COMBINATIONS} combinations of facts"
        yield Problem(
            "", count, few, "the rules tell apart more combinations of facts than can be gone through"
        )
        return
    answers = Exhaustive(policy)
    yield from undecided(answers)
    yield from dead_rules(answers)
    yield from less_urgent_with_more(answers)


def missing_protections(policy: Policy) -> Iterator[Problem]:
    """Decision 3: each of the three has a protecting rule of its own at the top level."""
    top = policy.core.levels[0]
    for words, fact, value in PROTECTIONS:
        if not any(_protects(rule, top.key, fact, value) for rule in policy.section(TriageSection).raises):
            condition = f"{fact}: {str(value).lower()}"
            expected = f"a rule at level {top.key} with protects: true and only this in its when: {condition}"
            yield Problem("raises", None, expected, f"{words} does not always lead to {top.label}")


def _protects(rule: Raise, top: str, fact: str, value: Value) -> bool:
    only = list(rule.when) == [fact] and value in rule.when[fact] and not rule.unless
    return rule.protects and rule.level == top and only


def undecided(answers: Exhaustive) -> Iterator[Problem]:
    """Every combination gets an outcome; that it is only one follows from the order of the rules."""
    for behaviours in behaviour_sets():
        left = answers.possible(behaviours)
        for where in answers.results(behaviours).values():
            left &= ~where
        if left:
            message = f"no outcome: {told(behaviours, answers.space.read(left))}"
            yield Problem("behaviours", None, "an outcome for every combination of facts", message)
            return


def dead_rules(answers: Exhaustive) -> Iterator[Problem]:
    """Rules that no report meets, and rules that never make a difference when one does."""
    for behaviours in behaviour_sets():
        answers.results(behaviours)
    for path in answers.rules:
        if path not in answers.tally.applied:
            yield Problem(
                path, None, "a rule that some report meets", "dead rule: it never applies to any report"
            )
        elif path not in answers.tally.decided:
            message = "dead rule: where it applies, another rule always decides instead"
            yield Problem(path, None, "a rule that decides for some report", message)


def dead_deadlines(policy: Policy) -> Iterator[Problem]:
    """Clocks that no case can start, on any route, level and team the file knows."""
    places = list(_places(policy))
    for number, rule in enumerate(policy.section(DeadlinesSection).deadlines):
        if not any(
            rule.applies(route=place.route, level=place.level, team=place.team, domestic_abuse=True)
            and can_start(rule, place.route)
            for place in places
        ):
            message = "dead rule: this clock never starts (a promise starts only where a case is opened)"
            yield Problem(f"deadlines[{number}]", rule.kind, "a clock that some case starts", message)


def _places(policy: Policy) -> Iterator[Result]:
    triage = policy.section(TriageSection)
    for route in ROUTES:
        if route != "asb" and route in triage.routes:
            yield Result(route, None, triage.routes[route].team)
    for level in policy.core.levels:
        allocated = [rule.team for rule in triage.allocation if level.key in rule.levels]
        for team in (level.team, *allocated):
            yield Result("asb", level.key, team)
