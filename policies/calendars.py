"""Which days are working days: a nation's bank holidays, as dated data, less a landlord's closure days.

A calendar knows only the years it was loaded with and refuses to count outside them (Ruling 18): a wrong date
told to a frightened person is worse than none.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from django.utils.translation import gettext as _
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from policies.problems import Problem
from policies.wording import long_date

NATIONS = ("england_and_wales", "scotland", "northern_ireland")
CALENDARS = Path(__file__).resolve().parent.parent / "fixtures" / "calendars"
WARN_BELOW_MONTHS = 12
SATURDAY = 5


class OutsideCalendar(ValueError):
    """A date the calendar has no years for; nobody may guess it."""

    def __init__(self, calendar: "WorkingCalendar", day: date | None) -> None:
        self.calendar = calendar
        self.day = day
        words = _("the %(nation)s calendar runs from %(first)d to %(last)d; %(day)s is outside it")
        super().__init__(
            words
            % {
                "nation": nation_name(calendar.nation),
                "first": calendar.first.year,
                "last": calendar.horizon.year,
                "day": long_date(day) if day else _("the date counted to"),
            }
        )


class InvalidCalendar(ValueError):
    """Calendar data that cannot be used; ``problems`` says everything that is wrong with ``file``."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.file = file
        self.problems = list(problems)
        super().__init__("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        for wrong in self.problems:
            found = f"found {wrong.value!r}; expected {wrong.expected}"
            yield f"{self.file}: {wrong.path}: {wrong.message} ({found})"


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A weekday nobody works: a bank holiday, or the landlord's own closure day."""

    date: date
    name: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """The days in a stretch that were not counted."""

    holidays: tuple[Holiday, ...]
    weekends: tuple[date, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WorkingCalendar:
    """The working days of whole years, found in constant time. Made by :func:`build_calendar`."""

    nation: str
    version: int
    first: date
    horizon: date
    holidays: tuple[Holiday, ...]
    _working: tuple[date, ...] = field(repr=False)
    _worked_up_to: "array[int]" = field(repr=False)
    _first_ordinal: int = field(repr=False)

    def is_working(self, day: date) -> bool:
        """Raises OutsideCalendar."""
        position = self._position(day)
        return position > 0 and self._working[position - 1] == day

    def working_day_after(self, day: date, number: int = 1) -> date:
        """The ``number``-th working day after ``day``, itself day 0 worked or not. Raises OutsideCalendar."""
        place = self._position(day) + number - 1
        if place >= len(self._working):
            raise OutsideCalendar(self, None)
        return self._working[place]

    def working_day_before(self, day: date) -> date:
        """The last working day before ``day``. Raises OutsideCalendar."""
        place = self._position(day) - (2 if self.is_working(day) else 1)
        if place < 0:
            raise OutsideCalendar(self, self.first - timedelta(days=1))
        return self._working[place]

    def working_days_between(self, after: date, until: date) -> int:
        """Working days later than ``after`` up to and with ``until``, at least 0. Raises OutsideCalendar."""
        return max(0, self._position(until) - self._position(after))

    def skipped_between(self, start: date, end: date) -> Skipped:
        """Days not worked strictly between the two."""
        low = bisect_right(self.holidays, start, key=_date_of)
        high = bisect_left(self.holidays, end, key=_date_of)
        days = (start + timedelta(days=step) for step in range(1, (end - start).days))
        return Skipped(self.holidays[low:high], tuple(day for day in days if day.weekday() >= SATURDAY))

    def check(self, day: date) -> date:
        """The day itself, if the calendar covers it. Raises OutsideCalendar."""
        self._position(day)
        return day

    def months_left(self, on: date) -> int:
        """Whole months from ``on`` to the end of the last loaded year; negative once past it."""
        return (self.horizon.year - on.year) * 12 + self.horizon.month - on.month

    def runs_out_soon(self, on: date) -> bool:
        """Whether whoever looks after the installation must add the next year now."""
        return self.months_left(on) < WARN_BELOW_MONTHS

    def _position(self, day: date) -> int:
        index = day.toordinal() - self._first_ordinal
        if 0 <= index < len(self._worked_up_to):
            return self._worked_up_to[index]
        raise OutsideCalendar(self, day)


def _date_of(holiday: Holiday) -> date:
    return holiday.date


class _Dated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    date: date
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _falls_on_a_weekday(self) -> Self:
        if self.date.weekday() >= SATURDAY:
            raise ValueError("a Monday to Friday: at a weekend the substitute day is the bank holiday")
        return self


class CalendarFile(BaseModel):
    """One nation's bank holidays as they stand in ``fixtures/calendars``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nation: Literal["england_and_wales", "scotland", "northern_ireland"]
    version: Annotated[int, Field(ge=1)]
    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    years: Annotated[dict[int, tuple[_Dated, ...]], Field(min_length=1)]

    @field_validator("years")
    @classmethod
    def _every_year_in_order(cls, years: dict[int, tuple[_Dated, ...]]) -> dict[int, tuple[_Dated, ...]]:
        if list(years) != list(range(min(years), max(years) + 1)):
            raise ValueError("years in order without a gap")
        for year, days in years.items():
            dates = [day.date for day in days]
            if dates != sorted(set(dates)) or {day.year for day in dates} != {year}:
                raise ValueError(f"under {year} its own dates, each once and in order")
        return years


def nation_name(nation: str) -> str:
    return {
        "england_and_wales": _("England and Wales"),
        "scotland": _("Scotland"),
        "northern_ireland": _("Northern Ireland"),
    }[nation]


def read_calendar(path: Path) -> CalendarFile:
    """Raises InvalidCalendar with every error found in the file."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problem = Problem("", None, "a readable YAML file", " ".join(str(error).split()))
        raise InvalidCalendar(path.name, [problem]) from error
    return parse_calendar(data, path.name)


def parse_calendar(data: Any, file: str) -> CalendarFile:
    """Raises InvalidCalendar."""
    try:
        return CalendarFile.model_validate(data)
    except ValidationError as error:
        raise InvalidCalendar(file, [_problem(detail) for detail in error.errors()]) from error


def _problem(detail: Mapping[str, Any]) -> Problem:
    path = ".".join(str(step) for step in detail["loc"])
    expected = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    value = None if detail["type"] == "missing" else detail["input"]
    return Problem(path, value, expected, f"this is not {expected}")


def build_calendar(file: CalendarFile, closures: Iterable[Holiday] = ()) -> WorkingCalendar:
    """A closure day at a weekend or on a bank holiday changes nothing.

    Raises InvalidCalendar for a closure day outside the file's years.
    """
    first, horizon = date(min(file.years), 1, 1), date(max(file.years), 12, 31)
    named = {closure.date: closure for closure in closures}
    _check_closures(file, first, horizon, named)
    named |= {day.date: Holiday(day.date, day.name) for days in file.years.values() for day in days}
    every_day = [first + timedelta(days=step) for step in range((horizon - first).days + 1)]
    worked = [day.weekday() < SATURDAY and day not in named for day in every_day]
    return WorkingCalendar(
        nation=file.nation,
        version=file.version,
        first=first,
        horizon=horizon,
        holidays=tuple(sorted(holiday for holiday in named.values() if holiday.date.weekday() < SATURDAY)),
        _working=tuple(day for day, is_worked in zip(every_day, worked, strict=True) if is_worked),
        _worked_up_to=array("l", accumulate(worked)),
        _first_ordinal=first.toordinal(),
    )


def _check_closures(file: CalendarFile, first: date, horizon: date, closures: Iterable[date]) -> None:
    expected = f"a date from {first.year} to {horizon.year}, the years of the {file.nation} calendar"
    problems = [
        Problem("closure_days", day.isoformat(), expected, "this closure day is outside the calendar")
        for day in closures
        if not first <= day <= horizon
    ]
    if problems:
        raise InvalidCalendar(f"{file.nation}.yaml", problems)


def calendar_for(nation: str, closures: Iterable[tuple[date, str]] = ()) -> WorkingCalendar:
    """The calendar of one of NATIONS, kept in memory. Raises InvalidCalendar."""
    return _cached_calendar(nation, tuple(closures))


@lru_cache(maxsize=256)
def _cached_calendar(nation: str, closures: tuple[tuple[date, str], ...]) -> WorkingCalendar:
    return build_calendar(_cached_file(nation), (Holiday(day, name) for day, name in closures))


@lru_cache
def _cached_file(nation: str) -> CalendarFile:
    if nation not in NATIONS:
        problem = Problem(
            "nation", nation, f"one of {', '.join(NATIONS)}", "there is no calendar for this nation"
        )
        raise InvalidCalendar("calendars", [problem])
    return read_calendar(CALENDARS / f"{nation}.yaml")
