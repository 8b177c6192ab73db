"""``manage.py explain_date``: works one date out, or a file of them, and says how. Needs no database."""

import csv
import io
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from policies.calendars import (
    NATIONS,
    InvalidCalendar,
    OutsideCalendar,
    WorkingCalendar,
    calendar_for,
    nation_name,
)
from policies.management.answering import ASKED, AnsweringCommand, BadInput, as_text
from policies.parsing import PolicyError, unreadable
from policies.rules import DatedRule, RuleError, parse_dated_rule
from policies.wording import by_end_of
from policies.working_time import LONDON, BadTime, Due, due, instant_due, parse_local, utc_text

COLUMNS = ("id", "nation", "rule", "start")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Question:
    """One date to work out, as text; ``file`` and ``paths`` say where each part of it was written."""

    nation: str
    rule: str
    start: str
    fold: str
    file: str
    paths: Mapping[str, str]

    def answer(self, work: Callable[[DatedRule, datetime, WorkingCalendar], Value]) -> Value:
        """What ``work`` makes of the parts once read. Raises BadInput with every part that is wrong."""
        errors: list[PolicyError] = []
        calendar = self._read("nation", self.nation, calendar_for, errors)
        rule = self._read("rule", self.rule, parse_dated_rule, errors)
        fold = self._read("fold", self.fold, _parse_fold, errors)
        start = self._read("start", self.start, lambda text: parse_local(text, fold or 0), errors)
        if calendar is None or rule is None or start is None or fold is None:
            raise BadInput(errors)
        try:
            return work(rule, start, calendar)
        except OutsideCalendar as error:
            raise BadInput([self._outside(error)]) from error

    def _read(
        self, part: str, text: str, parse: Callable[[str], Value], errors: list[PolicyError]
    ) -> Value | None:
        try:
            return parse(text)
        except (RuleError, BadTime) as error:
            errors.append(self._error(part, text, error.expected, f"this {error.why}"))
        except InvalidCalendar as error:
            errors += [
                self._error(part, text, problem.expected, problem.message) for problem in error.problems
            ]
        return None

    def _outside(self, error: OutsideCalendar) -> PolicyError:
        expected = f"dates from {error.calendar.first} to {error.calendar.horizon}"
        return self._error("start", self.start, expected, str(error))

    def _error(self, part: str, text: str, expected: str, message: str) -> PolicyError:
        return PolicyError(self.file, self.paths[part], text, expected, message)


def _parse_fold(text: str) -> int:
    if text not in ("0", "1"):
        raise BadTime(text, "0 for the first pass or 1 for the second", "is not a pass of the repeated hour")
    return int(text)


_OPTIONS = {"nation": "--nation", "rule": "--rule", "start": "--from", "fold": "--fold"}
_NO_OFFSET = "%Y-%m-%dT%H:%M:%S"


class Command(AnsweringCommand):
    help = "Works out one due date, or a CSV file of them, and says how."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--nation", default="", help=", ".join(NATIONS))
        parser.add_argument(
            "--rule", default="", help='within_working_days:5, "same_working_day cutoff=16:00" …'
        )
        parser.add_argument(
            "--from", default="", dest="start", help="ISO; Europe/London unless it has an offset"
        )
        parser.add_argument("--fold", default="0", help="1 for the second pass of the hour October has twice")
        parser.add_argument("--batch", type=Path, help="a CSV file: id, nation, rule, start [, start_fold]")

    def answer(self, options: dict[str, Any]) -> str:
        """Of a file the good rows are printed even where others are bad. Raises BadInput."""
        if not options["batch"]:
            return _answer_one(options)
        rows = _read_rows(options["batch"])
        if options["json"]:
            return as_text({"answers": _answer_rows(rows)})
        lines, errors = _answer_lines(rows)
        if errors:
            self.stdout.write(lines)
            raise BadInput(errors)
        return lines


def _answer_one(options: dict[str, Any]) -> str:
    texts = {part: options[part] for part in _OPTIONS}
    found = Question(**texts, file=ASKED, paths=_OPTIONS).answer(due)
    return as_text(found.as_json()) if options["json"] else _in_words(found)


def _answer_lines(rows: Iterator[tuple[str, Question]]) -> tuple[str, list[PolicyError]]:
    text, errors = io.StringIO(), list[PolicyError]()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["id", "due_local", "due_utc"])
    for key, question in rows:
        try:
            instant = question.answer(instant_due)
            lines.writerow([key, f"{instant.astimezone(LONDON):{_NO_OFFSET}}", utc_text(instant)])
        except BadInput as error:
            errors += error.errors
            lines.writerow([key, "error", _message(error)])
    return text.getvalue(), errors


def _answer_rows(rows: Iterator[tuple[str, Question]]) -> list[dict[str, Any]]:
    """Raises BadInput with all errors of all rows, and the answers of the good ones."""
    answers: list[dict[str, Any]] = []
    errors: list[PolicyError] = []
    for key, question in rows:
        try:
            answers.append({"id": key} | question.answer(due).as_json())
        except BadInput as error:
            errors += error.errors
    if errors:
        raise BadInput(errors, {"answers": answers})
    return answers


def _read_rows(path: Path) -> Iterator[tuple[str, Question]]:
    """The id and the question of each row. Raises BadInput where the file is not such a table."""
    try:
        table = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        _check_columns(path.name, table.fieldnames or ())
        for number, row in enumerate(table, start=1):
            yield row["id"] or "", _question(path.name, number, row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput([unreadable(path, "a readable CSV file", error)]) from error


def _check_columns(file: str, found: Sequence[str]) -> None:
    missing = [column for column in COLUMNS if column not in found]
    if missing:
        expected = f"the columns {', '.join(COLUMNS)}"
        message = f"there is no column {', '.join(missing)}"
        raise BadInput([PolicyError(file, "header", ",".join(found), expected, message)])


def _question(file: str, number: int, row: Mapping[str, str | None]) -> Question:
    columns = {"nation": "nation", "rule": "rule", "start": "start", "fold": "start_fold"}
    texts = {part: (row.get(column) or "").strip() for part, column in columns.items()}
    paths = {part: f"rows[{number}].{column}" for part, column in columns.items()}
    return Question(texts["nation"], texts["rule"], texts["start"], texts["fold"] or "0", file, paths)


def _message(error: BadInput) -> str:
    return "; ".join(f"{wrong.value!r} {wrong.message}, expected {wrong.expected}" for wrong in error.errors)


def _in_words(answer: Due) -> str:
    due_words = by_end_of(answer.due_local, answer.due_local.date(), always_year=True)
    calendar = {"nation": nation_name(answer.nation), "version": answer.calendar_version}
    lines = [
        _("Due %(words)s (%(utc)s)") % {"words": due_words, "utc": utc_text(answer.due_at)},
        answer.explanation,
        "",
        *(f"{row.when:<16}{row.text}" for row in answer.rows),
        "",
        _("%(nation)s calendar, version %(version)d") % calendar,
    ]
    return "\n".join(lines)
