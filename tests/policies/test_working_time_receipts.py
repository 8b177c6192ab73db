"""How a date was worked out: the sentence, the days, and what is kept with the deadline."""

import json
from datetime import date, time

import pytest

from policies.calendars import Holiday, calendar_for
from policies.rules import parse_dated_rule
from policies.working_time import Due, due, parse_local

ENGLAND = calendar_for("england_and_wales")


def work_out(rule: str, start: str, nation: str = "england_and_wales", started: str = "") -> Due:
    return due(parse_dated_rule(rule), parse_local(start), calendar_for(nation), started=started)


def rows_of(found: Due) -> list[tuple[str, str, str]]:
    return [(row.when, row.text, row.kind) for row in found.rows]


def test_one_working_day_over_christmas() -> None:
    found = work_out("within_working_days:1", "2026-12-24T14:00")
    assert rows_of(found) == [
        ("Thu 24 Dec", "Received. Day 0", "start"),
        ("Fri 25 Dec", "not counted: Christmas Day", "skip"),
        ("Sat 26, Sun 27", "not counted: weekend", "skip"),
        ("Mon 28 Dec", "not counted: Boxing Day (substitute day)", "skip"),
        ("Tue 29 Dec", "working day 1. Due by the end of this day", "end"),
    ]
    assert found.rows[2].days == (date(2026, 12, 26), date(2026, 12, 27))
    assert found.skipped == (
        Holiday(date(2026, 12, 25), "Christmas Day"),
        Holiday(date(2026, 12, 28), "Boxing Day (substitute day)"),
    )
    assert (found.counted, found.calendar_version, found.nation) == (1, 1, "england_and_wales")


@pytest.mark.parametrize(
    "rule",
    [
        "same_working_day",
        "within_working_days:1",
        "every_working_days:1",
        "end_of_next_working_day",
    ],
)
def test_a_holiday_of_receipt_is_skipped_under_every_rule_that_counts_working_days(rule: str) -> None:
    found = work_out(rule, "2026-12-25T10:00")
    assert found.skipped == (
        Holiday(date(2026, 12, 25), "Christmas Day"),
        Holiday(date(2026, 12, 28), "Boxing Day (substitute day)"),
    )
    assert [row.when for row in found.rows] == [
        "Fri 25 Dec", "Fri 25 Dec", "Sat 26, Sun 27", "Mon 28 Dec", "Tue 29 Dec",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "start", "sentence"),
    [
        (
            "within_working_days:5",
            "2026-12-24T14:00",
            "5 working days from Thu 24 Dec 2026; skipped Fri 25 Dec Christmas Day, "
            "Mon 28 Dec Boxing Day (substitute day), Fri 1 Jan New Year’s Day, and weekends",
        ),
        ("within_working_days:1", "2027-01-04T10:00", "1 working day from Mon 4 Jan 2027; no day skipped"),
        (
            "within_working_days:5",
            "2026-11-20T10:00",
            "5 working days from Fri 20 Nov 2026; skipped weekends",
        ),
        (
            "every_working_days:1",
            "2026-12-31T10:00",
            "1 working day from Thu 31 Dec 2026; skipped Fri 1 Jan New Year’s Day, and weekends",
        ),
        (
            "end_of_next_working_day",
            "2024-12-24T10:00",
            "the next working day after Tue 24 Dec 2024; "
            "skipped Wed 25 Dec Christmas Day, Thu 26 Dec Boxing Day",
        ),
        ("same_working_day", "2026-11-20T10:00", "the same working day, Fri 20 Nov 2026"),
        (
            "same_working_day cutoff=16:00",
            "2026-11-20T16:30",
            "received after 4pm on Fri 20 Nov 2026, so the next working day; skipped weekends",
        ),
        (
            "same_working_day",
            "2026-12-25T10:00",
            "received on Fri 25 Dec 2026, which is not a working day, so the next working day; skipped "
            "Fri 25 Dec Christmas Day, Mon 28 Dec Boxing Day (substitute day), and weekends",
        ),
        ("within_calendar_days:7", "2026-12-24T10:00", "7 days from Thu 24 Dec 2026, every day counted"),
        (
            "every_calendar_days:7 rolled_to_next_working_day",
            "2026-12-19T10:00",
            "7 days from Sat 19 Dec 2026, every day counted to Sat 26 Dec, then moved to the next working day"
            "; skipped Mon 28 Dec Boxing Day (substitute day), and weekends",
        ),
        ("within_hours:24", "2026-12-24T14:00", "24 hours from 2pm on Thu 24 Dec 2026, every hour counted"),
        (
            "within_hours:24",
            "2026-10-24T14:00",
            "24 hours from 2pm on Sat 24 Oct 2026, every hour counted; the clocks change in between",
        ),
    ],
)
def test_the_sentence(rule: str, start: str, sentence: str) -> None:
    assert work_out(rule, start).explanation == sentence


