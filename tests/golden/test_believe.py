"""believe housing's Anti-Social Behaviour Policy of January 2020, row by row, as printed."""

from itertools import product
from typing import Any

import pytest

from cases.schema import DeadlinesSection
from tests.golden.conftest import CHRISTMAS_EVE, dated, decide_for, outcome, policy_of, preview_for, prompts
from triage.facts import BEHAVIOURS, REPORTERS, RESPONDENTS
from triage.schema import TriageSection

decided = decide_for("believe")
previewed = preview_for("believe")
TEAM = "safer_neighbourhoods"

ONE_DAY = ("8.1 row 1", "BH-046")
DOGS = ("8.1 row 1", "BH-047")
FIVE_DAY = ("8.1 row 2", "BH-048")
MINOR_YOUTH = ("8.1 row 2", "BH-049")
VANDALISM = ("8.1 row 2", "BH-050")
PARKING = ("2.9", "BH-013")
HOUSEHOLD_NOISE = ("8.2", "BH-051")
BETWEEN_THEMSELVES = ("3.7 bullet 2", "BH-019")
PRIVATE = ("2.5", "BH-010")
HARM = ("5.2 bullet 2", "BH-020")
SILENT = (None, None)

Where = tuple[str | None, str | None]
Row = tuple[str, dict[str, Any], str, str | None, Where, bool]

# behaviour, other facts, route, level, where the deciding reason stands, whether it is our reading
ROWS: list[Row] = [
    # “1 day priority”: initial contact with complainant “within 1 working day”
    ("hate_incident", {}, "asb", "1-day", ONE_DAY, True),  # the row says hate crime
    ("domestic_abuse", {}, "asb", "1-day", ONE_DAY, False),
    ("threats_of_violence", {}, "asb", "1-day", ONE_DAY, False),
    ("harassment_intimidation", {}, "asb", "1-day", ONE_DAY, False),
    ("verbal_abuse", {}, "asb", "1-day", ONE_DAY, False),
    ("other_criminal", {}, "asb", "1-day", ONE_DAY, False),
    ("arson", {}, "asb", "1-day", ONE_DAY, False),
    ("burglary", {}, "asb", "1-day", ONE_DAY, False),
    ("drug_dealing", {}, "asb", "1-day", ONE_DAY, False),
    ("drug_production", {}, "asb", "1-day", ONE_DAY, False),
    ("drug_use", {}, "asb", "1-day", ONE_DAY, False),
    ("alcohol_nuisance", {}, "asb", "1-day", ONE_DAY, False),
    ("dangerous_dog", {}, "asb", "1-day", DOGS, False),
    ("noise", {}, "asb", "1-day", ONE_DAY, False),
    ("noise", {"persistent_or_unreasonable": False}, "asb", "1-day", ONE_DAY, False),
    ("youth_disorder_serious", {}, "asb", "1-day", ONE_DAY, False),
    # “5 day priority”: initial contact with complainant “within 5 working days”
    ("vehicle_nuisance", {}, "asb", "5-day", FIVE_DAY, False),
    ("youth_disorder_minor", {}, "asb", "5-day", MINOR_YOUTH, False),
    ("animal_nuisance", {}, "asb", "5-day", FIVE_DAY, False),
    ("litter_fly_tipping", {}, "asb", "5-day", FIVE_DAY, False),
    ("garden_nuisance", {}, "asb", "5-day", FIVE_DAY, False),
    ("communal_area_misuse", {}, "asb", "5-day", FIVE_DAY, False),
    ("vandalism_graffiti", {}, "asb", "5-day", VANDALISM, False),
    # 2.9 “Vehicle nuisance such as car repairs, or inconsiderate parking”
    ("parking", {}, "asb", "5-day", PARKING, False),
    # 8.2 “every day, household noise”
    ("everyday_living_noise", {}, "not_asb", None, HOUSEHOLD_NOISE, False),
    ("everyday_living_noise", {"persistent_or_unreasonable": True}, "asb", "1-day", ONE_DAY, True),
    # Not in the table
    ("physical_violence", {}, "asb", "1-day", ONE_DAY, True),
    ("prostitution", {}, "asb", "1-day", ONE_DAY, True),
    ("vandalism_graffiti", {"clear_victim": True}, "asb", "1-day", ONE_DAY, True),
    ("neighbour_dispute", {}, "good_neighbourhood", None, BETWEEN_THEMSELVES, True),
    ("neighbour_dispute", {"clear_victim": True}, "asb", "5-day", SILENT, True),
    ("neighbour_dispute", {"persistent_or_unreasonable": True}, "asb", "5-day", SILENT, True),
    ("cuckooing", {}, "asb", "1-day", SILENT, True),
    ("garden_nuisance", {"risk_of_personal_harm": True}, "asb", "1-day", HARM, True),
    ("garden_nuisance", {"immediate_danger": True}, "asb", "1-day", SILENT, True),
]

