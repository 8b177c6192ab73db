"""The answer for all combinations at once is held to the engine's answer for each of them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.parsing import read_policy
from policies.schema import Policy
from tests.triage.small_policies import OURS, PROTECTIONS, asb, behaviour, small_policy
from tests.triage.test_engine import ADVICE, HARM, PRIVATE, SPECIAL
from triage.combinations import Class, Space, combinations_count, shifted
from triage.engine import decide, judge
from triage.exhaustive import Exhaustive, Result, behaviour_sets
from triage.facts import BEHAVIOURS, CHOICES, FACT_NAMES, YES_NO_FACTS, Facts
from triage.proofs import prove
from triage.rules import NOTHING, known
from triage.schema import Scope

POLICIES = sorted((Path(__file__).parents[2] / "fixtures" / "policies").glob("*.yaml"))


@cache
def rich_policy() -> Policy:
    """A bit of everything the rule language knows."""
    strand = asb("top", when={"hate_strands": ["race", "age"]}, unless={"hate_strands": "other"})
    beside_noise = {"route": "refer", "when": {"behaviours": "noise"}}
    agency = {**PRIVATE, "when": {"reporter": ["agency", "staff"]}}
    staff = {**SPECIAL, "when": {"reporter": "staff"}}
    return small_policy(
        behaviours={
            "noise": behaviour("noise", strand, ADVICE, asb("low", **OURS)),
            "parking": behaviour("parking", beside_noise, {"route": "not_asb"}),
        },
        scope=[{**PRIVATE, "unless": {"behaviours": "arson"}}, agency],
        raises=[*PROTECTIONS, {**HARM, "level": "low"}],
        allocation=[{**SPECIAL, "when": {"risk_of_personal_harm": True}}, staff],
    )


def singles(combinations_found: int) -> Iterator[int]:
    """Each combination of the set by itself."""
    while combinations_found:
        lowest = combinations_found & -combinations_found
        yield lowest
        combinations_found ^= lowest


def engine_result(behaviours: frozenset[str], facts: Mapping[str, Class], policy: Policy) -> Result:
    found = {name: facts.get(name, NOTHING) for name in FACT_NAMES} | {"behaviours": frozenset(behaviours)}
    verdict = judge(tuple(sorted(behaviours)), found, policy)
    return Result(verdict.route, verdict.level, verdict.team)


@pytest.mark.parametrize(
    "behaviours",
    [
        (),
        ("noise",),
        ("parking",),
        ("noise", "parking"),
        ("arson", "parking"),
        ("hate_incident",),
        ("domestic_abuse",),
    ],
)
def test_every_single_combination_has_the_engines_answer(behaviours: tuple[str, ...]) -> None:
    named, answers = frozenset(behaviours), Exhaustive(rich_policy())
    possible, seen = answers.possible(named), 0
    for result, where in answers.results(named).items():
        seen |= where
        for one in singles(where):
            assert engine_result(named, answers.space.read(one), rich_policy()) == result
    assert seen == possible


def test_no_combination_has_two_answers() -> None:
    answers = Exhaustive(rich_policy())
    for behaviours in behaviour_sets():
        found = answers.results(behaviours).values()
        counted = sum(where.bit_count() for where in found)
        assert counted == answers.possible(behaviours).bit_count()


def test_each_behaviour_each_pair_and_none_are_gone_through() -> None:
    sets = list(behaviour_sets())
    assert len(sets) == len(set(sets)) == 1 + 28 + 28 * 27 // 2


def test_only_what_rules_tell_apart_is_a_class() -> None:
    rule = Scope(
        **{**PRIVATE, "when": {"respondent": ["private", "other_landlord"]}, "unless": {"anonymous": False}}
    )
    space = Space([rule])
    assert {fact: axis.classes for fact, axis in space.axes.items()} == {
        "hate_perceived": (NOTHING, frozenset({True})),
        "immediate_danger": (NOTHING, frozenset({True})),
        "respondent": (NOTHING, frozenset({"private"})),
        "anonymous": (NOTHING, frozenset({False})),
    }
    assert space.size == combinations_count([rule]) == 16


def test_hate_of_some_kind_is_hate() -> None:
    space = Space([Scope(**{**PRIVATE, "when": {"hate_strands": ["race"], "immediate_danger": False}})])
    some, hate = space.having("hate_strands", ("race",)), space.having("hate_perceived", (True,))
    assert space.everything & some & ~hate == 0
    assert (space.everything & hate & ~some).bit_count() == 3
    assert (space.everything & ~hate & ~some).bit_count() == 3


def test_moving_changes_one_fact_and_leaves_the_others() -> None:
    space = Space([Scope(**{**PRIVATE, "when": {"anonymous": [True, False], "respondent": "private"}})])
    for start, places in space.moves({"anonymous": 1}):
        for one in singles(start):
            before, after = space.read(one), space.read(shifted(one, places))
            assert after == {**before, "anonymous": frozenset({True})}


def _facts() -> st.SearchStrategy[dict[str, Any]]:
    lists = {
        "behaviours": st.lists(st.sampled_from(BEHAVIOURS), max_size=3, unique=True).map(tuple),
        "hate_strands": st.lists(st.sampled_from(CHOICES["hate_strands"]), max_size=2, unique=True).map(
            tuple
        ),
    }
    single = {name: st.sampled_from(CHOICES[name]) for name in ("channel", "reporter", "respondent")}
    yes_no = {name: st.booleans() for name in YES_NO_FACTS}
    return st.fixed_dictionaries(lists, optional={**single, **yes_no})


@pytest.mark.parametrize("path", [None, *POLICIES], ids=lambda path: path.stem if path else "rich")
@settings(deadline=None)
@given(told=_facts())
def test_any_report_falls_into_a_combination_with_the_same_answer(
    path: Path | None, told: dict[str, Any]
) -> None:
    policy = policy_of(path)
    facts = Facts(received_at=datetime(2026, 11, 20, 10, 0, tzinfo=UTC), **told)
    decision, answers = decide(facts, policy), exhaustive_of(path)
    here = _combination_of(facts, answers)
    found = [result for result, where in answers.results(frozenset(facts.behaviours)).items() if where & here]
    assert found == [Result(decision.route, decision.level, decision.team)]


@cache
def policy_of(path: Path | None) -> Policy:
    return read_policy(path) if path else rich_policy()


@cache
def exhaustive_of(path: Path | None) -> Exhaustive:
    return Exhaustive(policy_of(path))


def _combination_of(facts: Facts, answers: Exhaustive) -> int:
    """The combination in which every fact answers every condition of the file as it does in the report."""
    here, values = answers.space.everything, known(facts)
    for rule in answers.rules.values():
        for condition in rule.conditions:
            for fact, asked in condition.items():
                if fact != "behaviours":
                    having = answers.space.having(fact, asked)
                    here &= ~having if values[fact].isdisjoint(asked) else having
    hate = answers.space.having("hate_perceived", (True,))
    here &= hate if facts.hate_perceived else ~hate
    danger = answers.space.having("immediate_danger", (True,))
    here &= danger if facts.immediate_danger else ~danger
    assert here.bit_count() == 1
    return here


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_every_policy_we_ship_is_proved(path: Path) -> None:
    assert list(prove(policy_of(path))) == []
