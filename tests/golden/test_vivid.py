"""VIVID's Anti-Social Behaviour Policy (undated), line by line, as printed."""

from datetime import datetime
from typing import Any

import pytest

from cases.schema import DeadlineRule, DeadlinesSection
from tests.golden.conftest import (
    CHRISTMAS_EVE,
    LONDON,
    dated,
    decide_for,
    outcome,
    policy_of,
    preview_for,
    prompts,
)
from triage.facts import BEHAVIOURS, REPORTERS, RESPONDENTS
from triage.schema import TriageSection

decided = decide_for("vivid")
previewed = preview_for("vivid")

A, B = "tenancy_enforcement", "neighbourhood"
CATEGORY_A = ("4.3 Category A", "VV-025")
CATEGORY_B = ("4.3 Category B", "VV-028")
LISTED = ("4.1 list", "VV-009")
NOT_ASB = ("4.1 not-ASB list", "VV-010")
PERSONAL_DISPUTES = ("4.1 not-ASB list", "VV-011")
NO_ACTION = ("4.1 no-action list", "VV-013")
RISK = ("4.3", "VV-023")
STAFF = ("4.2", "VV-019")
SILENT = (None, None)
ABUSE = "Verbal abuse (such as shouting or swearing at someone)"
LIVING_NOISE = "Normal living noise such as closing doors, going up and down stairs or people talking"

Where = tuple[str | None, str | None]
Facts = dict[str, Any]

# behaviour, other facts, (route, level, team), where the deciding reason stands, whether it is our reading
ROWS: list[tuple[str, Facts, tuple[str, str | None, str], Where, bool]] = [
    # “Category A - domestic abuse, hate crime, violence, drug dealing etc”
    ("domestic_abuse", {}, ("asb", "a", A), CATEGORY_A, False),
    ("physical_violence", {}, ("asb", "a", A), CATEGORY_A, False),
    ("drug_dealing", {}, ("asb", "a", A), CATEGORY_A, False),
    ("hate_incident", {}, ("asb", "a", A), CATEGORY_A, True),
    # “Category B” - “noise nuisance, pet nuisance, etc”
    ("noise", {}, ("asb", "b", B), CATEGORY_B, False),
    ("noise", {"persistent_or_unreasonable": True}, ("asb", "b", B), CATEGORY_B, False),
    ("animal_nuisance", {}, ("asb", "b", B), CATEGORY_B, False),
    # 4.1 “examples of what we will investigate”, without a category
    ("threats_of_violence", {}, ("asb", "a", A), LISTED, True),
    ("harassment_intimidation", {}, ("asb", "a", A), LISTED, True),
    ("prostitution", {}, ("asb", "a", A), LISTED, True),
    ("verbal_abuse", {}, ("asb", "b", B), LISTED, True),
    ("verbal_abuse", {"risk_of_personal_harm": True}, ("asb", "a", A), RISK, True),
    ("verbal_abuse", {"hate_perceived": True}, ("asb", "a", A), CATEGORY_A, True),
    ("drug_use", {}, ("asb", "b", B), LISTED, True),
    ("vandalism_graffiti", {}, ("asb", "b", B), LISTED, True),
    # Not named with a category
    ("drug_production", {}, ("asb", "a", A), CATEGORY_A, True),
    ("dangerous_dog", {}, ("asb", "a", A), SILENT, True),
    ("arson", {}, ("asb", "a", A), SILENT, True),
    ("burglary", {}, ("asb", "a", A), SILENT, True),
    ("other_criminal", {}, ("asb", "a", A), SILENT, True),
    ("cuckooing", {}, ("asb", "a", A), SILENT, True),
    ("alcohol_nuisance", {}, ("asb", "b", B), SILENT, True),
    ("vehicle_nuisance", {}, ("asb", "b", B), SILENT, True),
    ("garden_nuisance", {}, ("asb", "b", B), SILENT, True),
    ("litter_fly_tipping", {}, ("asb", "b", B), SILENT, True),
    ("communal_area_misuse", {}, ("asb", "b", B), SILENT, True),
    ("youth_disorder_serious", {}, ("asb", "b", B), SILENT, True),
    ("youth_disorder_minor", {}, ("asb", "b", B), SILENT, True),
    # 4.1, the types of behaviour not treated as ASB
    ("everyday_living_noise", {}, ("not_asb", None, B), NOT_ASB, False),
    ("everyday_living_noise", {"persistent_or_unreasonable": False}, ("not_asb", None, B), NOT_ASB, False),
    ("everyday_living_noise", {"persistent_or_unreasonable": True}, ("asb", "b", B), CATEGORY_B, True),
    ("parking", {}, ("not_asb", None, B), NOT_ASB, False),
    ("parking", {"persistent_or_unreasonable": True}, ("not_asb", None, B), NOT_ASB, False),
    ("neighbour_dispute", {}, ("not_asb", None, B), PERSONAL_DISPUTES, False),
    # 4.1 “caused by reasonable everyday behaviours, such as living noise”
    ("noise", {"persistent_or_unreasonable": False}, ("not_asb", None, B), NO_ACTION, True),
]

