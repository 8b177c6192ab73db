"""What check_policies proves, each shown on a file that breaks it."""

from typing import Any

import pytest

from policies.schema import Policy
from tests.triage.small_policies import (
    CLAUSE,
    DEADLINES,
    OURS,
    PROTECTIONS,
    asb,
    behaviour,
    small_policy,
)
from tests.triage.test_engine import ADVICE, HARM, PRIVATE, SPECIAL
from triage import proofs
from triage.proofs import prove
from triage.schema import Behaviour, Outcome, TriageSection

NEVER_APPLIES = "dead rule: it never applies to any report"
NEVER_DECIDES = "dead rule: where it applies, another rule always decides instead"


def disproved(**changes: Any) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in prove(small_policy(**changes))]


def test_a_sound_policy_is_proved() -> None:
    assert (
        disproved(
            behaviours={"noise": behaviour("noise", ADVICE, asb("low"))},
            scope=[PRIVATE],
            raises=[*PROTECTIONS, HARM],
            allocation=[SPECIAL],
        )
        == []
    )


@pytest.mark.parametrize(
    ("number", "words", "condition"),
    [
        (0, "hate", "hate_perceived: true"),
        (1, "domestic abuse", "behaviours: domestic_abuse"),
        (2, "immediate danger", "immediate_danger: true"),
    ],
)
@pytest.mark.parametrize(
    "change",
    [
        {"protects": False},
        {"level": "low"},
        {"unless": {"anonymous": True}},
        {"when": {"clear_victim": True}},
    ],
)
def test_hate_domestic_abuse_and_danger_need_a_protecting_rule_at_the_top(
    number: int, words: str, condition: str, change: dict[str, Any]
) -> None:
    raises = [{**rule, **(change if place == number else {})} for place, rule in enumerate(PROTECTIONS)]
    found = list(proofs.missing_protections(small_policy(raises=raises)))
    expected = f"a rule at level top with protects: true and only this in its when: {condition}"
    assert [(problem.path, problem.expected, problem.message) for problem in found] == [
        ("raises", expected, f"{words} does not always lead to Level Top")
    ]


def test_an_outcome_that_never_applies_is_dead() -> None:
    impossible = {"route": "not_asb", "when": {"clear_victim": True}, "unless": {"clear_victim": True}}
    found = disproved(behaviours={"noise": behaviour("noise", impossible, asb("low"))})
    assert found == [("behaviours.noise.outcomes[0]", NEVER_APPLIES)]


def test_an_outcome_hidden_by_an_earlier_one_is_dead() -> None:
    wide = {"route": "not_asb", "when": {"reporter": ["tenant", "agency"]}}
    narrow = {"route": "refer", "when": {"reporter": "agency", "clear_victim": True}}
    found = disproved(behaviours={"noise": behaviour("noise", wide, narrow, asb("low"))})
    assert found == [("behaviours.noise.outcomes[1]", NEVER_APPLIES)]


def test_an_outcome_that_a_raise_always_outdoes_never_decides() -> None:
    lower = {**asb("low"), "when": {"hate_perceived": True}}
    found = disproved(behaviours={"noise": behaviour("noise", lower, {"route": "not_asb"})})
    assert found == [("behaviours.noise.outcomes[0]", NEVER_DECIDES)]


def test_a_hate_incident_below_the_top_never_decides_because_it_is_perceived_hate() -> None:
    found = disproved(behaviours={"hate_incident": behaviour("hate", asb("low"))})
    assert found == [("behaviours.hate_incident.outcomes[0]", NEVER_DECIDES)]


def test_a_condition_on_an_unknown_value_never_holds() -> None:
    found = disproved(scope=[{**PRIVATE, "when": {"respondent": "unknown"}}])
    assert found == [("scope[0]", NEVER_APPLIES)]


def test_a_scope_rule_that_protection_always_overrules_never_decides() -> None:
    found = disproved(scope=[{**PRIVATE, "when": {"immediate_danger": True}}])
    assert found == [("scope[0]", NEVER_DECIDES)]


def test_a_scope_rule_behind_a_wider_one_is_dead() -> None:
    found = disproved(scope=[PRIVATE, {**PRIVATE, "when": {"respondent": "private", "clear_victim": True}}])
    assert found == [("scope[1]", NEVER_APPLIES)]


