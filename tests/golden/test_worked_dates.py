"""Due dates worked out by hand with the England and Wales bank holidays, one row for each day of receipt."""

import pytest

from policies.calendars import calendar_for
from policies.rules import parse_dated_rule
from policies.working_time import due, parse_local

RULES = ("same_working_day", "within_working_days:1", "within_working_days:3", "within_working_days:5")

WORKED = [
    ("2026-11-20T10:00", "2026-11-20", "2026-11-23", "2026-11-25", "2026-11-27"),
    ("2026-11-21T10:00", "2026-11-23", "2026-11-23", "2026-11-25", "2026-11-27"),
    ("2026-12-24T10:00", "2026-12-24", "2026-12-29", "2026-12-31", "2027-01-05"),
    ("2026-12-25T10:00", "2026-12-29", "2026-12-29", "2026-12-31", "2027-01-05"),
    ("2027-03-25T10:00", "2027-03-25", "2027-03-30", "2027-04-01", "2027-04-05"),
    ("2026-05-01T10:00", "2026-05-01", "2026-05-05", "2026-05-07", "2026-05-11"),
    ("2026-08-28T10:00", "2026-08-28", "2026-09-01", "2026-09-03", "2026-09-07"),
    ("2027-12-24T10:00", "2027-12-24", "2027-12-29", "2027-12-31", "2028-01-05"),
    ("2028-12-22T10:00", "2028-12-22", "2028-12-27", "2028-12-29", "2029-01-03"),
]


@pytest.mark.parametrize(("received", "same_day", "one_day", "three_days", "five_days"), WORKED)
def test_worked_dates(received: str, same_day: str, one_day: str, three_days: str, five_days: str) -> None:
    calendar = calendar_for("england_and_wales")
    start = parse_local(received)
    found = [due(parse_dated_rule(rule), start, calendar).due_local.date().isoformat() for rule in RULES]
    assert found == [same_day, one_day, three_days, five_days]


@pytest.mark.parametrize(("received", "same_day", "one_day", "three_days", "five_days"), WORKED)
def test_the_end_of_the_next_working_day_is_one_working_day(
    received: str, same_day: str, one_day: str, three_days: str, five_days: str
) -> None:
    found = due(
        parse_dated_rule("end_of_next_working_day"), parse_local(received), calendar_for("england_and_wales")
    )
    assert found.due_local.date().isoformat() == one_day


def test_the_hour_of_receipt_changes_nothing() -> None:
    calendar = calendar_for("england_and_wales")
    rules = [parse_dated_rule(rule) for rule in RULES]
    first, last = parse_local("2026-12-24T00:00:00"), parse_local("2026-12-24T23:59:59")
    assert [due(rule, first, calendar).due_at for rule in rules] == [
        due(rule, last, calendar).due_at for rule in rules
    ]
