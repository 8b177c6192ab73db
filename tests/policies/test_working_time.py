"""When things are due: each rule, the closing time, changes of the clocks, year ends, nations, closures."""

from datetime import UTC, date, datetime, time

import pytest

from policies.calendars import NATIONS, OutsideCalendar, calendar_for
from policies.rules import EveryWorkingDays, parse_dated_rule
from policies.working_time import (
    BadTime,
    ImpossibleTime,
    due,
    due_local_date,
    instant_due,
    localise,
    parse_local,
    utc_text,
)

ENGLAND = calendar_for("england_and_wales")


def due_text(rule: str, start: str, nation: str = "england_and_wales", fold: int = 0) -> str:
    """The due moment as Europe/London wall time with its offset."""
    return due(parse_dated_rule(rule), parse_local(start, fold), calendar_for(nation)).due_local.isoformat()


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("same_working_day", "2026-11-20T00:00", "2026-11-20T23:59:59+00:00"),
        ("same_working_day", "2026-11-20T23:59:59", "2026-11-20T23:59:59+00:00"),
        ("same_working_day cutoff=16:00", "2026-11-20T16:00", "2026-11-20T23:59:59+00:00"),
        ("same_working_day cutoff=16:00", "2026-11-20T16:00:01", "2026-11-23T23:59:59+00:00"),
        ("same_working_day cutoff=16:00", "2026-11-21T09:00", "2026-11-23T23:59:59+00:00"),
        ("same_working_day cutoff=16:00", "2026-11-21T17:00", "2026-11-23T23:59:59+00:00"),
        ("end_of_next_working_day", "2026-11-20T16:59", "2026-11-23T23:59:59+00:00"),
        ("end_of_next_working_day", "2026-11-22T16:59", "2026-11-23T23:59:59+00:00"),
        ("within_working_days:10", "2026-12-24T10:00", "2027-01-12T23:59:59+00:00"),
        ("within_calendar_days:1", "2026-11-20T10:00", "2026-11-21T23:59:59+00:00"),
        ("within_calendar_days:10", "2026-12-24T10:00", "2027-01-03T23:59:59+00:00"),
        ("every_calendar_days:7", "2026-12-19T10:00", "2026-12-26T23:59:59+00:00"),
        ("every_calendar_days:7 rolled_to_next_working_day", "2026-12-19T10:00", "2026-12-29T23:59:59+00:00"),
        ("every_calendar_days:7 rolled_to_next_working_day", "2026-12-16T10:00", "2026-12-23T23:59:59+00:00"),
        ("every_working_days:10", "2026-12-29T10:00", "2027-01-13T23:59:59+00:00"),
        ("within_hours:24", "2026-12-24T10:15:30", "2026-12-25T10:15:30+00:00"),
    ],
)
def test_each_rule(rule: str, start: str, expected: str) -> None:
    assert due_text(rule, start) == expected


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("within_working_days:1", "2026-03-27T17:00", "2026-03-30T23:59:59+01:00"),
        ("within_calendar_days:2", "2026-03-27T17:00", "2026-03-29T23:59:59+01:00"),
        ("within_hours:72", "2026-03-27T17:00", "2026-03-30T18:00:00+01:00"),
        ("within_hours:24", "2026-03-28T12:00", "2026-03-29T13:00:00+01:00"),
        ("within_working_days:1", "2026-10-23T17:00", "2026-10-26T23:59:59+00:00"),
        ("within_hours:24", "2026-10-24T14:00", "2026-10-25T13:00:00+00:00"),
        ("same_working_day", "2026-06-30T23:30", "2026-06-30T23:59:59+01:00"),
        ("same_working_day", "2026-06-30T23:30:00+00:00", "2026-07-01T23:59:59+01:00"),
    ],
)
def test_changes_of_the_clocks_and_summer_nights(rule: str, start: str, expected: str) -> None:
    assert due_text(rule, start) == expected


