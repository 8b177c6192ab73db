"""`{% load times %}`: moments and dates in the words of the policies, on the clock the whole product uses."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django import template

from policies import wording
from timeline import clock

register = template.Library()

LOCAL = ZoneInfo("Europe/London")


@register.filter
def local(moment: datetime) -> datetime:
    """Stored UTC to Europe/London; a naive moment is refused, since nobody could say what it means."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(LOCAL)


@register.filter
def by_end_of(due: datetime, year: str = "") -> str:
    """`{{ due_at|by_end_of }}`; `:"year"` always says the year, for the public and for letters."""
    return wording.by_end_of(local(due), local(clock.now()).date(), always_year=year == "year")


@register.filter
def short_date(day: date, year: str = "") -> str:
    """`Wed 30 Dec`; `:"year"` adds the year."""
    return wording.short_date(_day(day), with_year=year == "year")


@register.filter
def long_date(day: date, year: str = "") -> str:
    """`Wednesday 30 December`; `:"year"` adds the year."""
    return wording.long_date(_day(day), with_year=year == "year")


@register.filter
def time_words(moment: datetime | time) -> str:
    """`9:20am`, `12 noon`."""
    return wording.clock(local(moment).time() if isinstance(moment, datetime) else moment)


def _day(day: date) -> date:
    return local(day).date() if isinstance(day, datetime) else day
