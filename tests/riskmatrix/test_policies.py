"""The section of risk in every shipped policy, and what is wrong in one that does not hold together."""

import copy
from typing import Any

import pytest

from policies.parsing import InvalidPolicy, parse_policy
from riskmatrix.engine import Scale
from riskmatrix.schema import Consequence, Risk, RiskSection
from tests.factories.policies import policy_file

ALL = ["plus-dane", "derby-homes", "believe", "places-for-people", "vivid", "northmoor"]


def risk_of(key: str) -> Risk:
    return policy_file(key).policy.section(RiskSection).risk


@pytest.mark.parametrize("key", ALL)
def test_bands_are_those_of_the_gauges_ticks_and_marked_as_our_reading(key: str) -> None:
    risk = risk_of(key)
    assert (risk.instrument, risk.version) == ("pfp-ram-2024", 1)
    assert risk.scaling.scale == Scale("sum", 18, 26)
    assert risk.scaling.interpretation is True
    assert (risk.review.every_days, risk.review.high_every_days, risk.review.interpretation) == (28, 14, True)


@pytest.mark.parametrize("key", ALL)
def test_a_reminder_to_assess_again_is_never_a_promise(key: str) -> None:
    review = risk_of(key).review
    rules = {band: review.rule(band) for band in ("low", "medium", "high")}
    assert {band: (rule.due, rule.basis) for band, rule in rules.items()} == {
        "low": ("within_calendar_days:28", "reminder"),
        "medium": ("within_calendar_days:28", "reminder"),
        "high": ("within_calendar_days:14", "reminder"),
    }


@pytest.mark.parametrize(
    ("key", "clauses"),
    [
        ("plus-dane", ["PD-059", "PD-062", "PD-060"]),
        ("derby-homes", ["DH-015"]),
        ("believe", ["BH-034"]),
        ("places-for-people", ["PFP-024", "PFP-063"]),
        ("vivid", ["VV-046"]),
        ("northmoor", [None]),
    ],
)
def test_who_is_assessed(key: str, clauses: list[str | None]) -> None:
    assert [one.clause_id for one in risk_of(key).assessed] == clauses


def holding(key: str, band: str, before: str | None = None) -> list[str]:
    return [one.key for one in risk_of(key).consequences if one.holds(band, before)]


@pytest.mark.parametrize(
    ("key", "low", "medium", "high"),
    [
        ("plus-dane", ["guide_support"], ["guide_support"], ["guide_support"]),
        (
            "derby-homes",
            ["victim_services"],
            ["partner_share", "joint_actions", "victim_services"],
            ["partner_share", "raise_level", "joint_actions", "victim_services"],
        ),
        ("believe", [], ["support_network"], ["liaison_officer", "support_network"]),
        (
            "places-for-people",
            ["support_needs", "discuss_with_them"],
            ["support_needs", "discuss_with_them"],
            [
                "contact_more_often",
                "home_visits",
                "advice_before_closing",
                "support_needs",
                "discuss_with_them",
            ],
        ),
        (
            "vivid",
            ["support_referral", "victim_support_worker"],
            ["support_referral", "victim_support_worker"],
            ["category_again", "support_referral", "victim_support_worker"],
        ),
        ("northmoor", ["support"], ["support"], ["support", "at_least_priority_2"]),
    ],
)
def test_what_each_band_means(key: str, low: list[str], medium: list[str], high: list[str]) -> None:
    assert [holding(key, band) for band in ("low", "medium", "high")] == [low, medium, high]


def test_plus_dane_minds_any_change_of_the_risk_level() -> None:
    changed = ["level_of_risk_changed", "guide_support"]
    assert holding("plus-dane", "low", "high") == changed
    assert holding("plus-dane", "high", "low") == changed
    assert holding("plus-dane", "high", "high") == ["guide_support"]


@pytest.mark.parametrize(
    ("key", "consequence", "expected"),
    [
        (
            "derby-homes",
            "partner_share",
            ("partner_share", "promise", "no_time_stated", "information_shared", "3.5"),
        ),
        (
            "believe",
            "liaison_officer",
            ("liaison_officer", "promise", "no_time_stated", "decision_recorded", "5.2 bullet 3"),
        ),
        (
            "plus-dane",
            "level_of_risk_changed",
            (
                "risk_action",
                "promise",
                "no_time_stated",
                "risk_acted_on",
                "6.1 Victim Support / Vulnerability, bullet 3",
            ),
        ),
    ],
)
def test_duties_have_their_clause_and_no_time(key: str, consequence: str, expected: tuple[str, ...]) -> None:
    rule = next(one.rule for one in risk_of(key).consequences if one.key == consequence)
    assert rule is not None
    assert (rule.kind, rule.basis, rule.due, rule.met_by, rule.clause) == expected


def test_a_file_without_the_section_is_assessed_by_our_defaults() -> None:
    content = {key: value for key, value in policy_file("vivid").content.items() if key != "risk"}
    risk = parse_policy(content, "old.yaml").section(RiskSection).risk
    assert risk == Risk()
    assert risk.scaling.interpretation is True
    assert risk.consequences == ()


def errors_of(**changes: Any) -> list[tuple[str, str]]:
    content = copy.deepcopy(policy_file("derby-homes").content)
    content["risk"] |= changes
    with pytest.raises(InvalidPolicy) as invalid:
        parse_policy(content, "changed.yaml")
    return [(error.path, error.message) for error in invalid.value.errors]


SHARE = {"key": "share", "text": "Share it", "bands": ["high"], "clause": "3.5"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"instrument": "other"}, ("risk.instrument", "there is no such instrument")),
        ({"version": 2}, ("risk.instrument", "there is no such instrument")),
        (
            {"scaling": {"medium_from": 26, "high_from": 26, "clause": "3.5"}},
            ("risk.scaling", "high begins above medium"),
        ),
        (
            {"scaling": {"mode": "highest", "high_from": 44, "clause": "3.5"}},
            ("risk.scaling.high_from", "no answers come to this score"),
        ),
        ({"scaling": {"mode": "average", "clause": "3.5"}}, ("risk.scaling.mode", "this value is not known")),
        (
            {"scaling": {"medium_from": 18}},
            ("risk.scaling", "a rule needs its clause, or interpretation: true with why"),
        ),
        (
            {"consequences": [{**SHARE, "raises_to": "cat-0"}]},
            ("risk.consequences[0].raises_to", "this level is not in the file's levels"),
        ),
        ({"consequences": [{**SHARE, "bands": []}]}, ("risk.consequences[0].bands", "it never holds")),
        (
            {"consequences": [{**SHARE, "colour": "red"}]},
            ("risk.consequences[0].colour", "this key is not known here"),
        ),
    ],
)
def test_what_is_wrong_in_a_section_is_told_with_its_place(
    changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert errors_of(**changes) == [expected]


def test_a_consequence_is_listed_once() -> None:
    told = "this consequence is listed twice"
    assert errors_of(consequences=[SHARE, SHARE]) == [
        ("risk.consequences[0].key", told),
        ("risk.consequences[1].key", told),
    ]


def test_a_consequence_without_a_duty_starts_none() -> None:
    assert Consequence.model_validate(SHARE).rule is None
