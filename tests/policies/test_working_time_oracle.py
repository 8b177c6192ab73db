"""The fast arithmetic against a slow one that walks day by day and shares none of its code."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.calendars import CALENDARS, NATIONS, calendar_for
from policies.rules import parse_dated_rule
from policies.working_time import due, remaining, working_days_late

DAY = timedelta(days=1)
LONDON = ZoneInfo("Europe/London")

nations = st.sampled_from(NATIONS)
days = st.dates(date(2018, 1, 1), date(2029, 3, 1))
times = st.times().map(lambda at: at.replace(microsecond=0))
numbers = st.integers(1, 366)
closures = st.frozensets(days, max_size=8)


@cache
def holidays_of(nation: str) -> frozenset[date]:
    data = yaml.safe_load((CALENDARS / f"{nation}.yaml").read_text(encoding="utf-8"))
    return frozenset(day["date"] for listed in data["years"].values() for day in listed)


class Oracle:
    """Working days found by looking at one day after another."""

    def __init__(self, nation: str, closed: frozenset[date]) -> None:
        self.free = holidays_of(nation) | closed

    def works(self, day: date) -> bool:
        return day.strftime("%a") not in ("Sat", "Sun") and day not in self.free

    def nth_after(self, day: date, number: int) -> date:
        while number:
            day += DAY
            number -= self.works(day)
        return day

    def first_from(self, day: date) -> date:
        while not self.works(day):
            day += DAY
        return day

    def count(self, after: date, until: date) -> int:
        found = 0
        while after < until:
            after += DAY
            found += self.works(after)
        return found


def answer(rule: str, day: date, at: time, nation: str, closed: frozenset[date]) -> Any:
    calendar = calendar_for(nation, ((free, "Closed") for free in sorted(closed)))
    start = datetime.combine(day, at, LONDON)
    return due(parse_dated_rule(rule), start, calendar)


@settings(deadline=None)
@given(nations, closures, days, numbers)
def test_within_and_every_working_days(nation: str, closed: frozenset[date], day: date, number: int) -> None:
    expected = Oracle(nation, closed).nth_after(day, number)
    for rule in (f"within_working_days:{number}", f"every_working_days:{number}"):
        assert answer(rule, day, time(12), nation, closed).due_local.date() == expected


@settings(deadline=None)
@given(nations, closures, days, times, times.map(lambda at: at.replace(second=0)))
def test_same_and_next_working_day(
    nation: str, closed: frozenset[date], day: date, at: time, cutoff: time
) -> None:
    oracle = Oracle(nation, closed)
    in_time = oracle.works(day) and at <= cutoff
    cases = {
        "same_working_day": oracle.first_from(day),
        f"same_working_day cutoff={cutoff:%H:%M}": day if in_time else oracle.nth_after(day, 1),
        "end_of_next_working_day": oracle.nth_after(day, 1),
    }
    found = {rule: answer(rule, day, at, nation, closed).due_local.date() for rule in cases}
    assert found == cases


@settings(deadline=None)
@given(nations, closures, days, numbers)
def test_calendar_days_rolled_and_not(nation: str, closed: frozenset[date], day: date, number: int) -> None:
    nominal = day + timedelta(days=number)
    cases = {
        f"within_calendar_days:{number}": nominal,
        f"every_calendar_days:{number}": nominal,
        f"every_calendar_days:{number} rolled_to_next_working_day": Oracle(nation, closed).first_from(
            nominal
        ),
    }
    found = {rule: answer(rule, day, time(12), nation, closed).due_local.date() for rule in cases}
    assert found == cases


@settings(deadline=None)
@given(nations, closures, days, numbers)
def test_a_receipt_accounts_for_every_day(
    nation: str, closed: frozenset[date], day: date, number: int
) -> None:
    found = answer(f"within_working_days:{number}", day, time(12), nation, closed)
    skipped = {one for row in found.rows if row.kind == "skip" for one in row.days}
    between = {day + timedelta(days=step) for step in range(1, (found.due_local.date() - day).days)}
    assert skipped == {one for one in (day, *between) if not Oracle(nation, closed).works(one)}
    assert [row.kind for row in found.rows] == ["start", *["skip"] * (len(found.rows) - 2), "end"]
    assert list(found.rows[1:-1]) == sorted(found.rows[1:-1], key=lambda row: row.days)


@settings(deadline=None)
@given(nations, closures, days, days)
def test_working_days_late_and_left(nation: str, closed: frozenset[date], due_day: date, today: date) -> None:
    calendar = calendar_for(nation, ((free, "Closed") for free in sorted(closed)))
    due_at = datetime.combine(due_day, time(23, 59, 59), LONDON)
    now = datetime.combine(today, time(9), LONDON)
    oracle = Oracle(nation, closed)
    assert working_days_late(due_at, now, calendar) == oracle.count(due_day, today)
    left = remaining(parse_dated_rule("within_working_days:5"), due_at, now, calendar)
    assert (left.amount if left else None) == (oracle.count(today, due_day) if today <= due_day else None)
