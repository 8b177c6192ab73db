"""Checking files, which loading does first; none of these tests touches a database."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from policies.checking import check_files
from policies.parsing import InvalidPolicy
from tests.triage.small_policies import PROTECTIONS, policy_data
from tests.triage.test_engine import PRIVATE

POLICIES = Path(__file__).parents[2] / "fixtures" / "policies"
LANDLORDS = ["believe", "derby-homes", "places-for-people", "plus-dane", "vivid"]


def write(file: Path, **changes: Any) -> Path:
    file.write_text(yaml.safe_dump(policy_data(**changes)), encoding="utf-8")
    return file


def run(command: str, *arguments: str) -> tuple[str, list[str], int | str | None]:
    out, err = StringIO(), StringIO()
    status: int | str | None = 0
    try:
        call_command(command, *arguments, stdout=out, stderr=err)
    except SystemExit as stopped:
        status = stopped.code
    return out.getvalue(), err.getvalue().splitlines(), status


def test_our_own_files_hold() -> None:
    out, errors, status = run("check_policies", str(POLICIES), "--json")
    assert (errors, status) == ([], 0)
    assert json.loads(out) == {"checked": [{"file": f"{key}.yaml", "landlord": key} for key in LANDLORDS]}


def test_files_and_folders_may_be_named_together(tmp_path: Path) -> None:
    write(tmp_path / "one.yml")
    (tmp_path / "notes.txt").write_text("not a policy", encoding="utf-8")
    out, errors, status = run("check_policies", str(tmp_path), str(POLICIES / "vivid.yaml"))
    assert (errors, status) == ([], 0)
    assert out.splitlines() == ["one.yml: small: every rule holds", "vivid.yaml: vivid: every rule holds"]


@pytest.mark.parametrize("command", ["check_policies", "load_policies"])
def test_every_error_of_every_file_is_told_and_nothing_is_loaded(command: str, tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", core={"landlord": "a", "nation": "wales", "day_ends": "25:00"})
    write(tmp_path / "b.yaml", core={"landlord": "b"})
    (tmp_path / "c.yaml").write_text("teams: {", encoding="utf-8")
    out, lines, status = run(command, str(tmp_path), "--json")
    errors = json.loads(out)["errors"]
    assert [(error["file"], error["path"], error["value"]) for error in errors] == [
        ("a.yaml", "nation", "wales"),
        ("a.yaml", "day_ends", "25:00"),
        ("c.yaml", "", None),
    ]
    assert (len(lines), status) == (3, 2)
    assert lines[0] == (
        "a.yaml: nation: this value is not known "
        "(found 'wales'; expected one of england_and_wales, scotland, northern_ireland)"
    )


@pytest.mark.parametrize("command", ["check_policies", "load_policies"])
def test_what_is_disproved_is_an_error_too(command: str, tmp_path: Path) -> None:
    unprotected = [{**PROTECTIONS[0], "protects": False}, *PROTECTIONS[1:]]
    file = write(tmp_path / "bad.yaml", raises=unprotected, scope=[PRIVATE])
    out, lines, status = run(command, str(file))
    assert (out, status) == ("", 2)
    assert lines == [
        "bad.yaml: raises: hate does not always lead to Level Top (found None; expected a rule at level top "
        "with protects: true and only this in its when: hate_perceived: true)"
    ]


def test_two_files_of_one_landlord_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "small.yaml")
    with pytest.raises(InvalidPolicy) as caught:
        check_files([tmp_path / "a", tmp_path / "b"])
    (error,) = caught.value.errors
    assert (error.path, error.value, error.message) == (
        "landlord", "small", "small.yaml is a policy of the same landlord",
    )  # fmt: skip


def test_a_folder_without_policies_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidPolicy) as caught:
        check_files([tmp_path, tmp_path / "none.yaml"])
    assert list(map(str, caught.value.errors)) == [
        f"{tmp_path}: there is none in this folder (found None; expected policy files (*.yaml))",
        f"{tmp_path / 'none.yaml'}: No such file or directory (found None; expected a readable text file)",
    ]