def test_the_repeated_hour_of_october_is_the_first_pass_unless_told() -> None:
    assert due_text("within_hours:1", "2026-10-25T01:30") == "2026-10-25T01:30:00+00:00"
    assert due_text("within_hours:1", "2026-10-25T01:30", fold=1) == "2026-10-25T02:30:00+00:00"
    assert utc_text(parse_local("2026-10-25T01:30")) == "2026-10-25T00:30:00Z"
    assert utc_text(parse_local("2026-10-25T01:30", 1)) == "2026-10-25T01:30:00Z"


def test_an_hour_that_march_leaves_out_is_refused() -> None:
    assert utc_text(parse_local("2026-03-29T00:59:59")) == "2026-03-29T00:59:59Z"
    assert utc_text(parse_local("2026-03-29T02:00:00")) == "2026-03-29T01:00:00Z"
    for missing in ("2026-03-29T01:00:00", "2026-03-29T01:59:59"):
        with pytest.raises(ImpossibleTime, match="does not exist: the clocks go forward"):
            parse_local(missing)


def test_a_closing_time_the_clocks_leave_out_is_refused() -> None:
    with pytest.raises(ImpossibleTime):
        localise(date(2026, 3, 29), time(1, 30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-01T09:00", "2026-06-01T08:00:00Z"),
        ("2026-06-01T09:00Z", "2026-06-01T09:00:00Z"),
        ("2026-06-01T09:00:00+02:00", "2026-06-01T07:00:00Z"),
        (" 2026-12-01 09:00 ", "2026-12-01T09:00:00Z"),
        ("2026-06-01", "2026-05-31T23:00:00Z"),
    ],
)
def test_a_time_without_an_offset_is_london_time(text: str, expected: str) -> None:
    assert utc_text(parse_local(text)) == expected


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-13-01T09:00", "2026-02-29T09:00", "0001-01-01T00:00+14:00"]
)
def test_what_is_no_time_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(BadTime) as refused:
        parse_local(text)
    assert refused.value.expected == "an ISO date and time such as 2026-12-24T14:00"


def test_a_start_without_a_time_zone_is_refused() -> None:
    with pytest.raises(BadTime, match="has no time zone"):
        due(parse_dated_rule("within_hours:1"), datetime.fromisoformat("2026-01-05T09:00"), ENGLAND)


@pytest.mark.parametrize(
    ("nation", "expected"),
    [
        ("england_and_wales", "2027-01-04T23:59:59+00:00"),
        ("scotland", "2027-01-05T23:59:59+00:00"),
        ("northern_ireland", "2027-01-04T23:59:59+00:00"),
    ],
)
def test_the_turn_of_the_year_in_each_nation(nation: str, expected: str) -> None:
    assert due_text("within_working_days:1", "2026-12-31T10:00", nation) == expected


@pytest.mark.parametrize(
    ("nation", "start", "expected"),
    [
        ("scotland", "2027-03-26T10:00", "2027-03-29T23:59:59+01:00"),
        ("england_and_wales", "2027-03-26T10:00", "2027-03-30T23:59:59+01:00"),
        ("scotland", "2026-06-12T10:00", "2026-06-16T23:59:59+01:00"),
        ("england_and_wales", "2026-06-12T10:00", "2026-06-15T23:59:59+01:00"),
        ("northern_ireland", "2026-07-10T10:00", "2026-07-14T23:59:59+01:00"),
        ("england_and_wales", "2026-07-10T10:00", "2026-07-13T23:59:59+01:00"),
        ("northern_ireland", "2027-03-16T10:00", "2027-03-18T23:59:59+00:00"),
        ("scotland", "2026-07-31T10:00", "2026-08-04T23:59:59+01:00"),
        ("scotland", "2026-08-28T10:00", "2026-08-31T23:59:59+01:00"),
    ],
)
def test_each_nation_has_its_own_holidays(nation: str, start: str, expected: str) -> None:
    assert due_text("within_working_days:1", start, nation) == expected


