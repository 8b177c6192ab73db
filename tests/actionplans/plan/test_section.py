"""What a policy file may say of plans, and the items every plan starts from."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.plan.items import Item, every_words, interval_words, shared_items
from actionplans.plan.schema import IntervalRule, Plans, PlansSection
from policies.parsing import InvalidPolicy, parse_policy
from tests.factories.policies import policy_file

LANDLORDS = ["plus-dane", "derby-homes", "believe", "places-for-people", "vivid", "northmoor"]


def plans(key: str) -> Plans:
    return policy_file(key).policy.section(PlansSection).plans


def wrong(changes: dict[str, Any]) -> list[tuple[str, str]]:
    content = copy.deepcopy(policy_file("vivid").content)
    content["plans"] |= changes
    with pytest.raises(InvalidPolicy) as caught:
        parse_policy(content, "vivid.yaml")
    return [(error.path, error.message) for error in caught.value.errors]


def test_the_template_has_seven_items_of_theirs_and_ten_of_ours() -> None:
    whose = [item.who for item in shared_items()]
    assert whose == ["complainant"] * 7 + ["landlord"] * 10


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        (
            "report_incidents",
            {},
            "For you to report any further incidents to Places for People",
        ),
        (
            "keep_record",
            {},
            "For you to keep a record of any incidents that occur in the next [insert number] weeks"
            " – ensuring times and dates are included",
        ),
        (
            "target_hardening",
            {"details": "a door viewer", "location": "the front door"},
            "install a door viewer at the front door",
        ),
        ("keep_contact", {}, "keep weekly contact with you until your case is closed"),
    ],
)
def test_blanks_are_filled(key: str, typed: dict[str, str], words: str) -> None:
    item = plans("places-for-people").item(key)
    assert item is not None
    assert item.filled({"landlord": "Places for People", "interval": interval_words(7)}, typed) == words


@given(st.text(max_size=200))
def test_what_is_typed_into_a_blank_is_never_read_as_a_blank(typed: str) -> None:
    item = Item(key="one", who="landlord", words="see {agency}", blanks={"agency": "agency"})
    assert item.filled({}, {"agency": typed}) == f"see {typed or '[agency]'}"


@pytest.mark.parametrize(
    ("days", "often", "every"),
    [
        (1, "daily", "every day"),
        (7, "weekly", "every 7 days"),
        (14, "fortnightly", "every 14 days"),
        (10, "10-daily", "every 10 days"),
    ],
)
def test_how_often_is_said_in_words(days: int, often: str, every: str) -> None:
    assert (interval_words(days), every_words(days)) == (often, every)


@pytest.mark.parametrize(
    ("words", "blanks"),
    [
        ("see {agency}", {}),
        ("see them", {"agency": "agency"}),
        ("see {}", {}),
        ("see {agency", {"agency": "agency"}),
    ],
)
def test_every_blank_is_described_and_nothing_else(words: str, blanks: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"blank|expected '\}'"):
        Item(key="one", who="landlord", words=words, blanks=blanks)


@pytest.mark.parametrize(
    ("key", "default", "choices", "when_high", "clause"),
    [
        ("plus-dane", None, (), None, "Reporting ASB (unnumbered; contents s6)"),
        ("derby-homes", None, (), None, "9.16"),
        ("believe", None, (), None, "6.3"),
        ("places-for-people", None, (7, 14), 7, "Appendix 2"),
        ("vivid", 7, (7,), None, "4.6 bullet 2"),
        ("northmoor", 14, (), None, "4.4"),
    ],
)
def test_how_often_each_policy_speaks(
    key: str, default: int | None, choices: tuple[int, ...], when_high: int | None, clause: str
) -> None:
    rule = plans(key).interval
    assert (rule.default_days, rule.choices, rule.when_high, rule.clause) == (
        default,
        choices,
        when_high,
        clause,
    )


def test_which_policies_want_a_plan_sent() -> None:
    assert {key for key in LANDLORDS if plans(key).sent} == {"places-for-people", "northmoor"}


def test_what_refuses_a_plan_in_each_policy() -> None:
    assert {
        key: [rule.need for rule in plans(key).contents if not rule.interpretation] for key in LANDLORDS
    } == {
        "plus-dane": ["landlord_action"],
        "derby-homes": [],
        "believe": [],
        "places-for-people": ["complainant_action", "landlord_action", "support"],
        "vivid": [],
        "northmoor": [],
    }


def test_every_policy_has_an_item_that_supports_whoever_gives_evidence() -> None:
    """Ruling 15: the plan says how they will be supported."""
    assert {key for key in LANDLORDS if any(item.supports for item in plans(key).items)} == set(LANDLORDS)


def test_a_policy_that_says_nothing_has_a_plan_all_the_same() -> None:
    content = copy.deepcopy(policy_file("vivid").content)
    del content["plans"]
    silent = parse_policy(content, "vivid.yaml").section(PlansSection).plans
    assert (silent.interval.default_days, silent.interval.interpretation, silent.sent) == (None, True, None)
    assert len(silent.all_items()) == 17


ITEM = {"key": "one", "who": "landlord", "words": "do it", "clause": "1"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (
            {"interval": {"default_days": 21, "choices": [7], "others": "more_often", "clause": "1"}},
            [("plans.interval.default_days", "this interval may not be agreed")],
        ),
        (
            {"interval": {"when_high": 21, "choices": [7, 14], "others": "more_often", "clause": "1"}},
            [("plans.interval.when_high", "this interval may not be agreed")],
        ),
        (
            {"interval": {"others": "more_often", "clause": "1"}},
            [("plans.interval.choices", "more often than what is not said")],
        ),
        ({"items": [ITEM, ITEM]}, [("plans.items[1].key", "this item is listed already")]),
        ({"items": [{**ITEM, "key": "interview"}]}, [("plans.items[0].key", "this item is listed already")]),
        (
            {"contents": [{"need": "support", "text": "None.", "clause": "1"}] * 2},
            [("plans.contents[1].need", "this is asked twice")],
        ),
        (
            {"items": [{**ITEM, "words": "see {agency}"}]},
            [("plans.items[0]", "the blanks described are not those in the words (agency)")],
        ),
        ({"sent": {}}, [("plans.sent", "a rule needs its clause, or interpretation: true with why")]),
        ({"sending": True}, [("plans.sending", "this key is not known here")]),
    ],
)
def test_a_file_that_cannot_be_meant_is_told(changes: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert wrong(changes) == found


@given(st.integers(1, 365), st.lists(st.integers(1, 365), min_size=1, max_size=3))
def test_more_often_is_always_allowed_and_less_often_never(days: int, choices: list[int]) -> None:
    rule = IntervalRule(choices=tuple(choices), others="more_often", clause="1")
    assert rule.allows(days) == (days <= max(choices))
    assert IntervalRule(choices=tuple(choices), clause="1").allows(days) is True
