"""What each policy file says of the case review, against the printed documents, and what a file may not say."""

import copy
from typing import Any

import pytest

from cases.review_rules import CaseReviewRules, CaseReviewSection, Threshold
from policies.parsing import InvalidPolicy, parse_policy
from tests.factories.policies import policy_file

STATUTORY = ("three_in_six_months", 3, 6, None)
THRESHOLDS = {
    "believe": [
        ("three_incidents", 3, 6, "BH-095"),
        ("one_hate_incident", 1, 6, "BH-096"),
        ("five_people", 5, 6, "BH-097"),
        STATUTORY,
    ],
    "derby-homes": [STATUTORY],
    "places-for-people": [STATUTORY],
    "plus-dane": [STATUTORY],
    "vivid": [STATUTORY],
    "northmoor": [],
}


def rules(key: str) -> CaseReviewRules:
    return policy_file(key).policy.section(CaseReviewSection).case_review


@pytest.mark.parametrize("key", sorted(THRESHOLDS))
def test_the_thresholds_of_each_landlord(key: str) -> None:
    found = [(one.key, one.needed, one.months, one.clause_id) for one in rules(key).thresholds]
    assert found == THRESHOLDS[key]


@pytest.mark.parametrize("key", sorted(set(THRESHOLDS) - {"northmoor"}))
def test_the_law_is_never_said_to_be_the_landlords_own_words(key: str) -> None:
    (statutory,) = [one for one in rules(key).thresholds if one.statutory]
    assert (statutory.interpretation, statutory.clause, statutory.asks) == (True, None, ())


@pytest.mark.parametrize("key", sorted(set(THRESHOLDS) - {"northmoor"}))
def test_explaining_it_on_a_second_report_is_our_reminder(key: str) -> None:
    remind = rules(key).remind
    assert remind is not None
    assert (remind.basis, remind.due, remind.clause) == ("reminder", "within_working_days:5", None)


def test_a_file_without_the_section_still_loads() -> None:
    content = copy.deepcopy(policy_file("vivid").content)
    del content["case_review"]
    assert parse_policy(content, "vivid.yaml").section(CaseReviewSection).case_review == CaseReviewRules()


@pytest.mark.parametrize("counted", [{}, {"reports": 3, "people": 5}])
def test_a_threshold_counts_one_thing(counted: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="counts reports or people: give one of them"):
        Threshold.model_validate({"key": "x", "text": "x", "clause": "1", **counted})


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda told: told["thresholds"].append(told["thresholds"][0]), "case_review.thresholds[0].key"),
        (lambda told: told["remind"].update(kind="risk_review"), "case_review.remind.kind"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change: Any, path: str) -> None:
    content = copy.deepcopy(policy_file("vivid").content)
    change(content["case_review"])
    with pytest.raises(InvalidPolicy) as found:
        parse_policy(content, "vivid.yaml")
    assert path in [error.path for error in found.value.errors]
