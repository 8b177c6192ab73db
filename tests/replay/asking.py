"""Running the command as a script does, and reading what it answers."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from django.core.management import call_command

CHRONOLOGIES = Path(__file__).parents[2] / "fixtures" / "chronologies"
Row = dict[str, Any]


def run(file: Path, *options: str) -> tuple[str, list[str], int | str | None]:
    """What stands on stdout, the lines on stderr, and the exit status."""
    out, err = StringIO(), StringIO()
    status: int | str | None = 0
    try:
        call_command("replay", str(file), *options, stdout=out, stderr=err)
    except SystemExit as stopped:
        status = stopped.code
    return out.getvalue(), err.getvalue().splitlines(), status


def answer(file: Path) -> Row:
    out, errors, status = run(file, "--json")
    assert (errors, status) == ([], 0)
    found: Row = json.loads(out)
    return found


def answer_of(name: str) -> Row:
    """The answer to one of our own chronologies."""
    return answer(CHRONOLOGIES / f"{name}.yaml")


def refused(file: Path) -> list[Row]:
    """The errors of a file that is not replayed at all: told on stdout and, one line each, on stderr."""
    out, lines, status = run(file, "--json")
    errors: list[Row] = json.loads(out)["errors"]
    assert (list(json.loads(out)), len(lines), status) == (["errors"], len(errors), 2)
    keys = ["file", "path", "value", "expected", "message"]
    assert [list(error) for error in errors] == [keys] * len(errors)
    return errors


def write(folder: Path, content: Any) -> Path:
    """A chronology as a file; text stands as it is."""
    file = folder / "chronology.yaml"
    text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
    file.write_text(text, encoding="utf-8")
    return file


def told(event: str = "report", **keys: Any) -> Row:
    """One event; a report of noise by A about B where nothing else is said."""
    usual: Row = {"at": "2026-01-05T10:00", "do": event}
    if event == "report":
        usual |= {
            "behaviours": ["noise"],
            "reporter": {"name": "A", "kind": "tenant"},
            "respondent": {"name": "B", "kind": "tenant"},
        }
    return usual | keys


def chronology(*events: Row, landlord: str = "vivid", **keys: Any) -> Row:
    return {"landlord": landlord, "events": list(events), **keys}


def without_references(found: Row) -> Row:
    """References are drawn anew each time."""
    rows = {
        key: [{name: row[name] for name in row if name != "reference"} for row in found[key]]
        for key in ("cases", "reports")
    }
    return found | rows


def clocks(found: Row, kind: str) -> list[tuple[str, str, str | None, str | None]]:
    """Whose, when due, when met, when missed: every clock of one kind."""
    return [
        (row["person"], row["due_at"], row["met_at"], row["breached_at"])
        for row in found["deadlines"]
        if row["kind"] == kind
    ]


def missed(found: Row) -> list[tuple[str, str, str]]:
    return [
        (row["person"], row["kind"], row["breached_at"]) for row in found["deadlines"] if row["breached_at"]
    ]


def owed(found: Row) -> list[tuple[str, str]]:
    """Duties without a time that are not done, and whose they are."""
    return [(row["duty"], row["person"]) for row in found["outstanding"]]


def turned_down(found: Row) -> list[tuple[int, list[str | None]]]:
    """The refused events with the ids of the clauses that refuse; None where there is none."""
    return [(row["event"], [reason["clause_id"] for reason in row["reasons"]]) for row in found["refused"]]
