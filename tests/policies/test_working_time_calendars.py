"""The calendars: every listed date, the refusal of bad data, closure days, and where the years end."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from policies.calendars import (
    CALENDARS,
    NATIONS,
    Holiday,
    InvalidCalendar,
    OutsideCalendar,
    build_calendar,
    calendar_for,
    parse_calendar,
    read_calendar,
)

DAY = timedelta(days=1)
WEEKDAYS = range(5)
EARLY_MAY_MOVED = {2020: date(2020, 5, 8)}
SPRING_MOVED = {2022: date(2022, 6, 2)}
ONE_OFF = {2022: {date(2022, 6, 3), date(2022, 9, 19)}, 2023: {date(2023, 5, 8)}}
ONE_OFF_IN_SCOTLAND = {2026: {date(2026, 6, 15)}}


def easter_sunday(year: int) -> date:
    """The Gregorian computus of Butcher."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def first_monday(year: int, month: int) -> date:
    return next(date(year, month, day) for day in range(1, 8) if date(year, month, day).weekday() == 0)


def last_monday(year: int, month: int) -> date:
    return first_monday(year, month + 1) - 7 * DAY


def observed(days: Iterable[date]) -> set[date]:
    """Weekdays stand; each of the others moves to the next weekday that is still free."""
    wanted = list(days)
    taken = {day for day in wanted if day.weekday() in WEEKDAYS}
    for day in wanted:
        if day.weekday() not in WEEKDAYS:
            later = (day + step * DAY for step in range(1, 7))
            taken.add(next(free for free in later if free.weekday() in WEEKDAYS and free not in taken))
    return taken


def by_the_rules(nation: str, year: int) -> set[date]:
    """Bank holidays by the Banking and Financial Dealings Act 1971, usual substitutes and proclamations."""
    days = {
        easter_sunday(year) - 2 * DAY,
        EARLY_MAY_MOVED.get(year, first_monday(year, 5)),
        SPRING_MOVED.get(year, last_monday(year, 5)),
        *observed([date(year, 12, 25), date(year, 12, 26)]),
        *ONE_OFF.get(year, ()),
    }
    if nation == "scotland":
        return days | in_scotland(year)
    if nation == "northern_ireland":
        days |= observed([date(year, 3, 17)]) | observed([date(year, 7, 12)])
    return days | observed([date(year, 1, 1)]) | {easter_sunday(year) + DAY, last_monday(year, 8)}


def in_scotland(year: int) -> set[date]:
    new_year, st_andrew = observed([date(year, 1, 1), date(year, 1, 2)]), observed([date(year, 11, 30)])
    return new_year | st_andrew | {first_monday(year, 8), *ONE_OFF_IN_SCOTLAND.get(year, ())}


@pytest.mark.parametrize("year", range(2018, 2031))
@pytest.mark.parametrize("nation", NATIONS)
def test_every_listed_date_follows_from_the_rules_and_proclamations(nation: str, year: int) -> None:
    listed = {day.date for day in read_calendar(CALENDARS / f"{nation}.yaml").years[year]}
    assert listed == by_the_rules(nation, year)


@pytest.mark.parametrize(
    ("nation", "day", "name"),
    [
        ("england_and_wales", date(2020, 5, 8), "Early May bank holiday (VE day)"),
        ("england_and_wales", date(2022, 6, 2), "Spring bank holiday"),
        ("northern_ireland", date(2022, 6, 3), "Platinum Jubilee bank holiday"),
        ("scotland", date(2022, 9, 19), "Bank Holiday for the State Funeral of Queen Elizabeth II"),
        ("england_and_wales", date(2023, 5, 8), "Bank holiday for the coronation of King Charles III"),
        ("scotland", date(2026, 6, 15), "World Cup bank holiday"),
        ("scotland", date(2023, 1, 2), "New Year’s Day (substitute day)"),
        ("scotland", date(2023, 1, 3), "2nd January (substitute day)"),
        ("scotland", date(2030, 12, 2), "St Andrew’s Day (substitute day)"),
        ("northern_ireland", date(2026, 3, 17), "St Patrick’s Day"),
        ("northern_ireland", date(2026, 7, 13), "Battle of the Boyne (Orangemen’s Day) (substitute day)"),
        ("england_and_wales", date(2022, 12, 26), "Boxing Day"),
        ("england_and_wales", date(2022, 12, 27), "Christmas Day (substitute day)"),
        ("england_and_wales", date(2027, 12, 27), "Christmas Day (substitute day)"),
        ("england_and_wales", date(2027, 12, 28), "Boxing Day (substitute day)"),
        ("england_and_wales", date(2028, 1, 3), "New Year’s Day (substitute day)"),
    ],
)
def test_days_are_called_what_the_government_calls_them(nation: str, day: date, name: str) -> None:
    assert [holiday.name for holiday in calendar_for(nation).holidays if holiday.date == day] == [name]


