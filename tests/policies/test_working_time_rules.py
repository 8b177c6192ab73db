"""The text of a deadline rule: read, written back, said in words, refused."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.rules import (
    EveryCalendarDays,
    RuleError,
    SameWorkingDay,
    WithinHours,
    describe,
    parse_dated_rule,
    parse_rule,
)

SAID = {
    "same_working_day": "by the end of the same working day",
    "same_working_day cutoff=16:30": (
        "by the end of the same working day if received by 4:30pm, otherwise of the next"
    ),
    "same_working_day cutoff=00:00": (
        "by the end of the same working day if received by 12 midnight, otherwise of the next"
    ),
    "end_of_next_working_day": "by the end of the next working day",
    "within_working_days:1": "within 1 working day",
    "within_working_days:366": "within 366 working days",
    "within_calendar_days:1": "within 1 day",
    "within_calendar_days:28": "within 28 days",
    "within_hours:1": "within 1 hour",
    "within_hours:8784": "within 8784 hours",
    "every_calendar_days:1": "every day",
    "every_calendar_days:7": "every 7 days",
    "every_calendar_days:7 rolled_to_next_working_day": "every 7 days, moved to the next working day",
    "every_working_days:1": "every working day",
    "every_working_days:10": "every 10 working days",
    "when_agreed": "when agreed with the person",
    "no_time_stated": "no time is stated",
}


@pytest.mark.parametrize(("text", "words"), SAID.items())
def test_a_rule_is_written_back_and_said(text: str, words: str) -> None:
    rule = parse_rule(text)
    assert str(rule) == text
    assert describe(rule) == words


def test_spaces_do_not_matter() -> None:
    assert parse_rule("  same_working_day   cutoff=16:00 ") == SameWorkingDay(time(16))


@given(st.integers(1, 366), st.booleans())
def test_every_number_in_range_goes_round(days: int, rolled: bool) -> None:
    rule = EveryCalendarDays(days, rolled)
    assert parse_rule(str(rule)) == rule


ONE_OF = (
    "one of same_working_day, or same_working_day cutoff=HH:MM; end_of_next_working_day; "
    "within_working_days:N; within_calendar_days:N; within_hours:N; "
    "every_calendar_days:N, or every_calendar_days:N rolled_to_next_working_day; every_working_days:N; "
    "when_agreed; no_time_stated"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ONE_OF),
        ("5 working days", ONE_OF),
        ("Within_working_days:5", ONE_OF),
        ("within_working_days", "within_working_days:N"),
        ("within_working_days:", "within_working_days:N"),
        ("within_working_days:five", "within_working_days:N"),
        ("within_working_days:-1", "within_working_days:N"),
        ("within_working_days:1.5", "within_working_days:N"),
        ("within_working_days:٥", "within_working_days:N"),
        ("within_working_days:5 rolled_to_next_working_day", "within_working_days:N"),
        ("within_working_days:0", "a whole number from 1 to 366"),
        ("within_working_days:367", "a whole number from 1 to 366"),
        ("within_calendar_days:367", "a whole number from 1 to 366"),
        ("every_calendar_days:0", "a whole number from 1 to 366"),
        ("every_working_days:367", "a whole number from 1 to 366"),
        ("within_hours:8785", "a whole number from 1 to 8784"),
        ("same_working_day cutoff=24:00", "same_working_day, or same_working_day cutoff=HH:MM"),
        ("same_working_day cutoff=9:00", "same_working_day, or same_working_day cutoff=HH:MM"),
        ("same_working_day:1", "same_working_day, or same_working_day cutoff=HH:MM"),
        ("end_of_next_working_day please", "end_of_next_working_day"),
    ],
)
def test_what_is_no_rule_is_refused_with_what_was_expected(text: str, expected: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse_rule(text)
    assert (refused.value.text, refused.value.expected) == (text, expected)


def test_a_rule_made_in_code_is_held_to_the_same_range() -> None:
    with pytest.raises(RuleError, match="a whole number from 1 to 8784"):
        WithinHours(0)


@pytest.mark.parametrize("text", ["when_agreed", "no_time_stated"])
def test_a_rule_without_a_date_gives_none(text: str) -> None:
    with pytest.raises(RuleError, match="gives no date; expected a rule that gives a date"):
        parse_dated_rule(text)
