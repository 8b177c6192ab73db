"""Telling of hate, domestic abuse or danger never makes a report less urgent."""

from typing import Any

from policies.problems import Problem
from tests.triage.small_policies import CLAUSE, DEADLINES, OURS, PROTECTIONS, asb, behaviour, small_policy
from tests.triage.test_engine import PRIVATE
from triage.exhaustive import Exhaustive
from triage.monotony import less_urgent_with_more
from triage.proofs import prove

UNPROTECTED = [{**rule, "protects": False} for rule in PROTECTIONS]
SLOW_TOP = [{**DEADLINES[0], "due": "within_working_days:6"}, DEADLINES[1]]


def slower(**changes: Any) -> list[Problem]:
    return list(less_urgent_with_more(Exhaustive(small_policy(**changes))))


def additions(problems: list[Problem]) -> list[str]:
    return [
        problem.expected.removeprefix("an outcome at least as urgent as without ") for problem in problems
    ]


def test_a_counter_example_is_a_report_a_person_could_have_made() -> None:
    facts = {"respondent": "private", "reporter": "tenant", "behaviours": "noise", "hate_perceived": True}
    first, _ = slower(raises=UNPROTECTED, scope=[{**PRIVATE, "when": facts}])
    assert first == Problem(
        path="scope[0]",
        value="refer",
        expected="an outcome at least as urgent as without hate",
        message=(
            "less urgent with hate: A tenant reports noise by someone in a private home."
            " Someone thinks it is because of who the person is."
            " → for another organisation to deal with, nothing promised;"
            " without hate it was asb, Level Low, first promise due Tue 17 Nov 2026 11:59pm"
            " (received Tue 10 Nov 2026 9:30am)"
        ),
    )


def test_each_addition_is_told_once() -> None:
    scope = {**PRIVATE, "when": {"immediate_danger": True}}
    assert additions(slower(raises=UNPROTECTED, scope=[scope])) == ["danger"]
    scope = {**PRIVATE, "when": {"behaviours": "domestic_abuse"}}
    assert additions(slower(raises=UNPROTECTED, scope=[scope])) == ["domestic abuse"]
    scope = {**PRIVATE, "when": {"behaviours": "hate_incident"}}
    assert additions(slower(raises=UNPROTECTED, scope=[scope])) == ["a hate incident"]


def test_a_kind_of_hate_that_a_rule_tells_apart_is_added_too() -> None:
    scope = {**PRIVATE, "when": {"hate_strands": ["age", "other"]}}
    assert additions(slower(raises=UNPROTECTED, scope=[scope])) == ["hate about age"]


def test_protection_makes_the_same_rules_sound() -> None:
    scope = {**PRIVATE, "when": {"respondent": "private", "hate_perceived": True}}
    assert additions(slower(scope=[scope])) == []


def test_a_top_level_that_promises_later_is_less_urgent() -> None:
    found = slower(deadlines=SLOW_TOP)
    assert additions(found) == ["hate", "a hate incident", "domestic abuse", "danger"]
    assert found[0].path == "raises[0]"
    assert found[0].message.endswith(
        " → asb, Level Top, first promise due Wed 18 Nov 2026 11:59pm;"
        " without hate it was asb, Level Low, first promise due Tue 17 Nov 2026 11:59pm"
        " (received Tue 10 Nov 2026 9:30am)"
    )


def test_rules_in_order_on_a_weekday_may_not_be_at_a_weekend() -> None:
    """The next working day comes before 48 hours are over, but not at a weekend."""
    top = {**DEADLINES[0], "due": "within_working_days:1"}
    low = {**DEADLINES[1], "due": "within_hours:48"}
    found = slower(deadlines=[top, low])
    assert [problem.message.rpartition("(")[2] for problem in found] == [
        "received Fri 13 Nov 2026 6:30pm)"
    ] * 4


def test_clocks_only_for_domestic_abuse_count_for_it() -> None:
    referral = {
        "kind": "domestic_abuse_referral", "label": "Refer", "due": "within_hours:1",
        "met_by": "referral_made", "only_domestic_abuse": True, **CLAUSE,
    }  # fmt: skip
    assert additions(slower(deadlines=[*SLOW_TOP, referral])) == ["hate", "a hate incident", "danger"]


def test_without_any_promise_the_order_of_the_routes_decides() -> None:
    reminders = [{**rule, **OURS} for rule in DEADLINES]
    way = {"route": "good_neighbourhood", "when": {"hate_perceived": True}}
    noise = {"noise": behaviour("noise", way, asb("low"))}
    assert additions(slower(deadlines=reminders, behaviours=noise)) == []
    nothing_raised = [{**PROTECTIONS[0], "when": {"living_plus": True}}]
    found = slower(deadlines=reminders, behaviours=noise, raises=nothing_raised)
    assert additions(found) == ["hate"]
    assert found[0].message.endswith(
        "→ a good-neighbour matter, not anti-social behaviour, nothing promised;"
        " without hate it was asb, Level Low, nothing promised (received Tue 10 Nov 2026 9:30am)"
    )


def test_a_whole_proof_names_the_missing_protection_and_what_it_leads_to() -> None:
    scope = {**PRIVATE, "when": {"immediate_danger": True}}
    found = list(prove(small_policy(raises=UNPROTECTED, scope=[scope])))
    assert [problem.path for problem in found] == ["raises", "raises", "raises", "raises[2]", "scope[0]"]
