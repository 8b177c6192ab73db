"""When something is due: counted in Europe/London days, given as a UTC instant. Pure: no database, no clock.

Days are counted as local dates and only then placed at the closing time, so a change of the clocks never
moves a deadline by an hour. Instants are whole seconds: an act within the second of ``due_at`` is in time.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from policies.calendars import Holiday, WorkingCalendar
from policies.receipts import Receipt, Row, Span, receipt
from policies.rules import (
    DatedRule,
    DayRule,
    EndOfNextWorkingDay,
    EveryCalendarDays,
    EveryWorkingDays,
    SameWorkingDay,
    WithinCalendarDays,
    WithinHours,
    WithinWorkingDays,
    parse_dated_rule,
)
from policies.wording import END_OF_DAY, MIDNIGHT, Length, Unit

LONDON = ZoneInfo("Europe/London")
ESCALATION = time(9, 0)
ONE_DAY = timedelta(days=1)
ONE_HOUR = timedelta(hours=1)


class BadTime(ValueError):
    """A text that is not a date and time: ``why`` says what is wrong, ``expected`` what would be right."""

    def __init__(self, text: str, expected: str, why: str) -> None:
        self.text = text
        self.expected = expected
        self.why = why
        super().__init__(f"{text!r} {why}; expected {expected}")


class ImpossibleTime(BadTime):
    """A wall time that the spring change of the clocks leaves out."""

    def __init__(self, local: datetime) -> None:
        why = "does not exist: the clocks go forward from 1am to 2am that night"
        super().__init__(f"{local:%Y-%m-%dT%H:%M}", "a time before 1am or from 2am", why)


@dataclass(frozen=True, slots=True)
class Due:
    """A due date with its account, as it is kept with the deadline and shown to people."""

    rule: DatedRule
    nation: str
    calendar_version: int
    start_at: datetime
    due_at: datetime
    counted: int
    skipped: tuple[Holiday, ...]
    explanation: str
    rows: tuple[Row, ...]

    @property
    def due_local(self) -> datetime:
        return self.due_at.astimezone(LONDON)

    def as_json(self) -> dict[str, Any]:
        """Plain values; instants are UTC with Z, ``due_local`` carries its offset."""
        return {
            "rule": str(self.rule),
            "nation": self.nation,
            "calendar_version": self.calendar_version,
            "start_at": utc_text(self.start_at),
            "due_at": utc_text(self.due_at),
            "due_local": self.due_local.isoformat(),
            "counted": self.counted,
            "skipped": [{"date": holiday.date.isoformat(), "name": holiday.name} for holiday in self.skipped],
            "explanation": self.explanation,
            "receipt": [row.as_json() for row in self.rows],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Reads what ``as_json`` wrote, without counting again."""
        return cls(
            rule=parse_dated_rule(data["rule"]),
            nation=data["nation"],
            calendar_version=data["calendar_version"],
            start_at=datetime.fromisoformat(data["start_at"]),
            due_at=datetime.fromisoformat(data["due_at"]),
            counted=data["counted"],
            skipped=tuple(Holiday(date.fromisoformat(day["date"]), day["name"]) for day in data["skipped"]),
            explanation=data["explanation"],
            rows=tuple(Row.from_json(row) for row in data["receipt"]),
        )


def due(
    rule: DatedRule,
    start: datetime,
    calendar: WorkingCalendar,
    day_ends: time = END_OF_DAY,
    *,
    started: str = "",
) -> Due:
    """When something that started at ``start`` (aware) is due, and how that was worked out.

    ``started`` says on the receipt what happened at the start; left empty, "Received" or "Last contact".
    Raises OutsideCalendar; ImpossibleTime where ``day_ends`` falls in the hour the clocks leave out.
    """
    start_at, due_at = _whole_second(start), instant_due(rule, start, calendar, day_ends)
    local = start_at.astimezone(LONDON), due_at.astimezone(LONDON)
    account = receipt(Span(_closing(rule, day_ends), *local, calendar, started or _default_start(rule)))
    return _as_due(rule, calendar, start_at, due_at, account)


def _as_due(
    rule: DatedRule, calendar: WorkingCalendar, start_at: datetime, due_at: datetime, account: Receipt
) -> Due:
    return Due(
        rule=rule,
        nation=calendar.nation,
        calendar_version=calendar.version,
        start_at=start_at,
        due_at=due_at,
        counted=account.counted,
        skipped=account.skipped,
        explanation=account.explanation,
        rows=account.rows,
    )


def _default_start(rule: DatedRule) -> str:
    return _("Last contact") if is_recurring(rule) else _("Received")


def instant_due(
    rule: DatedRule, start: datetime, calendar: WorkingCalendar, day_ends: time = END_OF_DAY
) -> datetime:
    """``due`` without its account, for many dates at once. Raises as ``due`` does."""
    start = _whole_second(start)
    local = start.astimezone(LONDON)
    if isinstance(rule, WithinHours):
        calendar.check(local.date())
        instant = start + timedelta(hours=rule.hours)
        calendar.check(instant.astimezone(LONDON).date())
        return instant
    day = due_local_date(_closing_day(rule, day_ends), local.date(), local.time(), calendar)
    return localise(day, day_ends)