# level: rule and last day of first contact, received Friday 20 November and Thursday 24 December 2026, clause
FIRST_CONTACT = {
    "a": ("same_working_day", "2026-11-20", "2026-12-24", "4.3 Category A"),
    "b": ("end_of_next_working_day", "2026-11-23", "2026-12-29", "4.3 Category B"),
}


@pytest.mark.parametrize(("behaviour", "facts", "result", "where", "ours"), ROWS)
def test_behaviour(
    behaviour: str, facts: Facts, result: tuple[str, str | None, str], where: Where, ours: bool
) -> None:
    assert outcome(decided(behaviour, **facts)) == (*result, *where, ours)


@pytest.mark.parametrize(("behaviour", "facts", "level"), [(row[0], row[1], row[2][1]) for row in ROWS])
def test_first_clock(behaviour: str, facts: Facts, level: str | None) -> None:
    on_friday = dated(previewed(behaviour, **facts))
    on_christmas_eve = dated(previewed(behaviour, received=CHRISTMAS_EVE, **facts))
    if level is None:
        reminder = ("triage_decision", "end_of_next_working_day")
        assert on_friday == [(*reminder, "2026-11-23 23:59:59", "reminder", None)]
        assert on_christmas_eve == [(*reminder, "2026-12-29 23:59:59", "reminder", None)]
    else:
        rule, friday, christmas_eve, clause = FIRST_CONTACT[level]
        assert on_friday == [("initial_contact", rule, f"{friday} 23:59:59", "promise", clause)]
        assert on_christmas_eve == [("initial_contact", rule, f"{christmas_eve} 23:59:59", "promise", clause)]


def test_every_behaviour_has_a_row() -> None:
    assert {row[0] for row in ROWS} == set(BEHAVIOURS)


WORDS = {
    "domestic_abuse": "Domestic abuse",
    "verbal_abuse": ABUSE,
    "vandalism_graffiti": "Criminal damage",
    "harassment_intimidation": "Harassing someone for any reason",
    "noise": "Noise nuisance",
    "animal_nuisance": "Nuisance from pets and animals",
    "prostitution": "Using a home for illegal things like prostitution",
    "neighbour_dispute": "Personal disputes such as falling out with neighbours",
    "everyday_living_noise": LIVING_NOISE,
    "parking": "Parking issues",
}


def test_the_landlords_own_words() -> None:
    behaviours = policy_of("vivid").section(TriageSection).behaviours
    assert {key: behaviours[key].words for key in WORDS} == WORDS


