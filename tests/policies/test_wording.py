"""Dates, times and lengths of time as people read them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from policies.wording import (
    Length,
    Unit,
    by_end_of,
    clock,
    length_words,
    long_date,
    missed_by,
    short_date,
    short_dates,
    time_left,
)

TODAY = date(2026, 11, 21)


def london(text: str) -> datetime:
    """Wall time, as the words are given it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("due_local", "always_year", "words"),
    [
        (london("2026-11-27T23:59:59"), False, "by the end of Friday 27 November"),
        (london("2026-11-27T23:59:59"), True, "by the end of Friday 27 November 2026"),
        (london("2027-01-04T23:59:59"), False, "by the end of Monday 4 January 2027"),
        (london("2025-01-06T23:59:59"), False, "by the end of Monday 6 January 2025"),
        (london("2026-11-27T17:00:00"), False, "by 5pm Friday 27 November"),
        (london("2026-11-27T10:15:30"), True, "by 10:15am Friday 27 November 2026"),
    ],
)
def test_by_when(due_local: datetime, always_year: bool, words: str) -> None:
    assert by_end_of(due_local, TODAY, always_year=always_year) == words


def test_dates() -> None:
    assert short_date(date(2026, 12, 30)) == "Wed 30 Dec"
    assert short_date(date(2026, 9, 7), with_year=True) == "Mon 7 Sep 2026"
    assert long_date(date(2026, 9, 7)) == "Monday 7 September 2026"
    assert long_date(date(2026, 9, 7), with_year=False) == "Monday 7 September"


def test_dates_in_a_row() -> None:
    assert short_dates([date(2026, 12, 26), date(2026, 12, 27)]) == "Sat 26, Sun 27"
    assert short_dates([date(2026, 10, 31), date(2026, 11, 1)]) == "Sat 31 Oct, Sun 1 Nov"
    assert short_dates([date(2026, 11, 22)]) == "Sun 22 Nov"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0, 0), "12 midnight"),
        (time(0, 5), "12:05am"),
        (time(9, 0), "9am"),
        (time(9, 20, 59), "9:20am"),
        (time(11, 59), "11:59am"),
        (time(12, 0), "12 noon"),
        (time(12, 1), "12:01pm"),
        (time(17, 0), "5pm"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_times(at: time, words: str) -> None:
    assert clock(at) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (Length(1, Unit.WORKING_DAYS), "1 working day"),
        (Length(2, Unit.WORKING_DAYS), "2 working days"),
        (Length(1, Unit.CALENDAR_DAYS), "1 day"),
        (Length(14, Unit.CALENDAR_DAYS), "14 days"),
        (Length(1, Unit.HOURS), "1 hour"),
        (Length(24, Unit.HOURS), "24 hours"),
    ],
)
def test_lengths(length: Length, words: str) -> None:
    assert length_words(length) == str(length) == words


@pytest.mark.parametrize(("unit", "words"), [(Unit.WORKING_DAYS, "working day"), (Unit.HOURS, "hour")])
def test_missed_by(unit: Unit, words: str) -> None:
    assert missed_by(Length(3, unit)) == f"Missed by 3 {words}s"
    assert missed_by(Length(0, unit)) == f"Missed by less than 1 {words}"


@pytest.mark.parametrize(
    ("due_local", "words"),
    [
        (london("2027-01-04T23:59:59"), "Due today"),
        (london("2027-01-05T00:00:00"), "Tomorrow"),
        (london("2027-01-06T23:59:59"), "In 2 days"),
        (london("2027-01-12T23:59:59"), "In 8 days"),
    ],
)
def test_time_left_is_told_in_plain_days(due_local: datetime, words: str) -> None:
    assert time_left(due_local, london("2027-01-04T22:30:00")) == words
