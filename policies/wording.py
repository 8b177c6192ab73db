"""Dates, times and lengths of time in the words that people on every screen and letter see.

All functions take Europe/London wall time; nothing here converts between zones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MIDNIGHT = time(0, 0)
NOON = time(12, 0)
END_OF_DAY = time(23, 59, 59)


class Unit(StrEnum):
    """What a length of time is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Length:
    """So many whole units; what is left over is less than one unit."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return length_words(self)


def length_words(length: Length) -> str:
    """ "2 working days", "1 day", "24 hours"."""
    amount = {"amount": length.amount}
    match length.unit:
        case Unit.WORKING_DAYS:
            return ngettext("%(amount)d working day", "%(amount)d working days", length.amount) % amount
        case Unit.CALENDAR_DAYS:
            return ngettext("%(amount)d day", "%(amount)d days", length.amount) % amount
        case Unit.HOURS:
            return ngettext("%(amount)d hour", "%(amount)d hours", length.amount) % amount


def missed_by(late: Length) -> str:
    """ "Missed by 2 working days": always in the unit of the rule that was missed."""
    if late.amount:
        return _("Missed by %(length)s") % {"length": late}
    return _("Missed by less than %(length)s") % {"length": Length(1, late.unit)}


def time_left(due_local: datetime, now_local: datetime) -> str:
    """ "Due today", "Tomorrow", "In 8 days": plain days, as a calendar on the wall shows them."""
    days = (due_local.date() - now_local.date()).days
    if days < 1:
        return _("Due today")
    if days == 1:
        return _("Tomorrow")
    return _("In %(length)s") % {"length": Length(days, Unit.CALENDAR_DAYS)}


def by_end_of(due_local: datetime, today: date, *, always_year: bool = False, short: bool = False) -> str:
    """ "by the end of Friday 27 November", or "by 5pm Friday 27 November" where the hour matters.

    The year is said when it is not this year's; ``always_year`` is for the public, who may read it later. ``short`` is
    for lists: "by the end of Fri 27 Nov".
    """
    written = short_date if short else long_date
    day = written(due_local.date(), with_year=always_year or due_local.year != today.year)
    if due_local.time() == END_OF_DAY:
        return _("by the end of %(day)s") % {"day": day}
    return _("by %(clock)s %(day)s") % {"clock": clock(due_local.time()), "day": day}


def long_date(day: date, *, with_year: bool = True) -> str:
    """ "Friday 27 November 2026"."""
    return dateformat.format(day, "l j F Y" if with_year else "l j F")


def short_date(day: date, *, with_year: bool = False) -> str:
    """ "Wed 30 Dec"."""
    return dateformat.format(day, "D j M Y" if with_year else "D j M")


def short_dates(days: Sequence[date]) -> str:
    """ "Sat 26, Sun 27": a list within one month leaves the month to the rows around it."""
    if len(days) > 1 and days[0].month == days[-1].month:
        return ", ".join(dateformat.format(day, "D j") for day in days)
    return ", ".join(short_date(day) for day in days)


def clock(at: time) -> str:
    """ "9:20am", "5pm", "12 noon", "12 midnight"; seconds are not said."""
    minute = at.replace(second=0, microsecond=0)
    if minute == NOON:
        return _("12 noon")
    if minute == MIDNIGHT:
        return _("12 midnight")
    hour = at.hour % 12 or 12
    digits = f"{hour}:{at.minute:02}" if at.minute else str(hour)
    return (_("%(clock)spm") if at >= NOON else _("%(clock)sam")) % {"clock": digits}