def test_categories_and_teams() -> None:
    assert [(level.label, level.team, level.clause_id) for level in policy_of("vivid").core.levels] == [
        ("Category A", "tenancy_enforcement", "VV-026"),
        ("Category B", "neighbourhood", "VV-029"),
    ]
    teams = policy_of("vivid").core.teams
    assert {key: (team.label, team.officer) for key, team in teams.items()} == {
        "tenancy_enforcement": ("Tenancy Enforcement team", "Tenancy Enforcement Officer"),
        "neighbourhood": ("Neighbourhood team", "Neighbourhood Officer"),
    }


def test_no_date_is_invented_for_an_undated_document() -> None:
    core = policy_of("vivid").core
    assert (core.document.dated, core.document.review_due, core.in_force_from) == (None, None, None)
    assert core.document.review_every == "1 year"


def test_no_behaviour_named() -> None:
    assert outcome(decided()) == ("asb", "b", B, None, None, True)


def test_the_most_serious_behaviour_decides() -> None:
    assert outcome(decided("parking", "noise", "drug_dealing")) == ("asb", "a", A, *CATEGORY_A, False)
    assert outcome(decided("parking", "noise")) == ("asb", "b", B, *CATEGORY_B, False)


SAME_WORKING_DAY = [
    # “on the same working day”: no cut-off, at any hour of a working day; else the next working day
    (datetime(2026, 11, 20, 0, 5, tzinfo=LONDON), "2026-11-20 23:59:59"),
    (datetime(2026, 11, 20, 16, 59, tzinfo=LONDON), "2026-11-20 23:59:59"),
    (datetime(2026, 11, 20, 23, 58, tzinfo=LONDON), "2026-11-20 23:59:59"),
    (datetime(2026, 11, 21, 10, 0, tzinfo=LONDON), "2026-11-23 23:59:59"),
    (datetime(2026, 12, 25, 10, 0, tzinfo=LONDON), "2026-12-29 23:59:59"),
    (datetime(2027, 3, 25, 10, 0, tzinfo=LONDON), "2027-03-25 23:59:59"),
]


@pytest.mark.parametrize(("received", "due"), SAME_WORKING_DAY)
def test_category_a_has_no_cut_off(received: datetime, due: str) -> None:
    found = dated(previewed("domestic_abuse", received=received))
    assert found == [("initial_contact", "same_working_day", due, "promise", "4.3 Category A")]


NEXT_WORKING_DAY = [
    (datetime(2026, 11, 21, 10, 0, tzinfo=LONDON), "2026-11-23 23:59:59"),
    (datetime(2026, 12, 25, 10, 0, tzinfo=LONDON), "2026-12-29 23:59:59"),
    (datetime(2027, 3, 25, 10, 0, tzinfo=LONDON), "2027-03-30 23:59:59"),
    (datetime(2026, 5, 1, 10, 0, tzinfo=LONDON), "2026-05-05 23:59:59"),
]


@pytest.mark.parametrize(("received", "due"), NEXT_WORKING_DAY)
def test_category_b_has_the_next_working_day(received: datetime, due: str) -> None:
    found = dated(previewed("noise", received=received))
    assert found == [("initial_contact", "end_of_next_working_day", due, "promise", "4.3 Category B")]


def test_duties_without_a_time() -> None:
    undated = previewed("noise").undated
    assert [(rule.kind, rule.due, rule.clause, rule.clause_id, rule.basis) for rule in undated] == [
        ("risk_assessment", "no_time_stated", "4.6 bullet 5", "VV-046", "promise"),
        ("action_plan", "no_time_stated", "4.6 bullet 3", "VV-044", "promise"),
        ("lead_agency", "no_time_stated", "4.7", "VV-052", "promise"),
    ]


def test_weekly_contact_unless_agreed_otherwise() -> None:
    rules = [rule for rule in _rules("b", B) if rule.kind == "contact_update"]
    assert [(rule.due, rule.start, rule.unless_agreed, rule.met_by) for rule in rules] == [
        ("every_calendar_days:7", "last_contact", True, "successful_contact")
    ]
    assert [(rule.clause, rule.clause_id, rule.basis) for rule in rules] == [
        ("4.6 bullet 2", "VV-043", "promise")
    ]
    assert [rule for rule in _rules("a", A) if rule.kind == "contact_update"] == rules


