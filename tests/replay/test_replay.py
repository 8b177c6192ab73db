"""What replaying does and does not do: real services, a set clock, and nothing kept."""

import copy
import subprocess
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from asbcases.replay import tables
from asbcases.replay.reading import read_chronology
from asbcases.replay.running import replay
from cases.models import Case
from policies.services import PolicyFile, load_policies
from tests.factories.policies import load, policy_file
from tests.factories.world import Side
from tests.replay.asking import (
    CHRONOLOGIES,
    Row,
    answer,
    chronology,
    clocks,
    missed,
    owed,
    run,
    told,
    turned_down,
    without_references,
    write,
)
from timeline.actors import system
from timeline.models import Event

pytestmark = pytest.mark.usefixtures("db")
INTERFACE = """\
landlord: believe
events:          # in time order; each may name its case (`case: 1`, the first opened by default the only or latest open one)
  - {at: 2026-01-05T10:00, do: report, channel: telephone, behaviours: [noise], reporter: {name: A, kind: tenant}, respondent: {name: B, kind: tenant}, facts: {risk_of_personal_harm: false}}
  - {at: 2026-01-06T11:00, do: contact, with: A, outcome: spoke, told: [main_contact]}
  - {at: 2026-01-06T11:20, do: assess_risk, of: A, answers: {1: daily, 2: "yes", 7: [you, family]}, confirmed_band: high}
  - {at: 2026-01-07T09:00, do: agree_plan, with: A, contact_every_days: 7, sent: true, actions: [{who: landlord, what: interview, by: 2026-01-12}]}
  - {at: 2026-01-20T09:00, do: use_tool, tool: mediation, details: {all_willing: true, serious_criminality: false, power_imbalance: false}}
  - {at: 2026-02-01T09:00, do: recategorise, level: 5-day, reason: "…"}
  - {at: 2026-03-01T09:00, do: close, ground: resolved, reason: "…", complainant_agrees: true}
until: 2026-03-31T00:00
"""  # noqa: E501  (as it is published)
CONTACT = {"outcome": "spoke", "with": "A"}