def test_closure_days_are_not_worked() -> None:
    closures = [(date(2026, 12, day), "Christmas closure") for day in (24, 29, 30, 31)]
    calendar = calendar_for("england_and_wales", closures)
    found = due(parse_dated_rule("within_working_days:1"), parse_local("2026-12-23T10:00"), calendar)
    assert found.due_local.date() == date(2027, 1, 4)
    assert [(day.date.day, day.name) for day in found.skipped] == [
        (24, "Christmas closure"),
        (25, "Christmas Day"),
        (28, "Boxing Day (substitute day)"),
        (29, "Christmas closure"),
        (30, "Christmas closure"),
        (31, "Christmas closure"),
        (1, "New Year’s Day"),
    ]


@pytest.mark.parametrize(
    ("rule", "received", "expected"),
    [
        ("within_working_days:1", "2026-11-20T18:00", "2026-11-23T17:00:00+00:00"),
        ("within_calendar_days:3", "2026-03-27T18:00", "2026-03-30T17:00:00+01:00"),
        ("same_working_day", "2026-11-20T17:00", "2026-11-20T17:00:00+00:00"),
        ("same_working_day", "2026-11-20T17:01", "2026-11-23T17:00:00+00:00"),
        ("same_working_day cutoff=16:00", "2026-11-20T16:30", "2026-11-23T17:00:00+00:00"),
        ("same_working_day cutoff=18:00", "2026-11-20T17:30", "2026-11-23T17:00:00+00:00"),
        ("within_hours:2", "2026-11-20T18:00", "2026-11-20T20:00:00+00:00"),
    ],
)
def test_a_landlord_may_close_the_day_earlier(rule: str, received: str, expected: str) -> None:
    found = due(parse_dated_rule(rule), parse_local(received), ENGLAND, time(17, 0))
    assert found.due_local.isoformat() == expected


def test_instants_are_whole_seconds() -> None:
    start = datetime(2026, 11, 20, 10, 0, 0, 999_999, tzinfo=UTC)
    assert instant_due(parse_dated_rule("within_hours:1"), start, ENGLAND) == datetime(
        2026, 11, 20, 11, tzinfo=UTC
    )


LAST_IN_REACH = [
    ("within_working_days:1", "2030-12-30T10:00", "2030-12-31"),
    ("within_calendar_days:3", "2030-12-28T10:00", "2030-12-31"),
    ("every_calendar_days:2", "2030-12-29T10:00", "2030-12-31"),
    ("same_working_day", "2030-12-31T10:00", "2030-12-31"),
    ("within_hours:23", "2030-12-31T00:00", "2030-12-31"),
]
OUT_OF_REACH = [
    ("within_working_days:1", "2030-12-31T10:00"),
    ("within_working_days:366", "2030-01-02T10:00"),
    ("end_of_next_working_day", "2030-12-31T10:00"),
    ("same_working_day cutoff=09:00", "2030-12-31T10:00"),
    ("within_calendar_days:4", "2030-12-28T10:00"),
    ("every_calendar_days:3", "2030-12-29T10:00"),
    ("every_working_days:1", "2030-12-31T10:00"),
    ("within_hours:24", "2030-12-31T00:00"),
    ("same_working_day", "2031-01-02T10:00"),
    ("within_hours:1", "2031-01-02T10:00"),
    ("within_working_days:1", "2017-12-31T10:00"),
    ("within_calendar_days:1", "2017-12-31T10:00"),
    ("within_hours:48", "2017-12-31T10:00"),
]


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize(("rule", "start", "expected"), LAST_IN_REACH)
def test_the_last_loaded_day_can_be_counted_to(nation: str, rule: str, start: str, expected: str) -> None:
    assert due_text(rule, start, nation)[:10] == expected


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize(("rule", "start"), OUT_OF_REACH)
def test_nothing_is_counted_outside_the_loaded_years(nation: str, rule: str, start: str) -> None:
    with pytest.raises(OutsideCalendar, match="calendar runs from 2018 to 2030"):
        due_text(rule, start, nation)


def test_local_dates_are_counted_without_any_time_zone() -> None:
    assert due_local_date(EveryWorkingDays(1), date(2026, 12, 24), time(14), ENGLAND) == date(2026, 12, 29)
