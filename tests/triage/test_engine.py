"""What decides a report: behaviours, raises, scope, allocation and prompts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from policies.schema import Policy
from tests.triage.small_policies import (
    CLAUSE,
    OURS,
    PROMPTS,
    PROTECTIONS,
    asb,
    behaviour,
    small_policy,
)
from triage.decisions import Advice, Decision, Reason
from triage.engine import decide
from triage.facts import Facts

RECEIVED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)

ADVICE: dict[str, Any] = {"route": "good_neighbourhood", "when": {"persistent_or_unreasonable": False}}
PRIVATE: dict[str, Any] = {
    "key": "private", "route": "refer", "text": "private homes are for the council",
    "when": {"respondent": "private"}, "clause": "9", "clause_id": "SM-009",
}  # fmt: skip
HARM: dict[str, Any] = {
    "key": "harm", "text": "harm", "level": "top", "when": {"risk_of_personal_harm": True}, **CLAUSE,
}  # fmt: skip
SPECIAL: dict[str, Any] = {
    "levels": ["low"], "team": "special", "when": {"living_plus": True}, "clause": "6", "clause_id": "SM-006",
}  # fmt: skip


def answer(policy: Policy, *behaviours: str, **facts: Any) -> Decision:
    return decide(Facts(received_at=RECEIVED, behaviours=behaviours, **facts), policy)


def place(decision: Decision) -> tuple[str, str | None, str | None, str]:
    return decision.route, decision.level, decision.level_label, decision.team


LOW = ("asb", "low", "Level Low", "everyday")
TOP = ("asb", "top", "Level Top", "serious")
GOOD_NEIGHBOUR = ("good_neighbourhood", None, None, "everyday")
REFERRED = ("refer", None, None, "special")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"persistent_or_unreasonable": False}, GOOD_NEIGHBOUR),
        ({"persistent_or_unreasonable": True}, LOW),
        ({}, LOW),
    ],
)
def test_the_first_outcome_that_applies_counts_and_an_unknown_fact_satisfies_nothing(
    facts: dict[str, Any], expected: tuple[str, ...]
) -> None:
    policy = small_policy(behaviours={"noise": behaviour("noise", ADVICE, asb("low"))})
    assert place(answer(policy, "noise", **facts)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"persistent_or_unreasonable": True}, LOW),
        ({"persistent_or_unreasonable": False}, GOOD_NEIGHBOUR),
        ({}, GOOD_NEIGHBOUR),
    ],
)
def test_unless_stops_a_rule_only_where_the_fact_is_known(
    facts: dict[str, Any], expected: tuple[str, ...]
) -> None:
    way = {"route": "good_neighbourhood", "unless": {"persistent_or_unreasonable": True}}
    policy = small_policy(behaviours={"noise": behaviour("noise", way, asb("low"))})
    assert place(answer(policy, "noise", **facts)) == expected


def test_every_fact_of_when_must_hold_and_one_of_unless_is_enough_to_stop() -> None:
    way = {
        "route": "asb", "level": "top",
        "when": {"clear_victim": True, "reporter": ["tenant", "leaseholder"]},
        "unless": {"anonymous": True, "directed_at_staff": True},
    }  # fmt: skip
    policy = small_policy(behaviours={"noise": behaviour("noise", way, asb("low"))})
    asked = {"clear_victim": True, "reporter": "leaseholder"}
    assert place(answer(policy, "noise", **asked)) == TOP
    assert place(answer(policy, "noise", clear_victim=True)) == LOW
    assert place(answer(policy, "noise", clear_victim=True, reporter="agency")) == LOW
    assert place(answer(policy, "noise", **asked, directed_at_staff=True)) == LOW


def test_a_fact_that_is_a_list_holds_where_any_of_it_is_asked_for() -> None:
    way = asb("top", when={"hate_strands": ["religion", "age"]})
    raised = [{**PROTECTIONS[0], "level": "low"}, *PROTECTIONS[1:]]
    policy = small_policy(behaviours={"noise": behaviour("noise", way, asb("low"))}, raises=raised)
    assert place(answer(policy, "noise", hate_strands=("race", "age"))) == TOP
    assert place(answer(policy, "noise", hate_strands=("race",))) == LOW


@pytest.mark.parametrize("behaviours", [("noise", "arson"), ("arson", "noise"), ("arson",)])
def test_the_most_serious_behaviour_decides_in_whatever_order(behaviours: tuple[str, ...]) -> None:
    policy = small_policy(behaviours={"arson": behaviour("arson", asb("top"))})
    assert place(answer(policy, *behaviours)) == TOP


def test_routes_are_more_urgent_in_their_order() -> None:
    policy = small_policy(
        behaviours={
            "noise": behaviour("noise", {"route": "good_neighbourhood"}),
            "parking": behaviour("parking", {"route": "refer"}),
            "garden_nuisance": behaviour("garden", {"route": "not_asb"}),
            "litter_fly_tipping": behaviour("litter", {"route": "out_of_scope"}),
        }
    )
    order = ["litter_fly_tipping", "garden_nuisance", "parking", "noise", "arson"]
    routes = [answer(policy, *order[: number + 1]).route for number in range(len(order))]
    assert routes == ["out_of_scope", "not_asb", "refer", "good_neighbourhood", "asb"]


def test_a_report_without_a_behaviour_has_its_own_rule() -> None:
    policy = small_policy(unknown_behaviour=behaviour("not named", {"route": "good_neighbourhood"}))
    assert place(answer(policy)) == GOOD_NEIGHBOUR
    assert place(answer(policy, "noise")) == LOW


def test_a_raise_lifts_any_report_and_never_lowers_one() -> None:
    staff = {**HARM, "key": "staff", "level": "low", "when": {"directed_at_staff": True}}
    policy = small_policy(
        behaviours={
            "parking": behaviour("parking", {"route": "not_asb"}),
            "arson": behaviour("arson", asb("top")),
        },
        raises=[*PROTECTIONS, HARM, staff],
    )
    assert place(answer(policy, "parking", risk_of_personal_harm=True)) == TOP
    assert place(answer(policy, "parking", directed_at_staff=True)) == LOW
    assert place(answer(policy, "arson", directed_at_staff=True)) == TOP


def test_at_equal_seriousness_the_landlords_words_stand_before_our_reading() -> None:
    policy = small_policy(
        behaviours={
            "noise": behaviour("noise", asb("low", **OURS)),
            "parking": behaviour("parking", asb("low", clause="7", clause_id="SM-007")),
        }
    )
    first, second, _ = answer(policy, "noise", "parking").reasons
    assert (first.clause, first.interpretation) == ("7", False)
    assert (second.clause, second.interpretation) == (None, True)


def test_the_first_scope_rule_that_applies_sends_the_report_away() -> None:
    later = {
        **PRIVATE,
        "key": "later",
        "route": "out_of_scope",
        "when": {"respondent": ["private", "visitor"]},
    }
    policy = small_policy(scope=[PRIVATE, later])
    assert place(answer(policy, "arson", respondent="private")) == REFERRED
    assert place(answer(policy, "arson", respondent="visitor")) == ("out_of_scope", None, None, "everyday")
    assert place(answer(policy, "arson", respondent="unknown")) == LOW


@pytest.mark.parametrize(
    "facts",
    [{"hate_perceived": True}, {"immediate_danger": True}, {"behaviours": ("noise", "domestic_abuse")}],
)
def test_a_protecting_fact_turns_the_scope_rule_into_a_prompt(facts: dict[str, Any]) -> None:
    policy = small_policy(scope=[PRIVATE], prompts=[{**PROMPTS[0], "when": {"reporter": "staff"}}])
    found = decide(
        Facts(**{"received_at": RECEIVED, "behaviours": ("noise",), "respondent": "private", **facts}), policy
    )
    assert place(found) == TOP
    assert found.prompts == (
        Advice(
            key="scope_check",
            text=(
                "Check the scope: this report is taken on because of hate, domestic abuse or danger. "
                "Without that it would have been sent away: Private homes are for the council."
            ),
            clause="9",
            clause_id="SM-009",
            interpretation=False,
        ),
    )


def test_a_raise_that_does_not_protect_leaves_scope_as_it_is() -> None:
    policy = small_policy(scope=[PRIVATE], raises=[*PROTECTIONS, HARM])
    found = answer(policy, "noise", respondent="private", risk_of_personal_harm=True)
    assert place(found) == REFERRED
    assert found.prompts == ()


def test_the_first_allocation_that_applies_changes_the_team_of_its_levels_only() -> None:
    second = {**SPECIAL, "team": "serious"}
    policy = small_policy(behaviours={"arson": behaviour("arson", asb("top"))}, allocation=[SPECIAL, second])
    assert place(answer(policy, "noise", living_plus=True)) == ("asb", "low", "Level Low", "special")
    assert place(answer(policy, "noise", living_plus=False)) == LOW
    assert place(answer(policy, "arson", living_plus=True)) == TOP


def test_all_prompts_that_apply_stand_in_the_order_of_the_file() -> None:
    prompts = [
        {"key": "duplicate_check", "text": "Look for an open case", **OURS},
        {"key": "danger_999", "text": "Call 999", "when": {"immediate_danger": True}, **CLAUSE},
        {"key": "mediation_offer", "text": "Offer mediation", "unless": {"immediate_danger": True}, **CLAUSE},
    ]
    policy = small_policy(prompts=prompts)
    assert answer(policy, "noise", immediate_danger=True).prompts == (
        Advice("duplicate_check", "Look for an open case", None, None, True),
        Advice("danger_999", "Call 999", "1", "SM-001", False),
    )
    assert [one.key for one in answer(policy, "noise").prompts] == ["duplicate_check", "mediation_offer"]


@pytest.mark.parametrize(
    ("route", "opens"),
    [("good_neighbourhood", True), ("refer", False), ("not_asb", False), ("out_of_scope", False)],
)
def test_only_asb_and_the_good_neighbour_way_open_a_case(route: str, opens: bool) -> None:
    policy = small_policy(behaviours={"noise": behaviour("noise", {"route": route})})
    assert answer(policy, "noise").opens_case is opens
    assert answer(policy, "arson").opens_case is True


def test_a_decision_is_written_and_read_back_in_the_order_scripts_rely_on() -> None:
    policy = small_policy(scope=[PRIVATE])
    found = answer(policy, "noise", respondent="private", hate_perceived=True)
    data = found.as_json()
    assert list(data) == [
        "landlord", "policy_version", "route", "level", "level_label", "team", "reasons", "prompts",
    ]  # fmt: skip
    assert (data["landlord"], data["policy_version"]) == ("small", 3)
    assert [list(reason) for reason in data["reasons"]] == [
        ["text", "clause", "clause_id", "interpretation"]
    ] * 3
    assert [list(prompt) for prompt in data["prompts"]] == [
        ["key", "text", "clause", "clause_id", "interpretation"]
    ]
    assert Decision.from_json(data) == found


def test_a_decision_cannot_be_read_from_anything_else() -> None:
    with pytest.raises(TypeError):
        Decision.from_json({"reasons": [], "prompts": [], "colour": "red"})


def test_the_same_behaviour_twice_is_told_once() -> None:
    twice = answer(small_policy(), "noise", "noise")
    assert twice == answer(small_policy(), "noise")
    assert twice.reasons == (
        Reason("Reported: noise. This is Level Low.", "1", "SM-001", False),
        Reason("Level Low is handled by: Everyday team.", "1", "SM-001", False),
    )