@pytest.mark.parametrize(
    ("rule", "start", "rows"),
    [
        (
            "same_working_day",
            "2026-11-20T10:00",
            [
                ("Fri 20 Nov", "Received. Day 0", "start"),
                ("Fri 20 Nov", "Due by the end of this day", "end"),
            ],
        ),
        (
            "same_working_day",
            "2026-11-21T10:00",
            [
                ("Sat 21 Nov", "Received. Day 0", "start"),
                ("Sat 21, Sun 22", "not counted: weekend", "skip"),
                ("Mon 23 Nov", "working day 1. Due by the end of this day", "end"),
            ],
        ),
        (
            "within_working_days:1",
            "2026-10-30T10:00",
            [
                ("Fri 30 Oct", "Received. Day 0", "start"),
                ("Sat 31 Oct, Sun 1 Nov", "not counted: weekend", "skip"),
                ("Mon 2 Nov", "working day 1. Due by the end of this day", "end"),
            ],
        ),
        (
            "every_calendar_days:7",
            "2026-12-29T10:00",
            [
                ("Tue 29 Dec", "Last contact. Day 0", "start"),
                ("Tue 5 Jan", "day 7. Due by the end of this day", "end"),
            ],
        ),
        (
            "every_calendar_days:7 rolled_to_next_working_day",
            "2026-11-14T10:00",
            [
                ("Sat 14 Nov", "Last contact. Day 0", "start"),
                ("Sat 21, Sun 22", "not counted: weekend", "skip"),
                ("Mon 23 Nov", "the next working day after day 7. Due by the end of this day", "end"),
            ],
        ),
        (
            "within_hours:24",
            "2026-12-24T09:20",
            [
                ("Thu 24 Dec", "Received at 9:20am. Every hour counts", "start"),
                ("Fri 25 Dec", "24 hours later. Due by 9:20am on this day", "end"),
            ],
        ),
    ],
)
def test_the_rows(rule: str, start: str, rows: list[tuple[str, str, str]]) -> None:
    assert rows_of(work_out(rule, start)) == rows


def test_a_closing_hour_is_said() -> None:
    found = due(parse_dated_rule("same_working_day"), parse_local("2026-11-20T18:00"), ENGLAND, time(17))
    assert (
        found.explanation
        == "received after 5pm on Fri 20 Nov 2026, so the next working day; skipped weekends"
    )
    assert found.rows[-1].text == "working day 1. Due by 5pm on this day"


def test_what_started_it_may_be_said() -> None:
    found = work_out("within_working_days:1", "2027-01-04T10:00", started="Threat reported")
    assert found.rows[0].text == "Threat reported. Day 0"


def test_nothing_is_skipped_where_every_day_counts() -> None:
    assert work_out("within_calendar_days:7", "2026-12-24T14:00").skipped == ()
    assert work_out("within_hours:96", "2026-12-24T14:00").skipped == ()


@pytest.mark.parametrize(
    ("rule", "start", "counted"),
    [
        ("same_working_day", "2026-11-20T10:00", 0),
        ("same_working_day", "2026-11-21T10:00", 1),
        ("within_working_days:5", "2026-12-24T14:00", 5),
        ("within_calendar_days:7", "2026-12-24T14:00", 7),
        ("within_hours:24", "2026-12-24T14:00", 24),
    ],
)
def test_what_was_counted(rule: str, start: str, counted: int) -> None:
    assert work_out(rule, start).counted == counted


@pytest.mark.parametrize(
    "rule",
    ["same_working_day cutoff=09:00", "within_working_days:5", "every_calendar_days:7", "within_hours:24"],
)
def test_what_is_kept_is_read_back_unchanged(rule: str) -> None:
    found = work_out(rule, "2026-06-24T14:00", "scotland")
    assert Due.from_json(json.loads(json.dumps(found.as_json()))) == found


def test_what_is_kept() -> None:
    assert work_out("within_working_days:1", "2026-06-12T14:00", "scotland").as_json() == {
        "rule": "within_working_days:1",
        "nation": "scotland",
        "calendar_version": 1,
        "start_at": "2026-06-12T13:00:00Z",
        "due_at": "2026-06-16T22:59:59Z",
        "due_local": "2026-06-16T23:59:59+01:00",
        "counted": 1,
        "skipped": [{"date": "2026-06-15", "name": "World Cup bank holiday"}],
        "explanation": (
            "1 working day from Fri 12 Jun 2026; skipped Mon 15 Jun World Cup bank holiday, and weekends"
        ),
        "receipt": [
            {"dates": ["2026-06-12"], "when": "Fri 12 Jun", "text": "Received. Day 0", "kind": "start"},
            {
                "dates": ["2026-06-13", "2026-06-14"],
                "when": "Sat 13, Sun 14",
                "text": "not counted: weekend",
                "kind": "skip",
            },
            {
                "dates": ["2026-06-15"],
                "when": "Mon 15 Jun",
                "text": "not counted: World Cup bank holiday",
                "kind": "skip",
            },
            {
                "dates": ["2026-06-16"],
                "when": "Tue 16 Jun",
                "text": "working day 1. Due by the end of this day",
                "kind": "end",
            },
        ],
    }