def test_a_raise_on_what_no_report_can_hold_is_dead() -> None:
    raised = {**HARM, "when": {"hate_strands": "race"}, "unless": {"hate_perceived": True}}
    assert disproved(raises=[*PROTECTIONS, raised]) == [("raises[3]", NEVER_APPLIES)]


def test_a_raise_behind_more_serious_ones_never_decides() -> None:
    raised = {**HARM, "level": "low", "when": {"hate_strands": "race"}}
    assert disproved(raises=[*PROTECTIONS, raised]) == [("raises[3]", NEVER_DECIDES)]


def test_an_allocation_behind_a_wider_one_is_dead() -> None:
    assert disproved(allocation=[SPECIAL, {**SPECIAL, "team": "serious"}]) == [
        ("allocation[1]", NEVER_APPLIES)
    ]


def test_an_allocation_of_a_level_that_its_facts_never_reach_is_dead() -> None:
    danger = {**SPECIAL, "when": {"immediate_danger": True}}
    assert disproved(allocation=[danger]) == [("allocation[0]", NEVER_APPLIES)]


def test_a_prompt_that_contradicts_itself_is_dead() -> None:
    prompt = {"key": "police_report", "text": "x", "when": {"behaviours": "arson"}, **CLAUSE}
    never = {**prompt, "unless": {"behaviours": ["arson", "noise"]}}
    assert disproved(prompts=[prompt, never]) == [("prompts[1]", NEVER_APPLIES)]


def test_a_prompt_for_two_behaviours_together_lives() -> None:
    prompt = {"key": "police_report", "text": "x", "when": {"behaviours": "arson"}, **CLAUSE}
    assert disproved(prompts=[{**prompt, "unless": {"behaviours": ["noise"]}}]) == []


@pytest.mark.parametrize(
    "change",
    [{"routes": ["good_neighbourhood"], "levels": ["low"]}, {"teams": ["special"]}, {"routes": ["refer"]}],
)
def test_a_clock_that_no_case_can_start_is_dead(change: dict[str, Any]) -> None:
    clock = {
        "kind": "resolution", "label": "Close", "due": "within_calendar_days:90", "met_by": "case_closed",
        **CLAUSE, **change,
    }  # fmt: skip
    message = "dead rule: this clock never starts (a promise starts only where a case is opened)"
    assert disproved(deadlines=[*DEADLINES, clock]) == [("deadlines[2]", message)]


def test_clocks_of_an_allocated_team_and_of_other_routes_live() -> None:
    special = {
        "kind": "resolution", "label": "Close", "due": "within_calendar_days:90", "met_by": "case_closed",
        "teams": ["special"], **CLAUSE,
    }  # fmt: skip
    waiting = {
        "kind": "triage_decision", "label": "Decide", "due": "end_of_next_working_day",
        "met_by": "decision_recorded", "routes": ["refer"], **OURS,
    }  # fmt: skip
    assert disproved(deadlines=[*DEADLINES, special, waiting], allocation=[SPECIAL]) == []


def test_a_combination_without_an_outcome_is_told_as_a_report() -> None:
    noise = Outcome(route="asb", level="low", clause="1", when={"clear_victim": True})
    policy = _with_behaviour(
        small_policy(), "noise", Behaviour.model_construct(words="noise", outcomes=(noise,))
    )
    assert [(problem.path, problem.message) for problem in prove(policy)] == [
        ("behaviours", "no outcome: Someone reports noise.")
    ]


def _with_behaviour(policy: Policy, key: str, found: Behaviour) -> Policy:
    """Past the checks of the schema, which would not let such a behaviour in."""
    triage = policy.section(TriageSection)
    changed = triage.model_copy(update={"behaviours": {**triage.behaviours, key: found}})
    return Policy(policy.core, {**policy.sections, TriageSection: changed}, policy.version)


def test_more_combinations_than_can_be_gone_through_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "MOST_COMBINATIONS", 3)
    (problem,) = prove(small_policy())
    assert (problem.value, problem.expected) == (4, "at most 3 combinations of facts")
