"""Proves that telling of hate, domestic abuse or danger never makes a report less urgent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from policies.problems import Problem
from policies.schema import Policy
from policies.wording import clock, short_date
from policies.working_time import LONDON
from triage.combinations import Class, Move, shifted
from triage.counterexample import told
from triage.exhaustive import Behaviours, Exhaustive, Result, behaviour_sets
from triage.reasons import ROUTE_WORDS
from triage.urgency import NEVER, RECEIPTS, Urgencies
from triage.wording import plain


@dataclass(frozen=True)
class Addition:
    """Something a person may add to what they told: a behaviour, or facts (fact -> class number)."""

    words: str
    behaviour: str | None
    facts: dict[str, int]


class Step(NamedTuple):
    """Some reports of these behaviours that went from one result to another when something was added."""

    before: Behaviours
    after: Behaviours
    was: Result
    becomes: Result
    arrived: int
    places: int


def less_urgent_with_more(answers: Exhaustive) -> Iterator[Problem]:
    """One counter-example, the plainest found, for each addition that makes some report less urgent."""
    urgencies = Urgencies(answers.policy)
    for addition in additions(answers):
        found = next(_slower(addition, answers, urgencies), None)
        if found:
            yield _problem(*found, addition, answers, urgencies)


def additions(answers: Exhaustive) -> Iterator[Addition]:
    """Hate, any kind of it that a rule tells apart, a hate incident, domestic abuse, danger."""
    axes = answers.space.axes
    yes: Class = frozenset((True,))
    hate = {"hate_perceived": axes["hate_perceived"].classes.index(yes)}
    yield Addition("hate", None, hate)
    yield Addition("a hate incident", "hate_incident", hate)
    strands = axes["hate_strands"].classes if "hate_strands" in axes else ()
    for number, strand in enumerate(strands):
        if len(strand) == 1:
            yield Addition(f"hate about {plain(str(*strand))}", None, {"hate_strands": number, **hate})
    yield Addition("domestic abuse", "domestic_abuse", {})
    yield Addition("danger", None, {"immediate_danger": axes["immediate_danger"].classes.index(yes)})


def _slower(addition: Addition, answers: Exhaustive, urgencies: Urgencies) -> Iterator[tuple[Step, int]]:
    """For each set of behaviours the slowed report with the fewest facts, and the receipt that shows it."""
    moves = list(answers.space.moves(addition.facts))
    for behaviours in behaviour_sets():
        steps = [step for move in moves for step in _steps(behaviours, addition.behaviour, move, answers)]
        slowed = [(step, _slower_on(step, urgencies)) for step in steps]
        found = [(step, receipt) for step, receipt in slowed if receipt is not None]
        if found:
            yield min(found, key=lambda one: len(answers.space.read(one[0].arrived)))


def _steps(before: Behaviours, added: str | None, move: Move, answers: Exhaustive) -> Iterator[Step]:
    start, places = move
    after = before if added is None else before | {added}
    for was, where in answers.results(before).items():
        for becomes, there in answers.results(after).items():
            arrived = shifted(where & start, places) & there
            if arrived:
                yield Step(before, after, was, becomes, arrived, places)


def _slower_on(step: Step, urgencies: Urgencies) -> int | None:
    """The number of the first receipt on which the report lost by what was added."""
    was, becomes = urgencies.of(step.was, step.before), urgencies.of(step.becomes, step.after)
    return next((number for number in range(len(RECEIPTS)) if becomes[number] > was[number]), None)


def _problem(
    step: Step, received: int, addition: Addition, answers: Exhaustive, urgencies: Urgencies
) -> Problem:
    facts = answers.space.read(step.arrived)
    promised = [
        urgencies.of(step.becomes, step.after)[received][0],
        urgencies.of(step.was, step.before)[received][0],
    ]
    policy = answers.policy
    message = (
        f"less urgent with {addition.words}: {told(step.after, facts)}"
        f" → {_result(step.becomes, policy)}, {_by(promised[0])};"
        f" without {addition.words} it was {_result(step.was, policy)}, {_by(promised[1])}"
        f" (received {_moment(RECEIPTS[received])})"
    )
    expected = f"an outcome at least as urgent as without {addition.words}"
    return Problem(answers.deciding(step.after, facts), step.becomes.route, expected, message)


def _result(result: Result, policy: Policy) -> str:
    return ROUTE_WORDS[result.route] if result.level is None else f"asb, {policy.level(result.level).label}"


def _by(promised: datetime) -> str:
    return "nothing promised" if promised == NEVER else f"first promise due {_moment(promised)}"


def _moment(instant: datetime) -> str:
    local = instant.astimezone(LONDON)
    return f"{short_date(local.date(), with_year=True)} {clock(local.time())}"
