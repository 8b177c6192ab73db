"""The language in which a policy says how long something may take.

A rule is written as one short text (``within_working_days:5``), read by :func:`parse_rule` and written back
by ``str``. What it means on a given day is worked out in :mod:`policies.working_time`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.wording import Length, Unit, clock

MOST_DAYS = 366
MOST_HOURS = 366 * 24


class RuleError(ValueError):
    """A text that is not a rule: ``why`` says what is wrong, ``expected`` what would be right."""

    def __init__(self, text: str, expected: str, why: str = "is not a deadline rule") -> None:
        self.text = text
        self.expected = expected
        self.why = why
        super().__init__(f"{text!r} {why}; expected {expected}")


@dataclass(frozen=True, slots=True)
class SameWorkingDay:
    """The end of the day of receipt, if it is a working day and, where there is a cut-off, not past it."""

    cutoff: time | None = None

    unit: ClassVar[Unit] = Unit.WORKING_DAYS

    def __str__(self) -> str:
        return f"same_working_day cutoff={self.cutoff:%H:%M}" if self.cutoff else "same_working_day"

    def words(self) -> str:
        if self.cutoff is None:
            return _("by the end of the same working day")
        clock_words = {"clock": clock(self.cutoff)}
        return (
            _("by the end of the same working day if received by %(clock)s, otherwise of the next")
            % clock_words
        )


@dataclass(frozen=True, slots=True)
class EndOfNextWorkingDay:
    """Whatever the hour or day of receipt."""

    unit: ClassVar[Unit] = Unit.WORKING_DAYS

    def __str__(self) -> str:
        return "end_of_next_working_day"

    def words(self) -> str:
        return _("by the end of the next working day")


@dataclass(frozen=True, slots=True)
class WithinWorkingDays:
    """The day of receipt is day 0, whether it is a working day or not."""

    days: int

    unit: ClassVar[Unit] = Unit.WORKING_DAYS

    def __post_init__(self) -> None:
        _check_number(self, self.days, MOST_DAYS)

    def __str__(self) -> str:
        return f"within_working_days:{self.days}"

    def words(self) -> str:
        return _("within %(length)s") % {"length": Length(self.days, self.unit)}


@dataclass(frozen=True, slots=True)
class WithinCalendarDays:
    """Every day counts, and the last may be at a weekend or a holiday."""

    days: int

    unit: ClassVar[Unit] = Unit.CALENDAR_DAYS

    def __post_init__(self) -> None:
        _check_number(self, self.days, MOST_DAYS)

    def __str__(self) -> str:
        return f"within_calendar_days:{self.days}"

    def words(self) -> str:
        return _("within %(length)s") % {"length": Length(self.days, self.unit)}


@dataclass(frozen=True, slots=True)
class WithinHours:
    """Elapsed hours: a night when the clocks change is an hour shorter or longer on the wall."""

    hours: int

    unit: ClassVar[Unit] = Unit.HOURS

    def __post_init__(self) -> None:
        _check_number(self, self.hours, MOST_HOURS)

    def __str__(self) -> str:
        return f"within_hours:{self.hours}"

    def words(self) -> str:
        return _("within %(length)s") % {"length": Length(self.hours, self.unit)}


@dataclass(frozen=True, slots=True)
class EveryCalendarDays:
    """A contact interval. Not moved off a weekend (Ruling 4) unless the policy says so."""

    days: int
    rolled: bool = False

    unit: ClassVar[Unit] = Unit.CALENDAR_DAYS

    def __post_init__(self) -> None:
        _check_number(self, self.days, MOST_DAYS)

    def __str__(self) -> str:
        return f"every_calendar_days:{self.days}" + (" rolled_to_next_working_day" if self.rolled else "")

    def words(self) -> str:
        interval = ngettext("every day", "every %(days)d days", self.days) % {"days": self.days}
        if self.rolled:
            return _("%(interval)s, moved to the next working day") % {"interval": interval}
        return interval


@dataclass(frozen=True, slots=True)
class EveryWorkingDays:
    """A contact interval of working days."""

    days: int

    unit: ClassVar[Unit] = Unit.WORKING_DAYS

    def __post_init__(self) -> None:
        _check_number(self, self.days, MOST_DAYS)

    def __str__(self) -> str:
        return f"every_working_days:{self.days}"

    def words(self) -> str:
        return ngettext("every working day", "every %(days)d working days", self.days) % {"days": self.days}


@dataclass(frozen=True, slots=True)
class WhenAgreed:
    """The date is whatever is agreed with the person; until then the duty has an age and no date."""

    def __str__(self) -> str:
        return "when_agreed"

    def words(self) -> str:
        return _("when agreed with the person")


@dataclass(frozen=True, slots=True)
class NoTimeStated:
    """The document asks for it and sets no time: shown as not done with its age, never as late (Ruling 1)."""

    def __str__(self) -> str:
        return "no_time_stated"

    def words(self) -> str:
        return _("no time is stated")


RecurringRule = EveryCalendarDays | EveryWorkingDays
DayRule = SameWorkingDay | EndOfNextWorkingDay | WithinWorkingDays | WithinCalendarDays | RecurringRule
DatedRule = DayRule | WithinHours
DatelessRule = WhenAgreed | NoTimeStated
Rule = DatedRule | DatelessRule


def _check_number(rule: DatedRule, number: int, most: int) -> None:
    if not 1 <= number <= most:
        raise RuleError(str(rule), f"a whole number from 1 to {most}", "is out of range")


@dataclass(frozen=True, slots=True)
class _Form:
    """How one rule is written: for a person, and for the parser, which looks only after the keyword."""

    written: str
    rest: re.Pattern[str]
    build: Callable[[re.Match[str]], Rule]


_NUMBER = r":([0-9]{1,9})"
_CUTOFF = r"(?: cutoff=((?:[01][0-9]|2[0-3]):[0-5][0-9]))?"
_FORMS = {
    "same_working_day": _Form(
        "same_working_day, or same_working_day cutoff=HH:MM",
        re.compile(_CUTOFF),
        lambda found: SameWorkingDay(time.fromisoformat(found[1]) if found[1] else None),
    ),
    "end_of_next_working_day": _Form(
        "end_of_next_working_day", re.compile(""), lambda found: EndOfNextWorkingDay()
    ),
    "within_working_days": _Form(
        "within_working_days:N", re.compile(_NUMBER), lambda found: WithinWorkingDays(int(found[1]))
    ),
    "within_calendar_days": _Form(
        "within_calendar_days:N", re.compile(_NUMBER), lambda found: WithinCalendarDays(int(found[1]))
    ),
    "within_hours": _Form("within_hours:N", re.compile(_NUMBER), lambda found: WithinHours(int(found[1]))),
    "every_calendar_days": _Form(
        "every_calendar_days:N, or every_calendar_days:N rolled_to_next_working_day",
        re.compile(_NUMBER + "( rolled_to_next_working_day)?"),
        lambda found: EveryCalendarDays(int(found[1]), rolled=bool(found[2])),
    ),
    "every_working_days": _Form(
        "every_working_days:N", re.compile(_NUMBER), lambda found: EveryWorkingDays(int(found[1]))
    ),
    "when_agreed": _Form("when_agreed", re.compile(""), lambda found: WhenAgreed()),
    "no_time_stated": _Form("no_time_stated", re.compile(""), lambda found: NoTimeStated()),
}
_DATELESS = frozenset({"when_agreed", "no_time_stated"})
_ANY_RULE = "one of " + "; ".join(form.written for form in _FORMS.values())
_ANY_DATED_RULE = "one of " + "; ".join(
    form.written for keyword, form in _FORMS.items() if keyword not in _DATELESS
)


def parse_rule(text: str) -> Rule:
    """Raises RuleError with the form that was expected; runs of spaces count as one."""
    return _parse(text, _ANY_RULE)


@lru_cache(maxsize=1024)
def _parse(text: str, known_rules: str) -> Rule:
    words = " ".join(text.split())
    keyword = re.split("[ :]", words, maxsplit=1)[0]
    form = _FORMS.get(keyword)
    if form is None:
        raise RuleError(text, known_rules)
    found = form.rest.fullmatch(words.removeprefix(keyword))
    if found is None:
        raise RuleError(text, form.written)
    return form.build(found)


def parse_dated_rule(text: str) -> DatedRule:
    """Raises RuleError also for a rule that can give no date, and offers none."""
    rule = _parse(text, _ANY_DATED_RULE)
    if not isinstance(rule, DatedRule):
        raise RuleError(text, "a rule that gives a date", "gives no date")
    return rule


def describe(rule: Rule) -> str:
    """The rule as a person would say it: "within 5 working days"."""
    return rule.words()
