"""Northmoor Homes, an invented Scottish landlord: four priorities, hours, a cut-off and its own closure days.

Nothing but its policy file says any of this; no other landlord's file or code is involved.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cases.schema import DeadlineRule, DeadlinesSection
from policies.parsing import read_policy
from policies.rules import parse_dated_rule
from policies.working_time import due
from tests.golden.conftest import CHRISTMAS_EVE, FRIDAY, LONDON, dated, outcome, prompts
from triage.decisions import Decision
from triage.engine import decide
from triage.facts import BEHAVIOURS, Facts
from triage.preview import Preview, preview_deadlines
from triage.proofs import prove

POLICY = read_policy(Path(__file__).parents[2] / "fixtures" / "demo" / "northmoor.yaml")

SAFETY, HOUSING = "community_safety", "housing_services"
P1 = ("asb", "p1", SAFETY, "2.1", None, False)
P2 = ("asb", "p2", SAFETY, "2.2", None, False)
P3 = ("asb", "p3", HOUSING, "2.3", None, False)
P4 = ("asb", "p4", HOUSING, "2.4", None, False)
AGAIN = ("asb", "p3", HOUSING, "2.5", None, False)
NEIGHBOURS = ("good_neighbourhood", None, HOUSING, "2.5", None, False)

PERSISTENT = {"persistent_or_unreasonable": True}

Outcome = tuple[str, str | None, str, str | None, str | None, bool]
Known = dict[str, Any]
Dated = tuple[str, str, str, str, str | None]

ROWS: list[tuple[str, Known, Outcome]] = [
    ("hate_incident", {}, P1),
    ("domestic_abuse", {}, P1),
    ("physical_violence", {}, P1),
    ("threats_of_violence", {}, P1),
    ("arson", {}, P1),
    ("harassment_intimidation", {}, P2),
    ("drug_dealing", {}, P2),
    ("drug_production", {}, P2),
    ("burglary", {}, P2),
    ("other_criminal", {}, P2),
    ("dangerous_dog", {}, P2),
    ("cuckooing", {}, P2),
    ("youth_disorder_serious", {}, P2),
    ("verbal_abuse", {}, P3),
    ("drug_use", {}, P3),
    ("alcohol_nuisance", {}, P3),
    ("noise", {}, P3),
    ("animal_nuisance", {}, P3),
    ("vehicle_nuisance", {}, P3),
    ("vandalism_graffiti", {}, P3),
    ("prostitution", {}, P3),
    ("youth_disorder_minor", {}, P3),
    ("litter_fly_tipping", {}, P4),
    ("garden_nuisance", {}, P4),
    ("communal_area_misuse", {}, P4),
    ("everyday_living_noise", {}, NEIGHBOURS),
    ("everyday_living_noise", PERSISTENT, AGAIN),
    ("parking", {}, NEIGHBOURS),
    ("parking", PERSISTENT, AGAIN),
    ("neighbour_dispute", {}, NEIGHBOURS),
    ("neighbour_dispute", PERSISTENT, AGAIN),
    # “A risk of harm makes any report at least Priority 2”; danger is Priority 1; staff at least Priority 3
    ("garden_nuisance", {"risk_of_personal_harm": True}, P2),
    ("garden_nuisance", {"immediate_danger": True}, P1),
    ("garden_nuisance", {"hate_perceived": True}, P1),
    ("garden_nuisance", {"directed_at_staff": True}, ("asb", "p3", HOUSING, "1.4", None, False)),
    # 1.3
    ("noise", {"respondent": "other_landlord"}, ("refer", None, HOUSING, "1.3", None, False)),
    ("noise", {"respondent": "private"}, ("out_of_scope", None, HOUSING, "1.3", None, False)),
    ("noise", {"respondent": "private", "directed_at_staff": True}, P3),
    ("noise", {"respondent": "private", "hate_perceived": True}, P1),
    ("noise", {"respondent": "unknown"}, P3),
]


def decided(*behaviours: str, received: datetime = FRIDAY, **facts: Any) -> Decision:
    return decide(Facts(behaviours=behaviours, received_at=received, **facts), POLICY)


def previewed(*behaviours: str, received: datetime = FRIDAY, **facts: Any) -> Preview:
    found = Facts(behaviours=behaviours, received_at=received, **facts)
    return preview_deadlines(decide(found, POLICY), found, POLICY)


@pytest.mark.parametrize(("behaviour", "facts", "expected"), ROWS)
def test_behaviour(behaviour: str, facts: Known, expected: Outcome) -> None:
    assert outcome(decided(behaviour, **facts)) == expected


def test_every_behaviour_has_a_row() -> None:
    assert {row[0] for row in ROWS} == set(BEHAVIOURS)


def test_everything_that_must_hold_of_a_policy_holds() -> None:
    assert list(prove(POLICY)) == []


def test_its_own_words() -> None:
    assert [level.label for level in POLICY.core.levels] == [
        "Priority 1 – Emergency",
        "Priority 2 – Serious",
        "Priority 3 – Nuisance",
        "Priority 4 – Estate",
    ]
    assert POLICY.core.words.respondent == "person complained about"
    assert POLICY.core.organisation.reference_prefix == "NM"


def promise(kind: str, rule: str, when: str, clause: str) -> Dated:
    return (kind, rule, when, "promise", clause)


def acknowledged(when: str) -> Dated:
    return promise("acknowledgement", "same_working_day cutoff=16:00", f"{when} 23:59:59", "4.1")


# Behaviour, received, then every clock in the order in which they run out. Monday 30 November 2026 is
# St Andrew's Day; after Christmas Eve come two holidays, three closure days and two more holidays.
CLOCKS: list[tuple[str, datetime, list[Dated]]] = [
    (
        "arson",
        FRIDAY,
        [
            acknowledged("2026-11-20"),
            promise("initial_contact", "within_hours:24", "2026-11-21 10:00:00", "4.2"),
            promise("risk_assessment", "within_working_days:3", "2026-11-25 23:59:59", "4.3"),
            promise("action_plan", "within_working_days:5", "2026-11-27 23:59:59", "4.3"),
            promise("resolution", "within_calendar_days:60", "2027-01-19 23:59:59", "4.5"),
        ],
    ),
    (
        "burglary",
        FRIDAY,
        [
            acknowledged("2026-11-20"),
            promise("initial_contact", "within_working_days:2", "2026-11-24 23:59:59", "4.2"),
            promise("risk_assessment", "within_working_days:3", "2026-11-25 23:59:59", "4.3"),
            promise("action_plan", "within_working_days:5", "2026-11-27 23:59:59", "4.3"),
            promise("resolution", "within_working_days:20", "2026-12-21 23:59:59", "4.5"),
        ],
    ),
    (
        "noise",
        FRIDAY,
        [
            acknowledged("2026-11-20"),
            promise("risk_assessment", "within_working_days:3", "2026-11-25 23:59:59", "4.3"),
            promise("action_plan", "within_working_days:5", "2026-11-27 23:59:59", "4.3"),
            promise("initial_contact", "within_working_days:5", "2026-11-27 23:59:59", "4.2"),
            promise("resolution", "within_working_days:20", "2026-12-21 23:59:59", "4.5"),
        ],
    ),
    (
        "garden_nuisance",
        FRIDAY,
        [
            acknowledged("2026-11-20"),
            promise("risk_assessment", "within_working_days:3", "2026-11-25 23:59:59", "4.3"),
            promise("action_plan", "within_working_days:5", "2026-11-27 23:59:59", "4.3"),
            promise("initial_contact", "within_working_days:10", "2026-12-07 23:59:59", "4.2"),
            promise("resolution", "within_working_days:20", "2026-12-21 23:59:59", "4.5"),
        ],
    ),
    (
        "parking",
        FRIDAY,
        [
            acknowledged("2026-11-20"),
            promise("initial_contact", "within_working_days:10", "2026-12-07 23:59:59", "4.2"),
        ],
    ),
    (
        "arson",
        CHRISTMAS_EVE,
        [
            acknowledged("2026-12-24"),
            promise("initial_contact", "within_hours:24", "2026-12-25 14:00:00", "4.2"),
            promise("risk_assessment", "within_working_days:3", "2027-01-07 23:59:59", "4.3"),
            promise("action_plan", "within_working_days:5", "2027-01-11 23:59:59", "4.3"),
            promise("resolution", "within_calendar_days:60", "2027-02-22 23:59:59", "4.5"),
        ],
    ),
    (
        "burglary",
        CHRISTMAS_EVE,
        [
            acknowledged("2026-12-24"),
            promise("initial_contact", "within_working_days:2", "2027-01-06 23:59:59", "4.2"),
            promise("risk_assessment", "within_working_days:3", "2027-01-07 23:59:59", "4.3"),
            promise("action_plan", "within_working_days:5", "2027-01-11 23:59:59", "4.3"),
            promise("resolution", "within_working_days:20", "2027-02-01 23:59:59", "4.5"),
        ],
    ),
    (
        "noise",
        CHRISTMAS_EVE,
        [
            acknowledged("2026-12-24"),
            promise("risk_assessment", "within_working_days:3", "2027-01-07 23:59:59", "4.3"),
            promise("action_plan", "within_working_days:5", "2027-01-11 23:59:59", "4.3"),
            promise("initial_contact", "within_working_days:5", "2027-01-11 23:59:59", "4.2"),
            promise("resolution", "within_working_days:20", "2027-02-01 23:59:59", "4.5"),
        ],
    ),
    (
        "garden_nuisance",
        CHRISTMAS_EVE,
        [
            acknowledged("2026-12-24"),
            promise("risk_assessment", "within_working_days:3", "2027-01-07 23:59:59", "4.3"),
            promise("action_plan", "within_working_days:5", "2027-01-11 23:59:59", "4.3"),
            promise("initial_contact", "within_working_days:10", "2027-01-18 23:59:59", "4.2"),
            promise("resolution", "within_working_days:20", "2027-02-01 23:59:59", "4.5"),
        ],
    ),
]


@pytest.mark.parametrize(("behaviour", "received", "clocks"), CLOCKS)
def test_clocks(behaviour: str, received: datetime, clocks: list[Dated]) -> None:
    assert dated(previewed(behaviour, received=received)) == clocks


ACKNOWLEDGED = [
    # “on the working day we receive it if it reaches us by 4pm, otherwise on the next”
    (datetime(2026, 11, 20, 16, 0, 0, tzinfo=LONDON), "2026-11-20"),
    (datetime(2026, 11, 20, 16, 0, 1, tzinfo=LONDON), "2026-11-23"),
    (datetime(2026, 11, 28, 9, 0, 0, tzinfo=LONDON), "2026-12-01"),
    (datetime(2026, 9, 28, 9, 0, 0, tzinfo=LONDON), "2026-09-29"),
    (datetime(2026, 12, 24, 16, 30, 0, tzinfo=LONDON), "2027-01-05"),
    (datetime(2026, 8, 3, 9, 0, 0, tzinfo=LONDON), "2026-08-04"),
    (datetime(2026, 8, 31, 9, 0, 0, tzinfo=LONDON), "2026-08-31"),
    (datetime(2027, 3, 29, 9, 0, 0, tzinfo=LONDON), "2027-03-29"),
]


@pytest.mark.parametrize(("received", "day"), ACKNOWLEDGED)
def test_acknowledgement_by_four(received: datetime, day: str) -> None:
    """Weekends, Scotland's holidays (not England's) and Northmoor's own closure days do not count."""
    found = dated(previewed("parking", received=received))
    assert [clock for clock in found if clock[0] == "acknowledgement"] == [acknowledged(day)]


