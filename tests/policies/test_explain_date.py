"""``manage.py explain_date``: one date, a file of dates, and everything that can be wrong with either."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

ASKED = ("--nation", "scotland", "--rule", "within_working_days:5", "--from", "2026-12-24T14:00")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code, standard output and standard error."""
    try:
        call_command("explain_date", *arguments)
        code = 0
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    found = capsys.readouterr()
    return code, found.out, found.err


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *ASKED, "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert {key: answer[key] for key in ("due_at", "due_local", "skipped", "explanation")} == {
        "due_at": "2027-01-06T23:59:59Z",
        "due_local": "2027-01-06T23:59:59+00:00",
        "skipped": [
            {"date": "2026-12-25", "name": "Christmas Day"},
            {"date": "2026-12-28", "name": "Boxing Day (substitute day)"},
            {"date": "2027-01-01", "name": "New Year’s Day"},
            {"date": "2027-01-04", "name": "2nd January (substitute day)"},
        ],
        "explanation": (
            "5 working days from Thu 24 Dec 2026; skipped Fri 25 Dec Christmas Day, "
            "Mon 28 Dec Boxing Day (substitute day), Fri 1 Jan New Year’s Day, "
            "Mon 4 Jan 2nd January (substitute day), and weekends"
        ),
    }


def test_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    asked = (
        "--nation",
        "england_and_wales",
        "--rule",
        "same_working_day cutoff=16:00",
        "--from",
        "2026-11-20T16:01",
    )
    assert run(capsys, *asked) == (
        0,
        "Due by the end of Monday 23 November 2026 (2026-11-23T23:59:59Z)\n"
        "received after 4pm on Fri 20 Nov 2026, so the next working day; skipped weekends\n"
        "\n"
        "Fri 20 Nov      Received. Day 0\n"
        "Sat 21, Sun 22  not counted: weekend\n"
        "Mon 23 Nov      working day 1. Due by the end of this day\n"
        "\n"
        "England and Wales calendar, version 1\n",
        "",
    )


@pytest.mark.parametrize(
    ("fold", "due_at"), [((), "2026-10-25T01:30:00Z"), (("--fold", "1"), "2026-10-25T02:30:00Z")]
)
def test_the_repeated_hour(capsys: pytest.CaptureFixture[str], fold: tuple[str, ...], due_at: str) -> None:
    asked = ("--nation", "scotland", "--rule", "within_hours:1", "--from", "2026-10-25T01:30", *fold)
    code, out, _err = run(capsys, *asked, "--json")
    assert (code, json.loads(out)["due_at"]) == (0, due_at)


def one_wrong(**changed: str) -> list[str]:
    options = {"nation": "scotland", "rule": "within_working_days:5", "from": "2026-12-24T14:00", "fold": "0"}
    return [f"--{option}={text}" for option, text in (options | changed).items()]


@pytest.mark.parametrize(
    ("changed", "path", "expected", "message"),
    [
        (
            {"nation": "wales"},
            "--nation",
            "one of england_and_wales, scotland, northern_ireland",
            "there is no calendar for this nation",
        ),
        ({"rule": "within_hours:x"}, "--rule", "within_hours:N", "this is not a deadline rule"),
        (
            {"rule": "foo"},
            "--rule",
            "one of same_working_day, or same_working_day cutoff=HH:MM; end_of_next_working_day; "
            "within_working_days:N; within_calendar_days:N; within_hours:N; every_calendar_days:N, or "
            "every_calendar_days:N rolled_to_next_working_day; every_working_days:N",
            "this is not a deadline rule",
        ),
        ({"rule": "when_agreed"}, "--rule", "a rule that gives a date", "this gives no date"),
        (
            {"from": "Christmas"},
            "--from",
            "an ISO date and time such as 2026-12-24T14:00",
            "this is not a date and time",
        ),
        (
            {"from": "2026-03-29T01:30"},
            "--from",
            "a time before 1am or from 2am",
            "this does not exist: the clocks go forward from 1am to 2am that night",
        ),
        (
            {"from": "2030-12-31T10:00"},
            "--from",
            "dates from 2018-01-01 to 2030-12-31",
            "the Scotland calendar runs from 2018 to 2030; the date counted to is outside it",
        ),
        (
            {"fold": "2"},
            "--fold",
            "0 for the first pass or 1 for the second",
            "this is not a pass of the repeated hour",
        ),
    ],
)
def test_bad_input(
    capsys: pytest.CaptureFixture[str], changed: dict[str, str], path: str, expected: str, message: str
) -> None:
    (value,) = changed.values()
    code, out, err = run(capsys, *one_wrong(**changed), "--json")
    assert code == 2
    assert json.loads(out) == {
        "errors": [
            {"file": "command line", "path": path, "value": value, "expected": expected, "message": message}
        ]
    }
    assert err == f"command line: {path}: {message} (found {value!r}; expected {expected})\n"