def counts() -> dict[str, int]:
    """How many rows each table has, whoever's they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names))  # noqa: S608
        return dict(cursor.fetchall())


def test_the_published_example_runs_as_it_stands(tmp_path: Path) -> None:
    """Weekly updates are agreed on 6 January and never given: one miss for each week until the end."""
    found = answer(write(tmp_path, INTERFACE))
    assert [(row["number"], row["route"], row["level"], row["state"]) for row in found["cases"]] == [
        (1, "asb", "5-day", "in_hand")
    ]
    assert clocks(found, "initial_contact") == [("A", "2026-01-06T23:59:59Z", "2026-01-06T11:00:00Z", None)]
    days = [due for _, due, _, missed_at in clocks(found, "contact_update") if missed_at]
    assert (days[0], len(days)) == ("2026-01-13T23:59:59Z", 11)
    assert turned_down(found) == [(6, ["BH-108"])]
    assert (found["impossible"], [prompt["key"] for prompt in found["prompts"]]) == (
        [],
        ["noise_triage", "duplicate_check", "quiet"],
    )
    assert (found["prompts"][-1]["at"], found["prompts"][-1]["clause"]) == ("2026-02-04T00:00:00Z", "14.3")
    assert owed(found) == [("liaison_officer", "A")]


def test_the_answer_has_the_keys_that_scripts_rely_on(tmp_path: Path) -> None:
    found = answer(write(tmp_path, INTERFACE))
    keys = {
        "cases": {"number", "reference", "route", "level", "state"},
        "deadlines": {"case", "person", "report", "kind", "start_at", "due_at", "met_at", "breached_at", "basis",
                      "clause", "clause_id"},
        "refused": {"event", "at", "reasons"},
        "prompts": {"at", "case", "key", "clause"},
    }  # fmt: skip
    lacking = {key: wanted - set(found[key][0]) for key, wanted in keys.items()}
    assert lacking == {key: set() for key in keys}
    assert {"text", "clause", "clause_id", "ours"} <= set(found["refused"][0]["reasons"][0])
    waits = answer(write(tmp_path, chronology(told())))["outstanding"][0]
    assert {"case", "person", "duty", "since", "age_days", "clause"} <= set(waits)


def test_nothing_is_left_in_the_database(tmp_path: Path) -> None:
    before = counts()
    for path in sorted(CHRONOLOGIES.glob("*.yaml"))[::3]:
        answer(path)
    run(write(tmp_path, chronology(told(at="1999-12-31T10:00"))))
    assert counts() == before
    assert sum(before.values()) > 0


def test_what_is_there_already_is_not_touched(here: Side) -> None:
    """A landlord at work: its own cases, overdue by then, and its record stay as they are."""
    before = (counts(), list(Case.objects.order_by("pk").values()), Event.objects.latest("pk").hash)
    found = replay(read_chronology(CHRONOLOGIES / "vivid-saturday-night.yaml"))
    assert [row["number"] for row in found.cases] == [1]
    assert (counts(), list(Case.objects.order_by("pk").values()), Event.objects.latest("pk").hash) == before


def test_the_policy_that_is_loaded_is_asked_before_the_one_that_comes_with_the_product(
    tmp_path: Path,
) -> None:
    shipped = policy_file("vivid")
    content = copy.deepcopy(shipped.content)
    for rule in content["deadlines"]:
        if rule.get("levels") == ["b"]:
            rule["due"] = "within_working_days:9"
    load_policies([PolicyFile(shipped.name, shipped.policy, content)], by=system("Tests"))
    found = answer(write(tmp_path, chronology(told())))
    assert clocks(found, "initial_contact") == [("A", "2026-01-16T23:59:59Z", None, None)]


def test_reports_about_the_same_named_person_join_the_open_case(tmp_path: Path) -> None:
    again: Row = {
        "reporter": {"name": "C", "kind": "tenant"},
        "respondent": {"name": " b ", "kind": "tenant"},
    }
    nobody: Row = {"reporter": {"name": "D", "kind": "tenant"}, "respondent": {"kind": "tenant"}}
    found = answer(
        write(
            tmp_path,
            chronology(
                told(),
                told(at="2026-01-06T10:00", **again),
                told(at="2026-01-07T10:00", **nobody),
                told(at="2026-01-08T10:00", **nobody),
                told(at="2026-01-09T10:00", case=2, **nobody),
            ),
        )
    )
    assert [row["case"] for row in found["reports"]] == [1, 1, 2, 3, 2]


def test_whoever_reports_again_is_the_same_person(tmp_path: Path) -> None:
    """Duties owed once to a complainant are owed once, and one contact meets every report of theirs."""
    other = told(at="2026-01-06T09:00", respondent={"name": "X", "kind": "tenant"})
    spoke = told("contact", at="2026-01-06T10:00", case=1, **CONTACT)
    found = answer(write(tmp_path, chronology(told(), told(at="2026-01-05T12:00"), other, spoke)))
    met = "2026-01-06T10:00:00Z"
    assert [(due, met_at) for _, due, met_at, _ in clocks(found, "initial_contact")] == [
        ("2026-01-06T23:59:59Z", met),
        ("2026-01-06T23:59:59Z", met),
        ("2026-01-07T23:59:59Z", met),
    ]
    once_a_case = ("action_plan", "lead_agency", "risk_assessment")
    assert sorted(owed(found)) == sorted([(duty, "A") for duty in once_a_case] * 2)


def test_a_refused_event_is_told_and_the_replay_goes_on(tmp_path: Path) -> None:
    events = [
        told("contact", at="2026-01-05T09:00", **CONTACT),
        told(),
        told("contact", at="2026-01-05T11:00", outcome="spoke", **{"with": "Z"}),
        told("contact", at="2026-01-05T12:00", case=2, **CONTACT),
        told("reopen", at="2026-01-05T13:00", reason="It goes on"),
        told("decide", at="2026-01-05T14:00", route="asb", reason="It is"),
        told("explain_miss", at="2026-01-05T15:00", explanation="None there"),
        told("reassign", at="2026-01-05T15:30", to="nobody"),
        told("reassign", at="2026-01-05T15:40", team="nobody"),
        told("review_evidence", at="2026-01-05T15:50"),
        told("report", at="2026-01-05T15:55", anonymous=True),
        told("contact", at="2026-01-05T16:00", **CONTACT),
    ]
    found = answer(write(tmp_path, chronology(*events)))
    assert [(row["event"], row["at"], row["reasons"][0]["text"]) for row in found["refused"]] == [
        (0, "2026-01-05T09:00:00Z", "There is no case yet."),
        (2, "2026-01-05T11:00:00Z", "Nobody called Z is part of this case."),
        (3, "2026-01-05T12:00:00Z", "There is no case 2 yet."),
        (4, "2026-01-05T13:00:00Z", "There is no closed case."),
        (5, "2026-01-05T14:00:00Z", "No report waits to be decided."),
        (6, "2026-01-05T15:00:00Z", "There is no such miss to explain."),
        (7, "2026-01-05T15:30:00Z", "Nobody called nobody works here."),
        (8, "2026-01-05T15:40:00Z", "There is no team nobody."),
        (9, "2026-01-05T15:50:00Z", "There is no such evidence that nobody has looked at."),
        (10, "2026-01-05T15:55:00Z", "An anonymous report has no name, telephone number or e-mail address."),
    ]
    assert clocks(found, "initial_contact") == [("A", "2026-01-06T23:59:59Z", "2026-01-05T16:00:00Z", None)]


def test_a_miss_is_found_at_its_second_and_not_before(tmp_path: Path) -> None:
    until = "2026-01-06T23:59:59"
    assert missed(answer(write(tmp_path, chronology(told(), until=until)))) == []
    due = "2026-01-06T23:59:59Z"
    after = answer(write(tmp_path, chronology(told(), until="2026-01-07T00:00:00")))
    assert missed(after) == [("A", "initial_contact", due)]
    late = told("contact", at="2026-01-08T10:00", occurred_at="2026-01-06T12:00", **CONTACT)
    assert clocks(answer(write(tmp_path, chronology(told(), late))), "initial_contact") == [
        ("A", due, "2026-01-06T12:00:00Z", due)
    ]


def test_the_work_of_others_is_done_under_their_name(tmp_path: Path) -> None:
    """An adviser takes a report and may not make the contact that the policy wants."""
    events = [told(by="adviser"), told("contact", at="2026-01-05T11:00", by="adviser", **CONTACT)]
    (row,) = answer(write(tmp_path, chronology(*events)))["refused"]
    assert (row["event"], row["do"]) == (1, "contact")
    assert row["reasons"][0]["text"].startswith("As contact centre adviser you cannot record contact.")


def test_what_nobody_can_be_rung_about_is_impossible(tmp_path: Path) -> None:
    anonymous = told(anonymous=True, reporter={})
    found = answer(write(tmp_path, chronology(anonymous, until="2026-02-02T10:00")))
    assert (missed(found), [row for row in found["deadlines"] if row["due_at"]]) == ([], [])
    kinds = [row["kind"] for row in found["impossible"]]
    assert sorted(kinds) == ["action_plan", "initial_contact", "risk_assessment"]


def test_a_report_that_waits_is_told_without_a_case(tmp_path: Path) -> None:
    away = told(respondent={"name": "B", "kind": "private"}, reporter={"name": "A", "kind": "non_customer"})
    waits = answer(write(tmp_path, chronology(away)))
    assert ([row["case"] for row in waits["reports"]], waits["cases"]) == ([None], [])
    opened = told(
        "decide", at="2026-01-06T10:00", route="asb", level="b", reason="A visitor after all", report=1
    )
    found = answer(write(tmp_path, chronology(away, opened)))
    assert [(row["number"], row["level"]) for row in found["cases"]] == [(1, "b")]
    assert [row["case"] for row in found["reports"]] == [1]


def test_in_words(tmp_path: Path) -> None:
    out, errors, status = run(write(tmp_path, INTERFACE))
    lines = out.splitlines()
    assert (errors, status) == ([], 0)
    assert lines[0] == "believe, policy version 1, until Tue 31 Mar 2026, 12 midnight. Nothing was kept."
    titles = [line for line in lines if line and not line.startswith((" ", "-"))][1:]
    assert titles == [
        "Cases", "Missed", "Done in time, or still running", "Not done; the policy sets no time", "Refused",
        "Prompted",
    ]  # fmt: skip
    assert "- Case 1: 5 day priority, in_hand" in lines
    due, done = "due Tue 6 Jan 2026, 11:59pm (promise)", "done Tue 6 Jan 2026, 11am"
    assert f"- Make first contact (case 1, A) [8.1 row 1], {due}: {done}" in lines


def test_in_words_what_is_owed_impossible_or_waits(tmp_path: Path) -> None:
    away = told(respondent={"name": "C", "kind": "private"}, reporter={"name": "D", "kind": "non_customer"})
    events = [told(anonymous=True, reporter={}), told(respondent={"kind": "tenant"}), away]
    lines = run(write(tmp_path, chronology(*events)))[0].splitlines()
    assert [line for line in lines if line[:1].isupper()] == [
        "Cases", "Reports that have no case", "Done in time, or still running",
        "Not done; the policy sets no time", "Not possible: nobody to do it for", "Prompted",
    ]  # fmt: skip


def _four(order: Sequence[int]) -> Row:
    """Four people, each with a matter of their own, all rung in one minute in this order."""
    names = "ACEG"
    reports = [
        told(reporter={"name": name, "kind": "tenant"}, respondent={"name": f"Not {name}", "kind": "tenant"})
        for name in names
    ]
    calls = [
        told("contact", at="2026-01-06T10:00", case=number + 1, outcome="spoke", **{"with": names[number]})
        for number in order
    ]
    return chronology(*reports, *calls, until="2026-01-31T10:00")


def test_the_order_of_calls_to_different_people_changes_nothing(tmp_path: Path) -> None:
    load("vivid")
    usual = without_references(answer(write(tmp_path, _four((0, 1, 2, 3)))))

    @settings(max_examples=5, deadline=None)
    @given(order=st.permutations(range(4)))
    def holds(order: list[int]) -> None:
        assert without_references(answer(write(tmp_path, _four(order)))) == usual

    holds()


def no_tables_are_made(*_: object, **__: object) -> None:
    pytest.fail("tables were made")


@override_settings(LOCAL_MODE=False)
def test_elsewhere_than_on_ones_own_machine_no_tables_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one"])
    monkeypatch.setattr(subprocess, "run", no_tables_are_made)
    with pytest.raises(CommandError, match=r"run manage\.py migrate first"):
        tables.make_ready()


@override_settings(LOCAL_MODE=True)
@pytest.mark.parametrize("status", [0, 1])
def test_on_ones_own_machine_missing_tables_are_made(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    started: list[tuple[tuple[str, ...], str]] = []

    def run_it(command: tuple[str, ...], **how: Any) -> subprocess.CompletedProcess[bytes]:
        started.append((command[1:], how["env"]["DATABASE_ROLE"]))
        return subprocess.CompletedProcess(command, status, b"", b"no room\n")

    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one"])
    monkeypatch.setattr(subprocess, "run", run_it)
    with pytest.raises(CommandError, match="could not be made: no room") if status else nullcontext():
        tables.make_ready()
    assert started == [(("manage.py", "migrate", "--no-input"), "owner")]


def test_tables_that_are_there_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", no_tables_are_made)
    tables.make_ready()