def test_an_anonymous_reporter_cannot_be_contacted() -> None:
    preview = previewed("verbal_abuse", anonymous=True)
    assert dated(preview) == []
    assert "initial_contact" in [rule.kind for rule in preview.impossible]


SENT_AWAY = ("private", "other_landlord")


@pytest.mark.parametrize("reporter", REPORTERS)
@pytest.mark.parametrize("respondent", RESPONDENTS)
def test_scope(reporter: str, respondent: str) -> None:
    """“The alleged perpetrator is not our customer or a visitor to our properties”; anyone may report."""
    found = outcome(decided("noise", reporter=reporter, respondent=respondent))
    if respondent in SENT_AWAY:
        assert found == ("out_of_scope", None, B, *NO_ACTION, False)
    else:
        assert found == ("asb", "b", B, *CATEGORY_B, False)


def test_an_unknown_respondent_is_never_sent_away() -> None:
    assert decided("noise").route == "asb"
    assert decided("noise", respondent="unknown").route == "asb"


PROTECTED: list[tuple[str, Facts, Where, bool]] = [
    ("parking", {"hate_perceived": True}, CATEGORY_A, True),
    ("parking", {"hate_strands": ("religion",)}, CATEGORY_A, True),
    ("hate_incident", {}, CATEGORY_A, True),
    ("domestic_abuse", {}, CATEGORY_A, False),
    ("parking", {"immediate_danger": True}, RISK, True),
]


@pytest.mark.parametrize(("behaviour", "facts", "where", "ours"), PROTECTED)
@pytest.mark.parametrize("respondent", [None, *SENT_AWAY])
def test_protections_stand_above_everything(
    behaviour: str, facts: Facts, where: Where, ours: bool, respondent: str | None
) -> None:
    decision = decided(behaviour, respondent=respondent, **facts)
    assert outcome(decision) == ("asb", "a", A, *where, ours)
    assert prompts(decision).count("scope_check") == (1 if respondent else 0)
    at_staff = decided(behaviour, respondent=respondent, directed_at_staff=True, **facts)
    assert prompts(at_staff).count("scope_check") == (1 if respondent else 0)


def test_a_risk_of_harm_does_not_bring_outsiders_into_scope() -> None:
    decision = decided("physical_violence", respondent="private", risk_of_personal_harm=True)
    assert outcome(decision) == ("out_of_scope", None, B, *NO_ACTION, False)


def test_staff_and_contractors_are_protected() -> None:
    dispute = decided("neighbour_dispute", directed_at_staff=True)
    assert outcome(dispute) == ("asb", "b", B, *STAFF, True)
    violence = decided("physical_violence", directed_at_staff=True)
    assert outcome(violence) == ("asb", "a", A, *CATEGORY_A, False)
    outsider = decided("verbal_abuse", directed_at_staff=True, respondent="private")
    assert outcome(outsider) == ("out_of_scope", None, B, *NO_ACTION, False)
    assert prompts(outsider) == ["scope_check", "duplicate_check"]


HARM = {"risk_of_personal_harm": True}
PERSISTENT = {"persistent_or_unreasonable": True}
NOISE = ["noise_triage", "environmental_health"]
CRIME_WITH_VICTIM = ["duplicate_check", "police_report", "support_referral"]