HOURS = [
    (datetime(2026, 10, 24, 18, 0, tzinfo=LONDON), "2026-10-25 17:00:00"),
    (datetime(2027, 3, 27, 18, 0, tzinfo=LONDON), "2027-03-28 19:00:00"),
]


@pytest.mark.parametrize(("received", "due_local"), HOURS)
def test_twenty_four_hours_have_passed_when_the_clocks_change(received: datetime, due_local: str) -> None:
    found = dated(previewed("arson", received=received))
    assert [clock[2] for clock in found if clock[0] == "initial_contact"] == [due_local]


def test_a_proposal_has_only_a_reminder() -> None:
    assert dated(previewed("noise", respondent="private")) == [
        ("triage_decision", "end_of_next_working_day", "2026-11-23 23:59:59", "reminder", None)
    ]


def test_duties_that_do_not_start_with_receipt() -> None:
    rules = [rule for rule in _rules("p3", HOUSING) if rule.start != "received" and rule.kind != "resolution"]
    assert [(rule.kind, rule.due, rule.start, rule.met_by, rule.clause) for rule in rules] == [
        ("initial_contact", "within_working_days:2", "added", "successful_contact", None),
        ("risk_assessment", "within_working_days:3", "opened", "risk_assessment_completed", "4.3"),
        ("action_plan", "within_working_days:5", "opened", "action_plan_sent", "4.3"),
        ("contact_update", "every_working_days:10", "last_contact", "successful_contact", "4.4"),
    ]


