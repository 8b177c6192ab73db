"""The command as a script uses it; none of these tests touches a database."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from tests.triage.small_policies import DEADLINES, OURS, PROMPTS, behaviour, policy_data
from tests.triage.test_engine import PRIVATE
from triage.facts import CHOICES, FACT_NAMES

RECEIVED = ("--received", "2026-11-20T16:59")


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> Path:
    waiting = {
        "kind": "triage_decision", "label": "Decide", "due": "end_of_next_working_day",
        "met_by": "decision_recorded", "routes": ["refer"], **OURS,
    }  # fmt: skip
    file = tmp_path / "small.yaml"
    data = policy_data(
        behaviours={"parking": behaviour("Parking", {"route": "not_asb"})},
        scope=[PRIVATE],
        deadlines=[*DEADLINES, waiting],
        prompts=[*PROMPTS, {"key": "duplicate_check", "text": "Look for an open case", **OURS}],
    )
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    return file


def run(*arguments: str) -> tuple[str, list[str], int | str | None]:
    """What stands on stdout, the lines on stderr, and the exit status."""
    out, err = StringIO(), StringIO()
    status: int | str | None = 0
    try:
        call_command("explain_triage", *arguments, stdout=out, stderr=err)
    except SystemExit as stopped:
        status = stopped.code
    return out.getvalue(), err.getvalue().splitlines(), status


def answer(*arguments: str) -> dict[str, Any]:
    out, errors, status = run(*arguments, "--json")
    assert (errors, status) == ([], 0)
    found: dict[str, Any] = json.loads(out)
    return found


def refused(*arguments: str) -> list[dict[str, Any]]:
    out, lines, status = run(*arguments, "--json")
    errors: list[dict[str, Any]] = json.loads(out)["errors"]
    assert (len(lines), status) == (len(errors), 2)
    assert [list(error) for error in errors] == [["file", "path", "value", "expected", "message"]] * len(
        errors
    )
    return errors


def test_the_answer_is_the_one_that_scripts_rely_on(small: Path) -> None:
    assert answer("--landlord", "small", "--behaviour", "noise", *RECEIVED, "--policy", str(small)) == {
        "landlord": "small",
        "policy_version": 1,
        "route": "asb",
        "level": "low",
        "level_label": "Level Low",
        "team": "everyday",
        "reasons": [
            {
                "text": "Reported: noise. This is Level Low.",
                "clause": "1",
                "clause_id": "SM-001",
                "interpretation": False,
            },
            {
                "text": "Level Low is handled by: Everyday team.",
                "clause": "1",
                "clause_id": "SM-001",
                "interpretation": False,
            },
        ],
        "deadlines": [
            {
                "kind": "initial_contact",
                "due_at": "2026-11-27T23:59:59Z",
                "due_local": "2026-11-27T23:59:59+00:00",
                "basis": "promise",
                "interpretation": False,
                "clause": "1",
                "clause_id": "SM-001",
                "explanation": "5 working days from Fri 20 Nov 2026; skipped weekends",
            }
        ],
        "prompts": [
            {
                "key": "duplicate_check",
                "text": "Look for an open case",
                "clause": None,
                "clause_id": None,
                "interpretation": True,
            }
        ],
        "impossible": [],
        "undated": [],
    }


def test_what_has_nobody_or_no_time_is_listed_without_a_date(tmp_path: Path) -> None:
    file = _with_undated(tmp_path)
    named = answer("--policy", str(file), "--behaviour", "noise", *RECEIVED)
    unnamed = answer("--policy", str(file), "--behaviour", "noise", *RECEIVED, "--fact", "anonymous=true")
    contact = {
        "kind": "initial_contact", "label": "Make first contact", "clause": "1", "clause_id": "SM-001",
    }  # fmt: skip
    review = {"kind": "risk_review", "label": "Review the risk", "clause": "2", "clause_id": "SM-002"}
    assert (named["impossible"], named["undated"], len(named["deadlines"])) == ([], [review], 1)
    assert (unnamed["impossible"], unnamed["undated"], unnamed["deadlines"]) == ([contact], [review], [])


def test_what_has_nobody_or_no_time_is_told_in_words(tmp_path: Path) -> None:
    file = _with_undated(tmp_path)
    out, errors, status = run(
        "--policy", str(file), "--behaviour", "noise", *RECEIVED, "--fact", "anonymous=true"
    )
    assert (errors, status) == ([], 0)
    assert out.splitlines()[5:] == [
        "",
        "Not possible: nobody to do it for",
        "- Make first contact [1]",
        "",
        "No time set: shown as not done, never late",
        "- Review the risk [2]",
        "",
        "Do now",
        "- Look for an open case [our reading]",
    ]


def _with_undated(folder: Path) -> Path:
    review = {
        "kind": "risk_review", "label": "Review the risk", "due": "no_time_stated",
        "met_by": "decision_recorded", "clause": "2", "clause_id": "SM-002",
    }  # fmt: skip
    file = folder / "undated.yaml"
    prompts = [{"key": "duplicate_check", "text": "Look for an open case", **OURS}]
    data = policy_data(deadlines=[*DEADLINES, review], prompts=prompts)
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    return file


def test_the_keys_stand_in_the_published_order(small: Path) -> None:
    found = answer("--behaviour", "noise", *RECEIVED, "--policy", str(small))
    assert list(found) == [
        "landlord", "policy_version", "route", "level", "level_label", "team",
        "reasons", "deadlines", "prompts", "impossible", "undated",
    ]  # fmt: skip
    assert list(found["deadlines"][0]) == [
        "kind", "due_at", "due_local", "basis", "interpretation", "clause", "clause_id", "explanation",
    ]  # fmt: skip


def test_a_landlord_is_found_by_its_key() -> None:
    found = answer("--landlord", "vivid", "--behaviour", "noise", *RECEIVED)
    deadlines = [(one["kind"], one["due_at"], one["basis"]) for one in found["deadlines"]]
    assert (found["route"], found["level"], found["level_label"], found["team"]) == (
        "asb", "b", "Category B", "neighbourhood",
    )  # fmt: skip
    assert deadlines == [("initial_contact", "2026-11-23T23:59:59Z", "promise")]


def test_facts_are_read_from_text(small: Path) -> None:
    found = answer(
        *RECEIVED, "--policy", str(small), "--behaviour", "noise", "--behaviour", "parking",
        "--fact", "behaviours=arson,noise", "--fact", "hate_strands=race, religion",
        "--fact", "respondent=private", "--fact", "clear_victim=unknown", "--fact", "anonymous=false",
        "--fact", "channel=unknown",
    )  # fmt: skip
    assert [reason["text"] for reason in found["reasons"]] == [
        "Hate. This is Level Top.",
        "Reported: noise (on its own: Level Low).",
        "Reported: arson (on its own: Level Low).",
        "Reported: Parking (on its own: not anti-social behaviour under this policy).",
        "Level Top is handled by: Serious team.",
    ]
    assert [prompt["key"] for prompt in found["prompts"]] == ["scope_check", "duplicate_check"]


@pytest.mark.parametrize("fact", [f"{name}=unknown" for name in FACT_NAMES if name != "channel"])
def test_every_fact_may_be_unknown(small: Path, fact: str) -> None:
    found = answer(*RECEIVED, "--policy", str(small), "--fact", fact)
    assert (found["route"], found["level"]) == ("asb", "low")


def test_a_time_without_an_offset_is_london_time(small: Path) -> None:
    policy = ("--policy", str(small))
    summer = answer("--received", "2026-07-20T23:30", *policy)["deadlines"][0]["due_local"]
    offset = answer("--received", "2026-07-20T22:30:00+00:00", *policy)["deadlines"][0]["due_local"]
    later = answer("--received", "2026-07-20T23:30Z", *policy)["deadlines"][0]["due_local"]
    assert [summer, offset, later] == [
        "2026-07-27T23:59:59+01:00", "2026-07-27T23:59:59+01:00", "2026-07-28T23:59:59+01:00",
    ]  # fmt: skip


def test_a_person_can_read_the_plain_text(small: Path) -> None:
    out, errors, status = run("--policy", str(small), "--behaviour", "noise", *RECEIVED)
    assert (errors, status) == ([], 0)
    assert out.splitlines() == [
        "Small Homes: anti-social behaviour, Level Low. Team: Everyday team.",
        "",
        "Why",
        "- Reported: noise. This is Level Low. [1]",
        "- Level Low is handled by: Everyday team. [1]",
        "",
        "Deadlines from receipt",
        "- Make first contact by the end of Friday 27 November 2026 (promise, 1): "
        "5 working days from Fri 20 Nov 2026; skipped weekends",
        "",
        "Do now",
        "- Look for an open case [our reading]",
    ]


def test_a_proposal_says_that_a_person_confirms_it(small: Path) -> None:
    facts = ("--fact", "respondent=private", "--fact", "anonymous=true")
    out, _, status = run("--policy", str(small), "--behaviour", "noise", *RECEIVED, *facts)
    assert status == 0
    assert out.splitlines()[:2] == [
        "Small Homes: for another organisation to deal with. Team: Special team.",
        "This is a proposal: a named person confirms it, or opens a case.",
    ]
    assert out.splitlines()[8:10] == [
        "Deadlines from receipt",
        "- Decide by the end of Monday 23 November 2026 (reminder): "
        "the next working day after Fri 20 Nov 2026; skipped weekends",
    ]


def test_a_part_with_nothing_in_it_is_left_out(small: Path) -> None:
    out, _, _ = run("--policy", str(small), "--behaviour", "parking", *RECEIVED)
    assert [line for line in out.splitlines() if line and not line.startswith("- ")] == [
        "Small Homes: not anti-social behaviour under this policy. Team: Everyday team.",
        "This is a proposal: a named person confirms it, or opens a case.",
        "Why",
        "Do now",
    ]


@pytest.mark.parametrize(
    ("arguments", "path", "value"),
    [
        (("--behaviour", "nois"), "--behaviour", "nois"),
        (("--fact", "reporter"), "--fact", "reporter"),
        (("--fact", "colour=red"), "--fact", "colour"),
        (("--fact", "received_at=now"), "--fact", "received_at"),
        (("--fact", "anonymous=yes"), "--fact anonymous", "yes"),
        (("--fact", "anonymous="), "--fact anonymous", ""),
        (("--fact", "reporter=king"), "--fact reporter", "king"),
        (("--fact", "hate_strands=race,green"), "--fact hate_strands", "green"),
        (("--fact", "anonymous=true", "--fact", "anonymous=false"), "--fact anonymous", "false"),
        (("--received", "2026-03-29T01:30"), "--received", "2026-03-29T01:30"),
        (("--received", "yesterday"), "--received", "yesterday"),
        (("--received", ""), "--received", ""),
        (("--landlord", "vivid"), "--landlord", "vivid"),
    ],
)
def test_bad_input_is_told_and_nothing_is_answered(
    small: Path, arguments: tuple[str, ...], path: str, value: str
) -> None:
    (error,) = refused("--policy", str(small), *RECEIVED, *arguments)
    assert (error["file"], error["path"], error["value"]) == ("command line", path, value)


def test_a_date_past_the_calendar_is_refused(small: Path) -> None:
    (error,) = refused("--policy", str(small), "--received", "2035-01-01T10:00")
    assert (error["path"], error["value"]) == ("--received", "2035-01-01T10:00")
    assert error["expected"] == "a date from 2018-01-01 to 2030-12-31"


@pytest.mark.parametrize("landlord", ["", "nobody", "../policies/vivid"])
def test_an_unknown_landlord_is_told_the_known_ones(landlord: str) -> None:
    (error,) = refused("--landlord", landlord, *RECEIVED)
    assert (error["path"], error["value"]) == ("--landlord", landlord)
    assert error["expected"] == "one of believe, derby-homes, places-for-people, plus-dane, vivid"


def test_all_errors_are_told_at_once_one_line_each() -> None:
    arguments = ("--landlord", "nobody", "--behaviour", "nois", "--received", "now", "--fact", "x")
    out, lines, status = run(*arguments)
    assert (out, status) == ("", 2)
    assert [line.split(": ")[1] for line in lines] == ["--landlord", "--received", "--fact", "--behaviour"]
    expected = ", ".join(CHOICES["behaviours"])
    assert (
        lines[3]
        == f"command line: --behaviour: this value is not known (found 'nois'; expected one of {expected})"
    )


def test_a_file_that_does_not_load_is_told(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(yaml.safe_dump(policy_data(core={"nation": "wales"})), encoding="utf-8")
    (error,) = refused("--policy", str(file), *RECEIVED)
    assert (error["file"], error["path"], error["value"]) == ("broken.yaml", "nation", "wales")
    (missing,) = refused("--policy", str(tmp_path / "none.yaml"), *RECEIVED)
    assert (missing["file"], missing["expected"]) == (str(tmp_path / "none.yaml"), "a readable text file")
