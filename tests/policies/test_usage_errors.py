"""Arguments no command knows, or that are missing, are refused as any other bad input is."""

import json

import pytest
from django.core.management import ManagementUtility

COMMANDS = ("explain_date", "explain_triage", "check_policies", "load_policies")
EXPECTED = "the arguments that --help lists"
NO_BATCH = "argument --batch: expected one argument"
NO_PATHS = "the following arguments are required: DIR|FILE"
UNKNOWN = "unrecognized arguments: --bogus"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int | str | None, str, str]:
    """The exit code, standard output and standard error, as from a terminal."""
    with pytest.raises(SystemExit) as stopped:
        ManagementUtility(["manage.py", *arguments]).execute()
    found = capsys.readouterr()
    return stopped.value.code, found.out, found.err


CASES = [
    *((command, ("x", "--bogus"), UNKNOWN) for command in ("check_policies", "load_policies")),
    *((command, ("--bogus",), UNKNOWN) for command in ("explain_date", "explain_triage")),
    ("check_policies", (), NO_PATHS),
    ("load_policies", (), NO_PATHS),
    ("explain_date", ("--batch",), NO_BATCH),
    ("explain_triage", ("--fact",), "argument --fact: expected one argument"),
]


@pytest.mark.parametrize(("command", "arguments", "message"), CASES)
def test_a_usage_error_is_one_line(
    capsys: pytest.CaptureFixture[str], command: str, arguments: tuple[str, ...], message: str
) -> None:
    line = f"command line: {message} (found {' '.join(arguments)!r}; expected {EXPECTED})\n"
    assert run(capsys, command, *arguments) == (2, "", line)


@pytest.mark.parametrize(("command", "arguments", "message"), CASES)
def test_a_usage_error_is_json_too(
    capsys: pytest.CaptureFixture[str], command: str, arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(capsys, command, "--json", *arguments)
    error = {
        "file": "command line",
        "path": "",
        "value": " ".join(("--json", *arguments)),
        "expected": EXPECTED,
        "message": message,
    }
    assert (code, json.loads(out), len(err.splitlines())) == (2, {"errors": [error]}, 1)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_no_error(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, out, err = run(capsys, command, "--help")
    assert (code, out.split()[:3], err) == (0, ["usage:", "manage.py", command], "")