@pytest.mark.parametrize("nation", NATIONS)
def test_each_nation_is_loaded_for_the_same_years(nation: str) -> None:
    calendar = calendar_for(nation)
    assert (calendar.nation, calendar.version) == (nation, 1)
    assert (calendar.first, calendar.horizon) == (date(2018, 1, 1), date(2030, 12, 31))


def test_a_calendar_is_made_once() -> None:
    closures = [(date(2026, 12, 24), "Closed")]
    assert calendar_for("scotland", closures) is calendar_for("scotland", tuple(closures))
    assert calendar_for("scotland", closures) is not calendar_for("scotland")


def test_single_days() -> None:
    calendar = calendar_for("england_and_wales")
    assert [calendar.is_working(date(2026, 12, day)) for day in range(24, 30)] == [True, *[False] * 4, True]
    assert calendar.working_day_before(date(2026, 12, 29)) == date(2026, 12, 24)
    assert calendar.working_day_before(date(2026, 12, 27)) == date(2026, 12, 24)
    assert calendar.is_working(date(2018, 1, 1)) is False


def test_what_was_skipped_lies_strictly_between() -> None:
    skipped = calendar_for("england_and_wales").skipped_between(date(2026, 12, 25), date(2027, 1, 1))
    assert skipped.holidays == (Holiday(date(2026, 12, 28), "Boxing Day (substitute day)"),)
    assert skipped.weekends == (date(2026, 12, 26), date(2026, 12, 27))
    to_saturday = calendar_for("england_and_wales").skipped_between(date(2026, 11, 21), date(2026, 11, 28))
    assert to_saturday.weekends == (date(2026, 11, 22),)


def test_a_spare_closure_day_changes_nothing() -> None:
    plain = calendar_for("england_and_wales")
    spare = calendar_for(
        "england_and_wales", [(date(2026, 12, 26), "Closed"), (date(2026, 12, 25), "Closed")]
    )
    assert spare.holidays == plain.holidays
    assert spare.working_days_between(date(2026, 1, 1), date(2026, 12, 31)) == plain.working_days_between(
        date(2026, 1, 1), date(2026, 12, 31)
    )


def test_a_closure_day_outside_the_years_is_refused() -> None:
    with pytest.raises(InvalidCalendar) as refused:
        calendar_for("scotland", [(date(2031, 1, 3), "Closed")])
    (problem,) = refused.value.problems
    assert (refused.value.file, problem.path, problem.value) == (
        "scotland.yaml",
        "closure_days",
        "2031-01-03",
    )
    assert problem.expected == "a date from 2018 to 2030, the years of the scotland calendar"


@pytest.mark.parametrize(
    ("today", "months", "warned"),
    [
        (date(2026, 11, 21), 49, False),
        (date(2029, 12, 31), 12, False),
        (date(2030, 1, 1), 11, True),
        (date(2031, 2, 1), -2, True),
    ],
)
def test_how_long_the_calendar_lasts(today: date, months: int, warned: bool) -> None:
    calendar = calendar_for("england_and_wales")
    assert (calendar.months_left(today), calendar.runs_out_soon(today)) == (months, warned)


