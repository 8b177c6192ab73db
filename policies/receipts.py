"""How a date was worked out: in one sentence, and day by day for "How this date was worked out".

A receipt is made once, when the deadline starts, and kept with it: it is evidence, so it is never made again
from a later calendar. All dates are Europe/London.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Literal, Self

from django.utils.translation import gettext as _

from policies.calendars import Holiday, Skipped, WorkingCalendar
from policies.rules import (
    DatedRule,
    EndOfNextWorkingDay,
    EveryCalendarDays,
    EveryWorkingDays,
    SameWorkingDay,
    WithinCalendarDays,
    WithinHours,
    WithinWorkingDays,
)
from policies.wording import END_OF_DAY, Length, Unit, clock, short_date, short_dates

Kind = Literal["start", "skip", "end"]
ONE_DAY = timedelta(days=1)
NOTHING_SKIPPED = Skipped((), ())


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a receipt; ``when`` is how its days are shown."""

    days: tuple[date, ...]
    when: str
    text: str
    kind: Kind

    def as_json(self) -> dict[str, Any]:
        return {
            "dates": [day.isoformat() for day in self.days],
            "when": self.when,
            "text": self.text,
            "kind": self.kind,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        days = tuple(date.fromisoformat(day) for day in data["dates"])
        return cls(days, data["when"], data["text"], data["kind"])


@dataclass(frozen=True, slots=True)
class Receipt:
    """``counted`` is how many of the rule's units lie between start and due."""

    counted: int
    skipped: tuple[Holiday, ...]
    explanation: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """What a receipt is about: the moments are Europe/London wall time."""

    rule: DatedRule
    start: datetime
    due: datetime
    calendar: WorkingCalendar
    started: str

    @property
    def first(self) -> date:
        return self.start.date()

    @property
    def last(self) -> date:
        return self.due.date()


@dataclass(frozen=True, slots=True)
class _Account:
    """The parts of a receipt that differ from rule to rule."""

    counted: int
    skipped: Skipped
    sentence: str
    end: str


def receipt(span: Span) -> Receipt:
    """Accounts for every day between the start and the due date."""
    account = _account(span)
    return Receipt(account.counted, account.skipped.holidays, account.sentence, tuple(_rows(span, account)))


def _account(span: Span) -> _Account:
    match span.rule:
        case SameWorkingDay():
            return _same_working_day(span, span.rule)
        case EndOfNextWorkingDay():
            return _end_of_next_working_day(span)
        case WithinWorkingDays() | EveryWorkingDays():
            return _working_days(span, span.rule)
        case WithinCalendarDays() | EveryCalendarDays():
            return _calendar_days(span, span.rule)
        case WithinHours():
            return _hours(span, span.rule)


def _rows(span: Span, account: _Account) -> Iterator[Row]:
    yield Row((span.first,), short_date(span.first), _start_text(span), "start")
    yield from sorted(
        [*_weekend_rows(account.skipped.weekends), *_holiday_rows(span, account)], key=_first_day
    )
    yield Row((span.last,), short_date(span.last), f"{account.end}. {_due_text(span)}".lstrip(". "), "end")


def _first_day(row: Row) -> date:
    return row.days[0]


def _start_text(span: Span) -> str:
    if isinstance(span.rule, WithinHours):
        at = {"started": span.started, "clock": clock(span.start.time())}
        return _("%(started)s at %(clock)s. Every hour counts") % at
    return _("%(started)s. Day 0") % {"started": span.started}


def _due_text(span: Span) -> str:
    if span.due.time() == END_OF_DAY:
        return _("Due by the end of this day")
    return _("Due by %(clock)s on this day") % {"clock": clock(span.due.time())}


def _weekend_rows(days: tuple[date, ...]) -> Iterator[Row]:
    for _week, weekend in groupby(days, key=lambda day: day.isocalendar()[:2]):
        together = tuple(weekend)
        yield Row(together, short_dates(together), _("not counted: weekend"), "skip")


def _holiday_rows(span: Span, account: _Account) -> Iterator[Row]:
    for holiday in account.skipped.holidays:
        text = _("not counted: %(name)s") % {"name": holiday.name}
        yield Row((holiday.date,), short_date(holiday.date), text, "skip")


def _with_skipped(sentence: str, skipped: Skipped) -> str:
    days = ", ".join(f"{short_date(holiday.date)} {holiday.name}" for holiday in skipped.holidays)
    words = {"sentence": sentence, "days": days}
    if days and skipped.weekends:
        return _("%(sentence)s; skipped %(days)s, and weekends") % words
    if days:
        return _("%(sentence)s; skipped %(days)s") % words
    if skipped.weekends:
        return _("%(sentence)s; skipped weekends") % words
    return _("%(sentence)s; no day skipped") % words


def _same_working_day(span: Span, rule: SameWorkingDay) -> _Account:
    day = {"day": short_date(span.first, with_year=True)}
    if span.first == span.last:
        return _Account(0, NOTHING_SKIPPED, _("the same working day, %(day)s") % day, "")
    if span.calendar.is_working(span.first) and rule.cutoff:
        sentence = _("received after %(clock)s on %(day)s, so the next working day")
        return _next_day(span, sentence % (day | {"clock": clock(rule.cutoff)}))
    sentence = _("received on %(day)s, which is not a working day, so the next working day")
    return _next_day(span, sentence % day)


def _next_day(span: Span, sentence: str) -> _Account:
    skipped = _skipped(span)
    return _Account(1, skipped, _with_skipped(sentence, skipped), _("working day 1"))


def _end_of_next_working_day(span: Span) -> _Account:
    sentence = _("the next working day after %(day)s") % {"day": short_date(span.first, with_year=True)}
    return _next_day(span, sentence)


def _skipped(span: Span) -> Skipped:
    """What a count of working days leaves out: the first day too, where nobody works on it."""
    after = span.first if span.calendar.is_working(span.first) else span.first - ONE_DAY
    return span.calendar.skipped_between(after, span.last)


def _working_days(span: Span, rule: WithinWorkingDays | EveryWorkingDays) -> _Account:
    skipped = _skipped(span)
    sentence = _from(span, Length(rule.days, Unit.WORKING_DAYS))
    end = _("working day %(number)d") % {"number": rule.days}
    return _Account(rule.days, skipped, _with_skipped(sentence, skipped), end)


def _calendar_days(span: Span, rule: WithinCalendarDays | EveryCalendarDays) -> _Account:
    nominal = span.first + timedelta(days=rule.days)
    sentence = _("%(length)s, every day counted") % {
        "length": _from(span, Length(rule.days, Unit.CALENDAR_DAYS))
    }
    end = _("day %(number)d") % {"number": rule.days}
    if nominal == span.last:
        return _Account(rule.days, NOTHING_SKIPPED, sentence, end)
    moved = _("%(sentence)s to %(day)s, then moved to the next working day")
    skipped = span.calendar.skipped_between(nominal - ONE_DAY, span.last)
    sentence = _with_skipped(moved % {"sentence": sentence, "day": short_date(nominal)}, skipped)
    return _Account(rule.days, skipped, sentence, _("the next working day after %(end)s") % {"end": end})


def _hours(span: Span, rule: WithinHours) -> _Account:
    length = Length(rule.hours, Unit.HOURS)
    sentence = _("%(length)s from %(clock)s on %(day)s, every hour counted") % {
        "length": length,
        "clock": clock(span.start.time()),
        "day": short_date(span.first, with_year=True),
    }
    if span.start.utcoffset() != span.due.utcoffset():
        sentence = _("%(sentence)s; the clocks change in between") % {"sentence": sentence}
    return _Account(rule.hours, NOTHING_SKIPPED, sentence, _("%(length)s later") % {"length": length})


def _from(span: Span, length: Length) -> str:
    return _("%(length)s from %(day)s") % {"length": length, "day": short_date(span.first, with_year=True)}