def test_recurring_contact_counts_northmoors_working_days() -> None:
    rule = next(rule for rule in _rules("p3", HOUSING) if rule.kind == "contact_update")
    next_contact = due(parse_dated_rule(rule.due), CHRISTMAS_EVE, POLICY.calendar, POLICY.core.day_ends)
    assert f"{next_contact.due_local:%Y-%m-%d %H:%M:%S}" == "2027-01-18 23:59:59"
    assert rule.unless_agreed


def test_every_missed_promise_must_be_explained() -> None:
    rules = POLICY.section(DeadlinesSection).deadlines
    assert {(rule.basis, rule.explanation_required) for rule in rules} == {
        ("promise", True),
        ("reminder", False),
    }
    resolutions = [rule for rule in rules if rule.kind == "resolution"]
    assert [(rule.met_by, rule.start, rule.levels) for rule in resolutions] == [
        ("case_closed", "opened", ("p1",)),
        ("case_closed", "opened", ("p2", "p3", "p4")),
    ]


PROMPTS: list[tuple[tuple[str, ...], Known, list[str]]] = [
    (("noise",), {}, []),
    (("parking",), {}, ["mediation_offer"]),
    (("parking",), {"hate_perceived": True}, ["hate_policy"]),
    (("arson",), {"immediate_danger": True}, ["danger_999", "police_report"]),
    (("domestic_abuse",), {}, ["domestic_abuse_referral", "safeguarding"]),
    (("noise",), {"risk_of_personal_harm": True}, ["support_referral"]),
    (("noise",), {"respondent": "private", "hate_perceived": True}, ["scope_check", "hate_policy"]),
    (("noise",), {"respondent": "other_landlord", "immediate_danger": True}, ["scope_check", "danger_999"]),
]


@pytest.mark.parametrize(("behaviours", "facts", "advised"), PROMPTS)
def test_prompts(behaviours: tuple[str, ...], facts: Known, advised: list[str]) -> None:
    assert prompts(decided(*behaviours, **facts)) == advised


def _rules(level: str, team: str) -> list[DeadlineRule]:
    return POLICY.section(DeadlinesSection).for_case(route="asb", level=level, team=team)
