"""Loading publishes what is new: all files, or none."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from landlords.models import Landlord
from policies.models import PolicyVersion
from tests.policies.test_check_policies import run, write
from timeline.scope import landlord_scope

pytestmark = pytest.mark.django_db


def versions() -> list[tuple[str, int, str]]:
    found: list[tuple[str, int, str]] = []
    for landlord in Landlord.objects.order_by("key"):
        with landlord_scope(landlord.pk):
            found += [
                (landlord.key, one.number, one.status) for one in PolicyVersion.objects.order_by("number")
            ]
    return found


def loaded(*arguments: str) -> list[dict[str, Any]]:
    out, errors, status = run("load_policies", *arguments, "--json")
    assert (errors, status) == ([], 0)
    answer: list[dict[str, Any]] = json.loads(out)["loaded"]
    return answer


def test_new_content_is_a_new_version_and_the_same_content_is_none(tmp_path: Path) -> None:
    file = write(tmp_path / "small.yaml")
    assert loaded(str(file)) == [{"landlord": "small", "version": 1, "changed": True}]
    assert loaded(str(tmp_path)) == [{"landlord": "small", "version": 1, "changed": False}]
    file.write_text("# a remark\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert loaded(str(file)) == [{"landlord": "small", "version": 1, "changed": False}]
    write(file, core={"day_ends": "17:00:00"})
    assert loaded(str(file)) == [{"landlord": "small", "version": 2, "changed": True}]
    assert versions() == [("small", 1, "retired"), ("small", 2, "published")]


def test_what_was_loaded_is_said_in_words(tmp_path: Path) -> None:
    file = write(tmp_path / "small.yaml")
    assert run("load_policies", str(file)) == ("small: version 1 published\n", [], 0)
    assert run("load_policies", str(file)) == ("small: version 1 is in force already\n", [], 0)


def test_one_bad_file_keeps_all_of_them_out(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", core={"landlord": "a", "organisation": _organisation("AA")})
    write(tmp_path / "b.yaml", core={"landlord": "b", "nation": "wales"})
    _, errors, status = run("load_policies", str(tmp_path))
    assert (len(errors), status, versions()) == (1, 2, [])


def test_validity_that_overlaps_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    write(tmp_path / "small.yaml", core={"in_force_from": "2030-01-01"})
    loaded(str(tmp_path))
    write(tmp_path / "small.yaml", core={"in_force_from": "2029-12-31"})
    write(tmp_path / "other.yaml", core={"landlord": "other", "organisation": _organisation("TH")})
    out, lines, status = run("load_policies", str(tmp_path), "--json")
    (error,) = json.loads(out)["errors"]
    assert (error["file"], error["path"], error["value"]) == ("small.yaml", "in_force_from", "2029-12-31")
    assert (len(lines), status, versions()) == (1, 2, [("small", 1, "published")])


def test_the_landlord_is_known_by_what_its_file_says(tmp_path: Path) -> None:
    loaded(str(write(tmp_path / "small.yaml")))
    landlord = Landlord.objects.get(key="small")
    assert (landlord.name, landlord.reference_prefix) == ("Small Homes", "SM")
    with landlord_scope(landlord.pk):
        (version,) = PolicyVersion.objects.all()
    content = yaml.safe_load((tmp_path / "small.yaml").read_text(encoding="utf-8"))
    assert (version.source_file, version.content) == ("small.yaml", content)


def _organisation(prefix: str) -> dict[str, str]:
    return {
        "name": f"{prefix} Homes",
        "reference_prefix": prefix,
        "phone": "020 7946 0001",
        "opening_hours": "Monday to Friday, 9am to 5pm",
        "email": "hello@example.org",
    }