def test_all_errors_are_told_at_once_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, out) == (2, "")
    assert [line.split(": ")[1] for line in err.splitlines()] == ["--nation", "--rule", "--from"]


def batch_file(folder: Path, *lines: str) -> str:
    path = folder / "dates.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_batch(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = batch_file(
        tmp_path,
        "id,nation,rule,start,start_fold,note",
        "a,england_and_wales,within_working_days:1,2026-12-24T14:00,,over Christmas",
        "b,scotland,within_calendar_days:7,2026-06-01T10:00,0,",
        "c,scotland,within_hours:1,2026-10-25T01:30,1,",
    )
    assert run(capsys, "--batch", path) == (
        0,
        "id,due_local,due_utc\n"
        "a,2026-12-29T23:59:59,2026-12-29T23:59:59Z\n"
        "b,2026-06-08T23:59:59,2026-06-08T22:59:59Z\n"
        "c,2026-10-25T02:30:00,2026-10-25T02:30:00Z\n",
        "",
    )


def test_batch_without_fold_and_with_a_byte_order_mark(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "dates.csv"
    path.write_text(
        "id,nation,rule,start\r\na,scotland,within_hours:1,2026-10-25T01:30\r\n", encoding="utf-8-sig"
    )
    assert run(capsys, "--batch", str(path)) == (
        0,
        "id,due_local,due_utc\na,2026-10-25T01:30:00,2026-10-25T01:30:00Z\n",
        "",
    )


BAD_BATCH = (
    "id,nation,rule,start",
    "a,wales,within_hours:x,2026-12-24T14:00",
    "b,scotland,within_working_days:1,2026-12-24T14:00",
    "c,scotland,within_working_days:1,2031-01-02T14:00",
    "d,scotland",
)


def test_a_bad_row_does_not_stop_the_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, "--batch", batch_file(tmp_path, *BAD_BATCH))
    lines = out.splitlines()
    assert (code, len(lines)) == (2, 5)
    assert lines[1] == (
        "a,error,\"'wales' there is no calendar for this nation, expected one of england_and_wales, "
        "scotland, northern_ireland; 'within_hours:x' this is not a deadline rule, expected within_hours:N\""
    )
    assert lines[2] == "b,2026-12-29T23:59:59,2026-12-29T23:59:59Z"
    assert [line.split(",")[:2] for line in lines[3:]] == [["c", "error"], ["d", "error"]]
    assert [line.split(": ")[:2] for line in err.splitlines()] == [
        ["dates.csv", "rows[1].nation"],
        ["dates.csv", "rows[1].rule"],
        ["dates.csv", "rows[3].start"],
        ["dates.csv", "rows[4].rule"],
        ["dates.csv", "rows[4].start"],
    ]


def test_batch_as_json_keeps_the_good_rows_beside_the_errors(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _err = run(capsys, "--json", "--batch", batch_file(tmp_path, *BAD_BATCH))
    found: dict[str, Any] = json.loads(out)
    assert (code, list(found)) == (2, ["answers", "errors"])
    assert [(one["id"], one["due_at"]) for one in found["answers"]] == [("b", "2026-12-29T23:59:59Z")]
    assert [error["path"] for error in found["errors"]] == [
        "rows[1].nation",
        "rows[1].rule",
        "rows[3].start",
        "rows[4].rule",
        "rows[4].start",
    ]


def test_batch_as_json_without_errors(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = batch_file(tmp_path, BAD_BATCH[0], BAD_BATCH[2])
    code, out, err = run(capsys, "--json", "--batch", path)
    assert (code, err) == (0, "")
    found = [(answer["id"], answer["due_at"]) for answer in json.loads(out)["answers"]]
    assert found == [("b", "2026-12-29T23:59:59Z")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "a readable CSV file"),
        (b"\xff\xfe", "a readable CSV file"),
        (b"", "the columns id, nation, rule, start"),
        (b"id,nation,start\n", "the columns id, nation, rule, start"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | None, expected: str
) -> None:
    path = tmp_path / "dates.csv"
    if content is not None:
        path.write_bytes(content)
    code, out, _err = run(capsys, "--json", "--batch", str(path))
    assert (code, [error["expected"] for error in json.loads(out)["errors"]]) == (2, [expected])


def test_a_file_that_is_not_there_is_told_by_its_whole_path(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "none.csv"
    assert run(capsys, "--batch", str(path)) == (
        2, "", f"{path}: No such file or directory (found None; expected a readable CSV file)\n",
    )  # fmt: skip
