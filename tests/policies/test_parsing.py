"""Bad files: each error names the file, the place, what stood there and what was expected."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from policies.parsing import InvalidPolicy, PolicyError, dotted, parse_policy, read_policy
from policies.schema import Core
from policies.sections import policy_sections
from tests.triage.small_policies import (
    CLAUSE,
    DEADLINES,
    OURS,
    ROUTES,
    asb,
    behaviour,
    policy_data,
    triage_data,
)
from tests.triage.test_engine import HARM, PRIVATE, SPECIAL
from triage.facts import BEHAVIOURS
from triage.schema import TriageSection

LEVELS = "one of top, low"
TEAMS = "one of serious, everyday, special"
NO_SOURCE = "a rule needs its clause, or interpretation: true with why"
NO_WHY = "a rule marked interpretation: true must say why"


def errors_of(data: Any) -> list[PolicyError]:
    with pytest.raises(InvalidPolicy) as caught:
        parse_policy(data, "small.yaml")
    assert {error.file for error in caught.value.errors} == {"small.yaml"}
    return caught.value.errors


def places(**changes: Any) -> list[tuple[str, Any]]:
    return [(error.path, error.value) for error in errors_of(policy_data(**changes))]


def test_a_good_file_becomes_a_policy() -> None:
    policy = parse_policy(policy_data(), "small.yaml", version=7)
    assert (policy.landlord, policy.version) == ("small", 7)
    assert list(policy.sections) == [Core, *policy_sections.values()]
    assert (policy.rank("top"), policy.rank("low"), policy.level("low").label) == (0, 1, "Level Low")
    with pytest.raises(KeyError):
        policy.level("middle")


def test_a_typo_in_a_key_at_the_top_is_told_with_what_was_missed() -> None:
    data = policy_data()
    data["behavours"] = data.pop("behaviours")
    first, second = errors_of(data)
    assert (first.path, first.value, first.message) == (
        "behavours", "behavours", "this key is not part of a policy",
    )  # fmt: skip
    assert "behaviours" in first.expected.removeprefix("one of ").split(", ")
    assert (second.path, second.value, second.message) == ("behaviours", None, "Field required")


def test_a_typo_in_a_key_further_down_is_told() -> None:
    outcome = {**asb("low"), "levle": "low"}
    (error,) = errors_of(policy_data(behaviours={"noise": behaviour("noise", outcome)}))
    assert (error.path, error.value) == ("behaviours.noise.outcomes[0].levle", "low")
    assert (error.expected, error.message) == ("no such key here", "this key is not known here")


def test_a_behaviour_that_is_not_mapped_and_one_that_does_not_exist_are_told() -> None:
    data = policy_data(behaviours={"nose": behaviour("nose", asb("low"))})
    del data["behaviours"]["noise"]
    (error,) = errors_of(data)
    assert error.message == "every behaviour must be mapped (not mapped: noise; not behaviours: nose)"


@pytest.mark.parametrize("key", BEHAVIOURS)
def test_every_behaviour_must_be_mapped(key: str) -> None:
    data = policy_data()
    del data["behaviours"][key]
    (error,) = errors_of(data)
    assert error.message == f"every behaviour must be mapped (not mapped: {key})"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"clause": None}, NO_SOURCE),
        ({"clause": ""}, NO_SOURCE),
        ({"clause": None, "interpretation": False, "why": "because"}, NO_SOURCE),
        ({"interpretation": True}, NO_WHY),
        ({"interpretation": True, "why": ""}, NO_WHY),
        ({"interpretation": True, "clause": "4"}, NO_WHY),
    ],
)
def test_a_rule_says_where_it_comes_from(source: dict[str, Any], message: str) -> None:
    found = errors_of(policy_data(behaviours={"noise": behaviour("noise", asb("low", **source))}))
    assert [(error.path, error.message) for error in found] == [("behaviours.noise.outcomes[0]", message)]


def test_our_reading_may_have_a_clause() -> None:
    data = policy_data(behaviours={"noise": behaviour("noise", asb("low", clause="4", **OURS))})
    assert (
        parse_policy(data, "small.yaml").section(TriageSection).behaviours["noise"].outcomes[0].clause == "4"
    )


@pytest.mark.parametrize(
    ("outcomes", "path", "message"),
    [
        ([asb("low", when={"clear_victim": True})], "", "the last outcome must apply whatever the facts"),
        ([asb("low"), asb("top")], "", "an outcome without conditions hides those after it"),
        ([{"route": "asb"}], ".outcomes[0]", "the route asb has a level, and no other route has one"),
        (
            [{"route": "refer", "level": "low"}],
            ".outcomes[0]",
            "the route asb has a level, and no other route has one",
        ),
    ],
)
def test_outcomes_decide_each_report_once(outcomes: list[dict[str, Any]], path: str, message: str) -> None:
    (error,) = errors_of(policy_data(behaviours={"noise": behaviour("noise", *outcomes)}))
    assert (error.path, error.message.partition(":")[0]) == (f"behaviours.noise{path}", message)


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ({"colour": "red"}, "'colour' is not a fact; the facts are"),
        ({"clear_victim": "yes"}, "clear_victim cannot be ['yes']; it is one of true or false"),
        ({"reporter": ["tenant", "king"]}, "reporter cannot be ['king']; it is one of tenant"),
        ({"reporter": []}, "reporter cannot be empty; it is one of tenant"),
    ],
)
def test_conditions_name_facts_and_their_values(when: dict[str, Any], message: str) -> None:
    found = errors_of(policy_data(scope=[{**PRIVATE, "when": when}]))
    assert [error.path.partition(".")[0] for error in found] == ["scope[0]"] * len(found)
    assert message in " ".join(error.message for error in found)


@pytest.mark.parametrize("when", [{}, None, [], "tenant"])
def test_a_condition_is_a_mapping_that_says_something(when: Any) -> None:
    assert [path for path, _ in places(scope=[{**PRIVATE, "when": when}])] == ["scope[0].when"]


@pytest.mark.parametrize(
    ("changes", "path", "value", "expected"),
    [
        (
            {"behaviours": {"noise": behaviour("n", asb("mid"))}},
            "behaviours.noise.outcomes[0].level",
            "mid",
            LEVELS,
        ),
        (
            {"unknown_behaviour": behaviour("n", asb("mid"))},
            "unknown_behaviour.outcomes[0].level",
            "mid",
            LEVELS,
        ),
        ({"raises": [{**HARM, "level": "mid"}]}, "raises[0].level", "mid", LEVELS),
        ({"allocation": [{**SPECIAL, "levels": ["mid"]}]}, "allocation[0].levels", "mid", LEVELS),
        (
            {"deadlines": [*DEADLINES, {**DEADLINES[0], "levels": ["mid"]}]},
            "deadlines[2].levels",
            "mid",
            LEVELS,
        ),
        (
            {"deadlines": [*DEADLINES, {**DEADLINES[0], "teams": ["none"]}]},
            "deadlines[2].teams",
            "none",
            TEAMS,
        ),
        (
            {"routes": {**ROUTES, "refer": {**ROUTES["refer"], "team": "none"}}},
            "routes.refer.team",
            "none",
            TEAMS,
        ),
    ],
)
def test_a_level_or_team_must_be_in_the_file(
    changes: dict[str, Any], path: str, value: str, expected: str
) -> None:
    found = errors_of(policy_data(**changes))
    assert [(error.path, error.value, error.expected) for error in found] == [(path, value, expected)]


def test_levels_are_unique_and_have_teams() -> None:
    levels = [{"key": "top", "label": "Top", "team": "serious", **CLAUSE}] * 2
    levels.append({"key": "low", "label": "Low", "team": "nobody", **CLAUSE})
    found = places(core={"levels": levels})
    assert found[:2] == [("levels[1].key", "top"), ("levels[2].team", "nobody")]


def test_an_allocation_names_a_team_of_the_file() -> None:
    assert ("allocation[0].team", "nobody") in places(allocation=[{**SPECIAL, "team": "nobody"}])


@pytest.mark.parametrize("part", ["behaviours", "scope"])
def test_a_route_that_is_used_is_described(part: str) -> None:
    routes = {key: handling for key, handling in ROUTES.items() if key != "refer"}
    used = {"behaviours": {"noise": behaviour("noise", {"route": "refer"})}, "scope": [PRIVATE]}
    path = {"behaviours": "behaviours.noise.outcomes[0].route", "scope": "scope[0].route"}
    assert places(routes=routes, **{part: used[part]}) == [(path[part], "refer")]


@pytest.mark.parametrize(
    ("deadlines", "message"),
    [
        (DEADLINES[:1], "first contact is not timed"),
        ([*DEADLINES, DEADLINES[1]], "first contact is timed twice"),
    ],
)
def test_first_contact_is_timed_exactly_once(deadlines: list[dict[str, Any]], message: str) -> None:
    found = errors_of(policy_data(deadlines=deadlines))
    assert [(error.path, error.value, error.message) for error in found] == [
        ("deadlines", "low, everyday", message)
    ]


def test_a_deadline_that_is_not_a_rule_is_told_with_what_would_be() -> None:
    (error,) = errors_of(
        policy_data(deadlines=[DEADLINES[0], {**DEADLINES[1], "due": "within_working_days:soon"}])
    )
    assert (error.path, error.value) == ("deadlines[1].due", "within_working_days:soon")
    assert (error.expected, error.message) == ("within_working_days:N", "is not a deadline rule")


def test_an_unknown_deadline_rule_is_told_with_all_the_rules() -> None:
    (error,) = errors_of(policy_data(deadlines=[DEADLINES[0], {**DEADLINES[1], "due": "same_day"}]))
    assert (error.value, error.message) == ("same_day", "is not a deadline rule")
    assert error.expected == (
        "one of same_working_day, or same_working_day cutoff=HH:MM; end_of_next_working_day; "
        "within_working_days:N; within_calendar_days:N; within_hours:N; every_calendar_days:N, or "
        "every_calendar_days:N rolled_to_next_working_day; every_working_days:N; when_agreed; no_time_stated"
    )


def test_an_interval_starts_from_contact() -> None:
    weekly = {**DEADLINES[0], "kind": "contact_update", "due": "every_calendar_days:7"}
    (error,) = errors_of(policy_data(deadlines=[*DEADLINES, weekly]))
    assert error.message == "a rule that comes round again starts from last_contact"
    parse_policy(policy_data(deadlines=[*DEADLINES, {**weekly, "start": "last_contact"}]), "small.yaml")


def test_errors_of_all_sections_are_told_together() -> None:
    found = places(core={"nation": "wales"}, deadlines=[{"kind": "tea"}], prompts=[])
    assert {path.partition("[")[0] for path, _ in found} == {"nation", "deadlines", "prompts"}


def test_sections_that_hold_are_checked_against_each_other_beside_broken_ones() -> None:
    found = places(
        deadlines=[{**DEADLINES[0], "levels": ["mid"]}], raises=[{**HARM, "level": "mid"}], records="none"
    )
    assert found == [
        ("records", "none"),
        ("deadlines[0].levels", "mid"),
        ("deadlines", "top, serious"),
        ("deadlines", "low, everyday"),
        ("raises[0].level", "mid"),
    ]


def test_a_check_stops_where_it_needs_a_section_with_errors_of_its_own() -> None:
    found = places(deadlines=[{"kind": "tea"}], raises=[{**HARM, "level": "mid"}], allocation=[SPECIAL])
    assert [path for path, _ in found if not path.startswith("deadlines[0]")] == ["raises[0].level"]


def test_nothing_is_checked_against_a_broken_core() -> None:
    assert places(core={"nation": "wales"}, raises=[{**HARM, "level": "mid"}]) == [("nation", "wales")]


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "twice.yaml"
    file.write_text(yaml.safe_dump(policy_data()) + "\nnation: scotland\n", encoding="utf-8")
    (error,) = _unreadable(file)
    assert (error.file, error.expected) == ("twice.yaml", "valid YAML")
    assert error.message.startswith("the key 'nation' stands twice")


@pytest.mark.parametrize("text", ["teams: {", "\t- x", "a: *nothing", "!!python/object:os.system x"])
def test_what_is_not_plain_yaml_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    assert [error.expected for error in _unreadable(file)] == ["valid YAML"]


def test_a_file_that_is_not_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\xfa")
    for name in ("bytes.yaml", "none.yaml"):
        assert [(e.file, e.expected) for e in _unreadable(tmp_path / name)] == [
            (str(tmp_path / name), "a readable text file")
        ]


@pytest.mark.parametrize("data", [None, [], "text", 3])
def test_a_file_without_keys_is_refused(data: Any) -> None:
    assert [error.expected for error in errors_of(data)] == ["a mapping of keys"]


def test_an_error_reads_as_one_line_and_as_json() -> None:
    error = PolicyError("a.yaml", "levels[0].key", {"x": 1}, "a key", "this is not a key")
    assert str(error) == "a.yaml: levels[0].key: this is not a key (found {'x': 1}; expected a key)"
    assert error.as_dict() == {
        "file": "a.yaml", "path": "levels[0].key", "value": "{'x': 1}", "expected": "a key",
        "message": "this is not a key",
    }  # fmt: skip
    whole = PolicyError("a.yaml", "", None, "a mapping of keys", "the file is empty")
    assert str(whole) == "a.yaml: the file is empty (found None; expected a mapping of keys)"
    assert dotted(("levels", 0, "key")) == "levels[0].key"


def test_the_small_policy_maps_everything() -> None:
    assert sorted(triage_data()["behaviours"]) == sorted(BEHAVIOURS)


def _unreadable(file: Path) -> list[PolicyError]:
    with pytest.raises(InvalidPolicy) as caught:
        read_policy(file)
    return caught.value.errors