WORDS = {
    "domestic_abuse": "Domestic abuse",
    "threats_of_violence": "Threats of violence",
    "harassment_intimidation": "Intimidation/harassment",
    "verbal_abuse": "Verbal abuse",
    "other_criminal": "Criminal behaviour",
    "drug_use": "Drugs/alcohol",
    "alcohol_nuisance": "Drugs/alcohol",
    "dangerous_dog": "Dangerous dogs",
    "noise": "Noise",
    "youth_disorder_serious": "Serious youth disorder",
    "vehicle_nuisance": "Vehicle nuisance",
    "youth_disorder_minor": "Minor youth disorder",
    "animal_nuisance": "Animal nuisance",
    "litter_fly_tipping": "Litter/fly tipping",
    "garden_nuisance": "Garden nuisance",
    "communal_area_misuse": "Misuse of communal areas",
    "vandalism_graffiti": "Vandalism",
    "parking": "inconsiderate parking",
    "everyday_living_noise": "every day, household noise",
}


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_behaviour(row: Row) -> None:
    behaviour, facts, route, level, where, ours = row
    assert outcome(decided(behaviour, **facts)) == (route, level, TEAM, *where, ours)


def test_every_behaviour_has_a_row() -> None:
    assert {row[0] for row in ROWS} == set(BEHAVIOURS)


def test_the_landlords_own_words() -> None:
    behaviours = policy_of("believe").section(TriageSection).behaviours
    assert {key: behaviours[key].words for key in WORDS} == WORDS


@pytest.mark.parametrize(("level", "label"), [("1-day", "1 day priority"), ("5-day", "5 day priority")])
def test_level_labels(level: str, label: str) -> None:
    assert policy_of("believe").level(level).label == label


def test_no_behaviour_named() -> None:
    assert outcome(decided()) == ("asb", "5-day", TEAM, None, None, True)


def test_the_highest_priority_decides() -> None:
    assert outcome(decided("vandalism_graffiti", "other_criminal")) == ("asb", "1-day", TEAM, *ONE_DAY, False)


FIRST_CONTACT = [
    # behaviour, rule, received Friday 20 November 2026, received Thursday 24 December 2026, clause
    ("noise", "within_working_days:1", "2026-11-23", "2026-12-29", "8.1 row 1"),
    ("vandalism_graffiti", "within_working_days:5", "2026-11-27", "2027-01-05", "8.1 row 2"),
]


@pytest.mark.parametrize(("behaviour", "rule", "friday", "christmas_eve", "clause"), FIRST_CONTACT)
def test_first_contact(behaviour: str, rule: str, friday: str, christmas_eve: str, clause: str) -> None:
    due = ("initial_contact", rule, f"{friday} 23:59:59", "promise", clause)
    assert dated(previewed(behaviour)) == [due]
    due = ("initial_contact", rule, f"{christmas_eve} 23:59:59", "promise", clause)
    assert dated(previewed(behaviour, received=CHRISTMAS_EVE)) == [due]


def test_first_contact_is_met_by_reaching_the_complainant() -> None:
    rules = [clock.rule for key in ("noise", "parking") for clock in previewed(key).clocks]
    assert [rule.met_by for rule in rules] == ["successful_contact"] * 2


def test_duties_without_a_time() -> None:
    undated = previewed("noise").undated
    assert [(rule.kind, rule.due, rule.clause_id, rule.basis) for rule in undated] == [
        ("risk_assessment", "no_time_stated", "BH-034", "promise"),
        ("action_plan", "no_time_stated", "BH-032", "promise"),
    ]


def test_contact_is_as_often_as_agreed() -> None:
    rules = policy_of("believe").section(DeadlinesSection).deadlines
    found = [
        (rule.due, rule.start, rule.clause_id, rule.basis) for rule in rules if rule.kind == "contact_update"
    ]
    assert found == [("when_agreed", "last_contact", "BH-033", "promise")]


def test_good_neighbourhood_has_only_a_reminder() -> None:
    preview = previewed("neighbour_dispute")
    assert dated(preview) == [
        ("initial_contact", "within_working_days:5", "2026-11-27 23:59:59", "reminder", None)
    ]
    assert preview.undated == ()


@pytest.mark.parametrize(
    ("behaviour", "facts"), [("noise", {"respondent": "private"}), ("everyday_living_noise", {})]
)
def test_a_proposal_has_only_its_own_reminder(behaviour: str, facts: dict[str, Any]) -> None:
    preview = previewed(behaviour, **facts)
    assert dated(preview) == [
        ("triage_decision", "end_of_next_working_day", "2026-11-23 23:59:59", "reminder", None)
    ]
    assert preview.undated == ()


def test_an_anonymous_reporter_cannot_be_contacted() -> None:
    preview = previewed("verbal_abuse", anonymous=True)
    assert preview.clocks == ()
    assert "initial_contact" in [rule.kind for rule in preview.impossible]


@pytest.mark.parametrize("reporter", REPORTERS)
@pytest.mark.parametrize("respondent", RESPONDENTS)
def test_scope(reporter: str, respondent: str) -> None:
    """2.5: only people living in private properties are referred to the council, whoever reports."""
    decision = decided("verbal_abuse", reporter=reporter, respondent=respondent)
    expected = ("refer", None) if respondent == "private" else ("asb", "1-day")
    assert (decision.route, decision.level) == expected