@pytest.mark.parametrize("day", [date(2017, 12, 31), date(2031, 1, 1)])
def test_a_day_outside_the_years_is_refused(day: date) -> None:
    calendar = calendar_for("northern_ireland")
    with pytest.raises(OutsideCalendar) as refused:
        calendar.is_working(day)
    assert (refused.value.calendar, refused.value.day) == (calendar, day)


def test_the_refusal_says_which_years_there_are() -> None:
    with pytest.raises(OutsideCalendar) as refused:
        calendar_for("northern_ireland").is_working(date(2031, 1, 1))
    assert str(refused.value) == (
        "the Northern Ireland calendar runs from 2018 to 2030; Wednesday 1 January 2031 is outside it"
    )


def good() -> dict[str, Any]:
    return {
        "nation": "scotland",
        "version": 1,
        "source": "a list",
        "years": {
            2025: [{"date": date(2025, 1, 1), "name": "New Year’s Day"}],
            2026: [{"date": date(2026, 1, 1), "name": "New Year’s Day"}],
        },
    }


def test_a_small_calendar_counts_only_its_own_years() -> None:
    calendar = build_calendar(parse_calendar(good(), "small.yaml"))
    assert calendar.working_day_after(date(2025, 12, 31)) == date(2026, 1, 2)
    with pytest.raises(OutsideCalendar):
        calendar.working_day_after(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("change", "path", "value"),
    [
        ({"nation": "wales"}, "nation", "wales"),
        ({"version": 0}, "version", 0),
        ({"source": " "}, "source", " "),
        ({"landlord": "x"}, "landlord", "x"),
        ({"years": {}}, "years", {}),
        ({"years": {2025: [{"date": "soon", "name": "A"}]}}, "years.2025.0.date", "soon"),
        ({"years": {2025: [{"date": "2025-01-01", "name": ""}]}}, "years.2025.0.name", ""),
        ({"years": {2025: [{"date": "2025-01-01"}]}}, "years.2025.0.name", None),
    ],
)
def test_bad_data_is_refused_with_its_place(change: dict[str, Any], path: str, value: Any) -> None:
    with pytest.raises(InvalidCalendar) as refused:
        parse_calendar(good() | change, "small.yaml")
    assert [(problem.path, problem.value) for problem in refused.value.problems] == [(path, value)]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (
            {2026: [{"date": "2026-12-26", "name": "Boxing Day"}]},
            "a Monday to Friday: at a weekend the substitute day is the bank holiday",
        ),
        (
            {2024: [{"date": "2024-01-01", "name": "A"}], 2026: [{"date": "2026-01-01", "name": "A"}]},
            "years in order without a gap",
        ),
        ({2026: []}, "under 2026 its own dates, each once and in order"),
        ({2026: [{"date": "2025-01-01", "name": "A"}]}, "under 2026 its own dates, each once and in order"),
        (
            {2026: [{"date": "2026-01-01", "name": "A"}, {"date": "2026-01-01", "name": "B"}]},
            "under 2026 its own dates, each once and in order",
        ),
        (
            {2026: [{"date": "2026-01-02", "name": "A"}, {"date": "2026-01-01", "name": "B"}]},
            "under 2026 its own dates, each once and in order",
        ),
    ],
)
def test_dates_that_cannot_be_right_are_refused(years: dict[int, Any], expected: str) -> None:
    with pytest.raises(InvalidCalendar) as refused:
        parse_calendar(good() | {"years": years}, "small.yaml")
    assert [problem.expected for problem in refused.value.problems] == [expected]


def test_all_errors_are_told_at_once() -> None:
    with pytest.raises(InvalidCalendar) as refused:
        parse_calendar(good() | {"nation": "wales", "version": 0}, "small.yaml")
    assert [problem.path for problem in refused.value.problems] == ["nation", "version"]


@pytest.mark.parametrize("content", [None, b"years: [", b"\xff\xfe"])
def test_an_unreadable_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "scotland.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidCalendar) as refused:
        read_calendar(path)
    assert [problem.expected for problem in refused.value.problems] == ["a readable YAML file"]


def test_an_unknown_nation_is_refused() -> None:
    with pytest.raises(InvalidCalendar, match="one of england_and_wales, scotland, northern_ireland"):
        calendar_for("wales")