PROMPTS: list[tuple[tuple[str, ...], Facts, list[str]]] = [
    ((), {}, ["duplicate_check"]),
    (("noise",), {}, ["duplicate_check", *NOISE, "mediation_offer"]),
    (("everyday_living_noise",), {}, ["duplicate_check", "noise_triage", "mediation_offer"]),
    (("noise",), {"hate_perceived": True}, ["hate_policy", "duplicate_check", *NOISE]),
    (("hate_incident",), {}, ["hate_policy", *CRIME_WITH_VICTIM]),
    (
        ("domestic_abuse",),
        {},
        ["domestic_abuse_referral", "safeguarding", "duplicate_check", "support_referral"],
    ),
    (("cuckooing",), HARM, ["safeguarding", "duplicate_check", "partner_share", "support_referral"]),
    (("burglary",), {}, CRIME_WITH_VICTIM),
    (
        ("burglary",),
        {"immediate_danger": True},
        ["danger_999", "safeguarding", "duplicate_check", "support_referral"],
    ),
    (("garden_nuisance",), HARM, ["safeguarding", "duplicate_check", "partner_share"]),
    (("garden_nuisance",), {"affects_wider_community": True}, ["duplicate_check", "neighbourhood_impact"]),
    (("garden_nuisance",), PERSISTENT, ["duplicate_check", "case_review_information"]),
    (("youth_disorder_minor",), {}, ["duplicate_check", "ball_games"]),
    (("neighbour_dispute",), {}, ["duplicate_check", "mediation_offer"]),
    (("neighbour_dispute",), HARM, ["safeguarding", "duplicate_check", "partner_share"]),
    (("neighbour_dispute", "harassment_intimidation"), {}, CRIME_WITH_VICTIM),
    (("neighbour_dispute", "drug_dealing"), {}, ["safeguarding", "duplicate_check", "police_report"]),
]


@pytest.mark.parametrize(("behaviours", "facts", "advised"), PROMPTS)
def test_prompts(behaviours: tuple[str, ...], facts: Facts, advised: list[str]) -> None:
    assert prompts(decided(*behaviours, **facts)) == advised


CITED = [
    ("danger_999", "4.2", "VV-016", True),
    ("hate_policy", "Appendix A, Hate crime", "VV-063", True),
    ("domestic_abuse_referral", "Appendix A, Domestic abuse", "VV-064", True),
    ("safeguarding", "4.6", "VV-051", True),
    ("safeguarding", "4.6", "VV-051", True),
    ("safeguarding", "4.6", "VV-051", True),
    ("scope_check", "4.2", "VV-019", True),
    ("duplicate_check", None, None, True),
    ("neighbourhood_impact", "4.3", "VV-023", False),
    ("police_report", "4.2", "VV-016", False),
    ("noise_triage", "4.1 not-ASB list", "VV-010", True),
    ("environmental_health", "4.2", "VV-016", False),
    ("ball_games", "4.1", "VV-012", False),
    ("partner_share", "4.7", "VV-057", True),
    ("mediation_offer", "4.4", "VV-034", True),
    ("support_referral", "4.6 bullet 5", "VV-046", True),
    ("case_review_information", "4.5", "VV-041", True),
]


def test_prompts_say_where_they_stand() -> None:
    found = policy_of("vivid").section(TriageSection).prompts
    assert [(prompt.key, prompt.clause, prompt.clause_id, prompt.interpretation) for prompt in found] == CITED


def test_first_contact_is_owed_by_category() -> None:
    rules = [_rules(level, team)[0] for level, team in (("a", A), ("b", B))]
    assert [(rule.kind, rule.clause_id, rule.met_by) for rule in rules] == [
        ("initial_contact", "VV-027", "successful_contact"),
        ("initial_contact", "VV-030", "successful_contact"),
    ]


def test_the_start_of_every_promise_is_marked_as_our_reading() -> None:
    for behaviour in ("domestic_abuse", "noise"):
        clocks = previewed(behaviour).clocks
        assert [bool(clock.rule.start_why) for clock in clocks] == [True]


def _rules(level: str, team: str) -> list[DeadlineRule]:
    deadlines = policy_of("vivid").section(DeadlinesSection)
    return deadlines.for_case(route="asb", level=level, team=team)