def test_a_private_home_is_referred_to_the_council() -> None:
    decision = decided("noise", respondent="private")
    assert outcome(decision) == ("refer", None, TEAM, *PRIVATE, True)
    assert "Durham County Council" in decision.reasons[0].text


SERIOUS = [
    (("physical_violence",), {}, ONE_DAY, True),
    (("threats_of_violence",), {}, ONE_DAY, False),
    (("domestic_abuse",), {}, ONE_DAY, False),
    (("cuckooing",), {}, SILENT, True),
    (("parking",), {"hate_perceived": True}, ONE_DAY, True),
    (("parking",), {"immediate_danger": True}, SILENT, True),
    (("parking",), {"risk_of_personal_harm": True}, HARM, True),
]


@pytest.mark.parametrize(("behaviours", "facts", "where", "ours"), SERIOUS)
def test_serious_cases_in_private_homes_are_taken_on(
    behaviours: tuple[str, ...], facts: dict[str, Any], where: Where, ours: bool
) -> None:
    decision = decided(*behaviours, respondent="private", **facts)
    assert outcome(decision) == ("asb", "1-day", TEAM, *where, ours)
    assert prompts(decision).count("scope_check") == 1


OUTSIDERS = ("private", "other_landlord")


@pytest.mark.parametrize("respondent", RESPONDENTS)
@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_an_outsider_is_checked_exactly_once(behaviour: str, respondent: str) -> None:
    """Hate, domestic abuse and danger overrule 2.5, which then asks in the place of 2.4."""
    urgent = ("hate_perceived", "immediate_danger", "risk_of_personal_harm")
    for values in product((True, None), repeat=len(urgent)):
        facts = dict(zip(urgent, values, strict=True))
        asked = prompts(decided(behaviour, respondent=respondent, **facts)).count("scope_check")
        assert asked == (1 if respondent in OUTSIDERS else 0)


@pytest.mark.parametrize(("respondent", "clause"), [("private", "2.5"), ("other_landlord", "2.4")])
def test_hate_by_an_outsider_is_checked_against(respondent: str, clause: str) -> None:
    found = decided("parking", respondent=respondent, hate_perceived=True).prompts
    assert [prompt.clause for prompt in found if prompt.key == "scope_check"] == [clause]


PROMPTS = [
    (("noise",), {}, ["noise_triage"]),
    (("noise",), {"respondent": "other_landlord"}, ["scope_check", "noise_triage"]),
    (("noise",), {"respondent": "unknown"}, ["noise_triage"]),
    (("hate_incident",), {}, ["hate_policy"]),
    (("domestic_abuse",), {}, ["domestic_abuse_referral", "safe_contact", "safeguarding"]),
    (("cuckooing",), {}, ["safeguarding", "police_report"]),
    (("burglary",), {}, ["police_report"]),
    (("parking",), {"immediate_danger": True}, ["danger_999", "safeguarding"]),
    (
        ("parking",),
        {"risk_of_personal_harm": True},
        ["safeguarding", "liaison_officer", "support_referral"],
    ),
    (("parking",), {"persistent_or_unreasonable": True}, ["case_review_information"]),
    (("parking",), {"anonymous": True}, ["anonymous_report"]),
    (("neighbour_dispute",), {}, ["mediation_offer"]),
    (
        ("neighbour_dispute", "domestic_abuse"),
        {},
        ["domestic_abuse_referral", "safe_contact", "safeguarding"],
    ),
    (("neighbour_dispute", "harassment_intimidation"), {}, []),
    (("neighbour_dispute", "burglary"), {}, ["police_report"]),
    (("burglary",), {"immediate_danger": True}, ["danger_999", "safeguarding"]),
    (("cuckooing",), {"immediate_danger": True}, ["danger_999", "safeguarding"]),
    ((), {}, []),
]


@pytest.mark.parametrize(("behaviours", "facts", "advised"), PROMPTS)
def test_prompts(behaviours: tuple[str, ...], facts: dict[str, Any], advised: list[str]) -> None:
    assert prompts(decided(*behaviours, **facts)) == [*advised, "duplicate_check"]


CITED = {
    "domestic_abuse_referral": ("2.7", False),
    "safe_contact": (None, True),
    "scope_check": ("2.4", False),
    "noise_triage": ("8.2", False),
    "liaison_officer": ("5.2 bullet 3", False),
    "support_referral": ("9.2", False),
    "mediation_offer": ("12.11", True),
    "anonymous_report": ("6.7", False),
    "hate_policy": ("2.12", True),
    "safeguarding": ("7.7", True),
    "case_review_information": ("13.11 limb 1", True),
    "danger_999": (None, True),
    "police_report": (None, True),
    "duplicate_check": (None, True),
}


def test_prompts_say_where_they_stand() -> None:
    found = {p.key: (p.clause, p.interpretation) for p in policy_of("believe").section(TriageSection).prompts}
    assert found == CITED


def test_the_review_of_the_policy_is_overdue() -> None:
    document = policy_of("believe").core.document
    assert (document.dated, document.review_every, str(document.review_due)) == (
        "January 2020",
        "2 years",
        "2022-01-31",
    )