def due_local_date(rule: DayRule, day: date, at: time, calendar: WorkingCalendar) -> date:
    """The local date something is due that started on ``day`` at wall time ``at``. Raises OutsideCalendar."""
    match rule:
        case WithinWorkingDays() | EveryWorkingDays():
            return calendar.working_day_after(day, rule.days)
        case EndOfNextWorkingDay():
            return calendar.working_day_after(day)
        case SameWorkingDay():
            in_time = rule.cutoff is None or at <= rule.cutoff
            return day if calendar.is_working(day) and in_time else calendar.working_day_after(day)
        case WithinCalendarDays():
            return calendar.check(calendar.check(day) + timedelta(days=rule.days))
        case EveryCalendarDays():
            nominal = calendar.check(calendar.check(day) + timedelta(days=rule.days))
            return calendar.working_day_after(nominal - ONE_DAY) if rule.rolled else nominal


def _closing(rule: DatedRule, day_ends: time) -> DatedRule:
    return rule if isinstance(rule, WithinHours) else _closing_day(rule, day_ends)


def _closing_day(rule: DayRule, day_ends: time) -> DayRule:
    """Where the working day ends before midnight, nothing received after that can be due the same day."""
    if isinstance(rule, SameWorkingDay) and day_ends < (rule.cutoff or END_OF_DAY):
        return replace(rule, cutoff=day_ends)
    return rule


def amber_at(rule: DatedRule, due_at: datetime, calendar: WorkingCalendar) -> datetime:
    """When to warn: the start of the due day; for a contact interval, the working day before (Ruling 4)."""
    day = due_at.astimezone(LONDON).date()
    return localise(calendar.working_day_before(day) if is_recurring(rule) else day, MIDNIGHT)


def escalate_at(due_at: datetime, calendar: WorkingCalendar) -> datetime:
    """When the manager is told of a miss nobody explained: 9am on the next working day."""
    return localise(calendar.working_day_after(due_at.astimezone(LONDON).date()), ESCALATION)


def is_late(due_at: datetime, at: datetime) -> bool:
    """On time through the whole second of ``due_at``, late after it."""
    return at >= due_at + timedelta(seconds=1)


def working_days_late(due_at: datetime, now: datetime, calendar: WorkingCalendar) -> int:
    """Working days begun since the due day, today's included; 0 while not late. Raises OutsideCalendar."""
    return calendar.working_days_between(due_at.astimezone(LONDON).date(), now.astimezone(LONDON).date())


def lateness(rule: DatedRule, due_at: datetime, now: datetime, calendar: WorkingCalendar) -> Length | None:
    """How late, in the unit of the rule (decision 15); None while it is on time. Raises OutsideCalendar."""
    return _between(rule.unit, due_at, now, calendar) if is_late(due_at, now) else None


def remaining(rule: DatedRule, due_at: datetime, now: datetime, calendar: WorkingCalendar) -> Length | None:
    """How long is left, in the unit of the rule; None once it is late. Raises OutsideCalendar."""
    return None if is_late(due_at, now) else _between(rule.unit, now, due_at, calendar)


def _between(unit: Unit, earlier: datetime, later: datetime, calendar: WorkingCalendar) -> Length:
    first, last = earlier.astimezone(LONDON).date(), later.astimezone(LONDON).date()
    match unit:
        case Unit.WORKING_DAYS:
            return Length(calendar.working_days_between(first, last), unit)
        case Unit.CALENDAR_DAYS:
            return Length((last - first).days, unit)
        case Unit.HOURS:
            return Length(max(0, (later - earlier) // ONE_HOUR), unit)


def is_recurring(rule: DatedRule) -> bool:
    """Whether the rule is an interval that starts again with each contact."""
    return isinstance(rule, EveryCalendarDays | EveryWorkingDays)


def localise(day: date, at: time, fold: int = 0) -> datetime:
    """The UTC instant of a Europe/London wall time.

    In the hour that October has twice, ``fold`` 0 is the first pass (summer time) and 1 the second.
    Raises ImpossibleTime for the hour that March leaves out.
    """
    local = datetime.combine(day, at.replace(fold=1) if fold else at, LONDON)
    instant = local.astimezone(UTC)
    if instant.astimezone(LONDON) != local:
        raise ImpossibleTime(local)
    return instant


def parse_local(text: str, fold: int = 0) -> datetime:
    """An ISO date and time as a UTC instant; without an offset it is Europe/London.

    A date alone means its first moment. Raises BadTime, ImpossibleTime.
    """
    expected = "an ISO date and time such as 2026-12-24T14:00"
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            return localise(moment.date(), moment.time(), fold)
        return moment.astimezone(UTC)
    except ImpossibleTime:
        raise
    except (ValueError, OverflowError) as error:
        raise BadTime(text, expected, "is not a date and time") from error


def utc_text(instant: datetime) -> str:
    """2026-12-29T23:59:59Z."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _whole_second(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise BadTime(moment.isoformat(), "a moment with its offset from UTC", "has no time zone")
    return moment.astimezone(UTC).replace(microsecond=0)
