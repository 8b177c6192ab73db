"""The words of the policies as filters, on Europe/London time and the product's own clock."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template

from timeline.clock import clock_at

CHRISTMAS_EVE = datetime(2026, 12, 24, 14, 0, tzinfo=UTC)


def words(expression: str, value: object) -> str:
    with clock_at(CHRISTMAS_EVE):
        return Template("{% load times %}{{ value|" + expression + " }}").render(Context({"value": value}))


def test_a_due_moment_in_summer_is_said_on_the_local_clock() -> None:
    assert (
        words("by_end_of", datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC)) == "by the end of Wednesday 1 July"
    )


def test_the_year_is_said_when_it_is_not_this_one_and_always_to_the_public() -> None:
    assert (
        words("by_end_of", datetime(2027, 1, 5, 23, 59, 59, tzinfo=UTC))
        == "by the end of Tuesday 5 January 2027"
    )
    december = datetime(2026, 12, 29, 23, 59, 59, tzinfo=UTC)
    assert words("by_end_of", december) == "by the end of Tuesday 29 December"
    assert words('by_end_of:"year"', december) == "by the end of Tuesday 29 December 2026"


def test_short_and_long_dates_take_a_moment_or_a_day() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert words("short_date", late) == "Wed 1 Jul"
    assert words('short_date:"year"', date(2026, 12, 30)) == "Wed 30 Dec 2026"
    assert words("long_date", date(2026, 12, 30)) == "Wednesday 30 December"


def test_times_of_day() -> None:
    assert words("time_words", datetime(2026, 7, 1, 11, 0, tzinfo=UTC)) == "12 noon"
    assert words("time_words", time(9, 20)) == "9:20am"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        words("local", datetime(2026, 7, 1, 11, 0))  # noqa: DTZ001 a naive moment is the point
