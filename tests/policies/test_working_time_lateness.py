"""Warning, escalation, how late and how long is left."""

from datetime import timedelta

import pytest

from policies.calendars import OutsideCalendar, calendar_for
from policies.rules import parse_dated_rule
from policies.wording import Length, Unit, missed_by
from policies.working_time import (
    amber_at,
    escalate_at,
    is_late,
    lateness,
    parse_local,
    remaining,
    utc_text,
    working_days_late,
)

ENGLAND = calendar_for("england_and_wales")


@pytest.mark.parametrize(
    ("rule", "due_at", "amber"),
    [
        ("within_working_days:1", "2026-12-29T23:59:59", "2026-12-29T00:00:00Z"),
        ("within_working_days:1", "2026-07-01T23:59:59", "2026-06-30T23:00:00Z"),
        ("within_hours:24", "2026-07-01T14:00:00", "2026-06-30T23:00:00Z"),
        ("every_calendar_days:7", "2026-11-26T23:59:59", "2026-11-25T00:00:00Z"),
        ("every_calendar_days:7", "2026-11-29T23:59:59", "2026-11-27T00:00:00Z"),
        ("every_calendar_days:7", "2026-12-29T23:59:59", "2026-12-24T00:00:00Z"),
        ("every_working_days:10", "2026-11-30T23:59:59", "2026-11-27T00:00:00Z"),
    ],
)
def test_amber(rule: str, due_at: str, amber: str) -> None:
    assert utc_text(amber_at(parse_dated_rule(rule), parse_local(due_at), ENGLAND)) == amber


@pytest.mark.parametrize(
    ("due_at", "told"),
    [
        ("2026-11-26T23:59:59", "2026-11-27T09:00:00Z"),
        ("2026-12-24T23:59:59", "2026-12-29T09:00:00Z"),
        ("2026-06-27T14:00:00", "2026-06-29T08:00:00Z"),
    ],
)
def test_the_manager_is_told_at_nine_on_the_next_working_day(due_at: str, told: str) -> None:
    assert utc_text(escalate_at(parse_local(due_at), ENGLAND)) == told


def test_the_whole_second_of_the_deadline_is_in_time() -> None:
    due_at = parse_local("2026-11-27T23:59:59")
    moments = [due_at, due_at + timedelta(microseconds=999_999), due_at + timedelta(seconds=1)]
    assert [is_late(due_at, moment) for moment in moments] == [False, False, True]


@pytest.mark.parametrize(
    ("rule", "due_at", "now", "words"),
    [
        ("within_working_days:1", "2026-12-30T23:59:59", "2027-01-04T09:00", "Missed by 2 working days"),
        ("within_working_days:1", "2026-12-30T23:59:59", "2026-12-31T00:00", "Missed by 1 working day"),
        (
            "within_working_days:1",
            "2026-11-27T23:59:59",
            "2026-11-28T10:00",
            "Missed by less than 1 working day",
        ),
        (
            "within_working_days:1",
            "2026-11-27T17:00:00",
            "2026-11-27T18:00",
            "Missed by less than 1 working day",
        ),
        ("same_working_day", "2026-11-20T23:59:59", "2026-11-24T10:00", "Missed by 2 working days"),
        ("every_calendar_days:7", "2026-11-27T23:59:59", "2026-11-28T10:00", "Missed by 1 day"),
        ("within_calendar_days:7", "2026-12-24T23:59:59", "2026-12-29T10:00", "Missed by 5 days"),
        ("within_hours:24", "2026-11-27T10:00:00", "2026-11-27T10:59", "Missed by less than 1 hour"),
        ("within_hours:24", "2026-11-27T10:00:00", "2026-11-28T11:00", "Missed by 25 hours"),
        ("within_hours:24", "2026-10-25T00:30:00", "2026-10-25T02:30", "Missed by 3 hours"),
    ],
)
def test_lateness_is_told_in_the_unit_of_the_rule(rule: str, due_at: str, now: str, words: str) -> None:
    late = lateness(parse_dated_rule(rule), parse_local(due_at), parse_local(now), ENGLAND)
    assert late is not None
    assert missed_by(late) == words


@pytest.mark.parametrize("rule", ["within_working_days:1", "within_calendar_days:1", "within_hours:1"])
def test_what_is_in_time_is_not_late_and_what_is_late_has_nothing_left(rule: str) -> None:
    parsed, due_at = parse_dated_rule(rule), parse_local("2026-11-27T23:59:59")
    assert lateness(parsed, due_at, due_at, ENGLAND) is None
    assert remaining(parsed, due_at, due_at + timedelta(seconds=1), ENGLAND) is None


@pytest.mark.parametrize(
    ("rule", "now", "words"),
    [
        ("within_working_days:5", "2026-11-27T10:00", "0 working days"),
        ("within_working_days:5", "2026-11-20T10:00", "5 working days"),
        ("within_calendar_days:7", "2026-11-20T10:00", "7 days"),
        ("within_hours:24", "2026-11-27T21:30", "2 hours"),
    ],
)
def test_what_is_left(rule: str, now: str, words: str) -> None:
    left = remaining(parse_dated_rule(rule), parse_local("2026-11-27T23:59:59"), parse_local(now), ENGLAND)
    assert str(left) == words


def test_within_the_last_second_nothing_is_left_and_nothing_is_late() -> None:
    due_at = parse_local("2026-11-27T10:00:00")
    now = due_at + timedelta(milliseconds=500)
    assert remaining(parse_dated_rule("within_hours:24"), due_at, now, ENGLAND) == Length(0, Unit.HOURS)
    assert lateness(parse_dated_rule("within_hours:24"), due_at, now, ENGLAND) is None


def test_an_early_moment_is_no_days_late() -> None:
    due_at = parse_local("2026-11-27T23:59:59")
    assert working_days_late(due_at, parse_local("2026-11-20T10:00"), ENGLAND) == 0


def test_lateness_is_not_counted_past_the_loaded_years() -> None:
    rule, due_at, now = parse_dated_rule("within_working_days:1"), "2030-12-30T23:59:59", "2031-01-02T10:00"
    with pytest.raises(OutsideCalendar):
        lateness(rule, parse_local(due_at), parse_local(now), ENGLAND)
    with pytest.raises(OutsideCalendar):
        escalate_at(parse_local("2030-12-31T23:59:59"), ENGLAND)
    with pytest.raises(OutsideCalendar):
        amber_at(parse_dated_rule("every_calendar_days:1"), parse_local("2018-01-02T10:00"), ENGLAND)
