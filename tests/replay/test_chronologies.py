"""Our own chronologies, each against what the landlord's document says comes of it; dates worked out by hand."""

import json
from pathlib import Path

import pytest

from asbcases.replay.setting import policy_files
from tests.factories.policies import load
from tests.replay.asking import (
    CHRONOLOGIES,
    answer,
    answer_of,
    clocks,
    missed,
    owed,
    run,
    turned_down,
    without_references,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policies_are_loaded() -> None:
    """Once parsed they are at hand for every test."""
    load(*policy_files())


GOLDEN = Path(__file__).parent / "golden"
WHOLE = sorted(path.stem for path in GOLDEN.glob("*.json"))
ALL = sorted(CHRONOLOGIES.glob("*.yaml"))


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_answer(name: str) -> None:
    """What ``manage.py replay --json`` prints, but for the references, which are drawn anew each time."""
    expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert without_references(answer_of(name)) == expected


def test_at_least_four_answers_are_kept_whole() -> None:
    assert len(WHOLE) >= 4


def test_there_are_two_for_each_landlord_and_one_for_the_invented_one() -> None:
    landlords = [run(path, "--json")[0] for path in ALL]
    names = sorted(json.loads(text)["landlord"] for text in landlords)
    two_each = ["believe", "derby-homes", "places-for-people", "plus-dane", "vivid"]
    assert names == sorted([*two_each, *two_each, "northmoor"])


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_only_promises_are_missed_and_every_one_has_its_clause(path: Path) -> None:
    rows = answer(path)["deadlines"]
    assert [row for row in rows if row["breached_at"] and row["basis"] != "promise"] == []
    assert [row for row in rows if row["basis"] == "promise" and not row["clause"]] == []
    assert {row["breached_at"] for row in rows} - {None} <= {row["due_at"] for row in rows}


def test_believe_where_all_goes_well() -> None:
    found = answer_of("believe-drums-through-the-wall")
    assert [(case["level"], case["state"], case["closing_ground"]) for case in found["cases"]] == [
        ("1-day", "closed", "resolved")
    ]
    assert (missed(found), owed(found)) == ([], [])
    assert clocks(found, "initial_contact") == [
        ("Marjorie Alder", "2026-03-03T23:59:59Z", "2026-03-03T10:15:00Z", None)
    ]
    assert [(due, met) for _, due, met, _ in clocks(found, "contact_update")] == [
        ("2026-03-17T23:59:59Z", "2026-03-16T14:00:00Z"),
        ("2026-03-30T22:59:59Z", "2026-03-27T15:00:00Z"),
        ("2026-04-10T22:59:59Z", "2026-03-30T10:00:00Z"),
    ]
    assert turned_down(found) == [(5, ["BH-074"]), (9, ["BH-108"])]


def test_believe_where_we_forget() -> None:
    """Easter: 3 and 6 April are holidays, and the day promised is Thursday the 2nd all the same."""
    found = answer_of("believe-nobody-rang-back")
    name = "Olu Tansy"
    assert missed(found) == [
        (name, "initial_contact", "2026-04-02T22:59:59Z"),
        (name, "contact_update", "2026-04-17T22:59:59Z"),
        (name, "contact_update", "2026-04-24T22:59:59Z"),
        (name, "contact_update", "2026-05-04T22:59:59Z"),
        (name, "contact_update", "2026-05-11T22:59:59Z"),
    ]
    assert owed(found) == [("action_plan", name), ("risk_assessment", name), ("evidence_review", name)]
    assert turned_down(found) == [(6, ["BH-108", "BH-106", "BH-108"])]
    assert [case["state"] for case in found["cases"]] == ["in_hand"]


def test_derby_where_the_main_contact_is_not_named() -> None:
    found = answer_of("derby-who-is-my-main-contact")
    assert [(row["case"], row["event"]) for row in found["reports"]] == [(1, 0), (1, 2)]
    assert clocks(found, "initial_contact") == [
        ("Beatrix Yarrow", "2026-05-19T22:59:59Z", "2026-05-20T13:00:00Z", "2026-05-19T22:59:59Z"),
        ("Denzil Orpine", "2026-05-21T22:59:59Z", "2026-05-21T08:00:00Z", None),
    ]
    beatrix = [duty for duty, person in owed(found) if person == "Beatrix Yarrow"]
    denzil = [duty for duty, person in owed(found) if person == "Denzil Orpine"]
    assert sorted(beatrix) == ["action_plan", "contact_update", "partner_share"]
    assert sorted(denzil) == ["action_plan", "case_review_information", "contact_update", "risk_assessment"]
    assert turned_down(found) == [(7, ["DH-062", "DH-093", "DH-080", "DH-088"])]


def test_places_for_people_on_the_way_to_notice() -> None:
    found = answer_of("places-for-people-knife-on-the-landing")
    assert missed(found) == []
    day_one = "2026-06-16T22:59:59Z"
    kinds = ("acknowledgement", "initial_contact", "risk_assessment", "action_plan")
    assert [clocks(found, kind) for kind in kinds] == [
        [("Imogen Sedge", day_one, "2026-06-15T08:15:00Z", None)],
        [("Imogen Sedge", day_one, "2026-06-15T12:00:00Z", None)],
        [("Imogen Sedge", day_one, "2026-06-15T12:30:00Z", None)],
        [("Imogen Sedge", day_one, "2026-06-15T14:00:00Z", None)],
    ]
    answers = ["PFP-103", "PFP-033", "PFP-027", "PFP-110", "PFP-018", "PFP-016"]
    everything = [*answers, "PFP-104", "PFP-105", "PFP-107", "PFP-108", "PFP-108"]
    assert turned_down(found) == [(4, everything), (11, [None, None, None])]


def test_plus_dane_where_it_happens_three_times() -> None:
    found = answer_of("plus-dane-three-nights-of-hate")
    assert [row["case"] for row in found["reports"]] == [1, 1, 1]
    assert clocks(found, "initial_contact") == [
        ("Amara Quill", "2026-03-23T23:59:59Z", "2026-03-23T12:00:00Z", None),
        ("Amara Quill", "2026-03-27T23:59:59Z", "2026-03-30T08:00:00Z", "2026-03-27T23:59:59Z"),
        ("Amara Quill", "2026-04-07T22:59:59Z", "2026-04-07T09:00:00Z", None),
    ]
    (review,) = (
        row for row in found["prompts"] if row["key"] == "case_review_information" and not row["report"]
    )
    assert (review["at"], review["case"]) == ("2026-04-02T20:00:00Z", 1)
    explain = ("Amara Quill", "2026-04-02T22:59:59Z", "2026-03-30T08:00:00Z", None)
    assert clocks(found, "case_review_information") == [explain]


def test_vivid_where_legal_action_has_its_team() -> None:
    found = answer_of("vivid-the-wrong-team")
    assert [(case["level"], case["team"], case["state"]) for case in found["cases"]] == [
        ("a", "tenancy_enforcement", "in_hand")
    ]
    assert clocks(found, "initial_contact") == [
        ("Sunita Avens", "2026-08-04T22:59:59Z", "2026-08-04T14:00:00Z", None),
        ("Sunita Avens", "2026-08-11T22:59:59Z", "2026-08-11T10:00:00Z", None),
    ]
    assert clocks(found, "contact_update")[-1] == ("Sunita Avens", "2026-09-14T22:59:59Z", None, None)
    assert turned_down(found) == [(4, ["VV-005", "VV-038"])]


def test_northmoor_counts_hours_and_scottish_holidays() -> None:
    """The first Monday of August is a holiday in Scotland only."""
    found = answer_of("northmoor-a-fire-in-the-close")
    assert clocks(found, "initial_contact") == [
        ("Catriona Whin", "2026-08-01T15:30:00Z", "2026-08-01T15:30:00Z", None)
    ]
    assert clocks(found, "acknowledgement") == [
        ("Catriona Whin", "2026-08-04T22:59:59Z", "2026-07-31T15:30:00Z", None)
    ]
    plan = "2026-08-10T22:59:59Z"
    assert clocks(found, "action_plan") == [("Catriona Whin", plan, "2026-08-12T09:00:00Z", plan)]
    assert missed(found)[0] == ("Catriona Whin", "action_plan", plan)
    assert turned_down(found) == [(5, [None])]
