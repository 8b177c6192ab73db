"""Derby Homes' Anti-Social Behaviour Policy of June 2024, row by row, as printed."""

from typing import Any

import pytest

from cases.schema import DeadlinesSection
from tests.golden.conftest import CHRISTMAS_EVE, dated, decide_for, outcome, policy_of, preview_for, prompts
from triage.facts import BEHAVIOURS, REPORTERS, RESPONDENTS
from triage.schema import TriageSection

decided = decide_for("derby-homes")
previewed = preview_for("derby-homes")
TEAM = "asb_team"

URGENT = ("5.10", "DH-044")
CAT_1 = ("5.16", "DH-052")
CAT_1_LIST = ("5.16 list", "DH-053")
CAT_2 = ("6.1", "DH-056")
CAT_2_DRUGS = ("6.1 list", "DH-057")
CAT_2_GARDEN = ("6.1 list", "DH-058")
SILENT = (None, None)

Where = tuple[str | None, str | None]
Row = tuple[str, dict[str, Any], str, str | None, Where, bool]

# behaviour, other facts, route, level, where the deciding reason stands, whether it is our reading
ROWS: list[Row] = [
    # 5.10 “CAT 1 URGENT e.g., race/hate crime/threats or use of violence”. The list of Category 2 has
    # the heading “6.0 Hate Crime and Hate Incidents”, but hate is not in it.
    ("hate_incident", {}, "asb", "cat-1", URGENT, False),
    ("threats_of_violence", {}, "asb", "cat-1", URGENT, False),
    # 5.16 “Category 1 response within one working day”
    ("harassment_intimidation", {}, "asb", "cat-1", CAT_1_LIST, False),
    ("domestic_abuse", {}, "asb", "cat-1", CAT_1_LIST, False),
    ("physical_violence", {}, "asb", "cat-1", CAT_1_LIST, False),
    ("noise", {"risk_of_personal_harm": True}, "asb", "cat-1", CAT_1, True),
    ("noise", {"immediate_danger": True}, "asb", "cat-1", CAT_1, False),
    # 6.1 “Category 2 response within five working days”
    ("drug_dealing", {}, "asb", "cat-2", CAT_2_DRUGS, False),
    ("drug_production", {}, "asb", "cat-2", CAT_2_DRUGS, False),
    ("drug_use", {}, "asb", "cat-2", CAT_2_DRUGS, False),
    ("drug_dealing", {"risk_of_personal_harm": True}, "asb", "cat-1", CAT_1, True),
    ("noise", {}, "asb", "cat-2", CAT_2, False),
    ("noise", {"persistent_or_unreasonable": False}, "asb", "cat-2", CAT_2, False),
    ("verbal_abuse", {}, "asb", "cat-2", CAT_2, False),
    ("vandalism_graffiti", {}, "asb", "cat-2", CAT_2, False),
    ("alcohol_nuisance", {}, "asb", "cat-2", CAT_2, False),
    ("prostitution", {}, "asb", "cat-2", CAT_2, False),
    ("other_criminal", {}, "asb", "cat-2", CAT_2, False),
    ("burglary", {}, "asb", "cat-2", CAT_2, False),
    ("communal_area_misuse", {}, "asb", "cat-2", CAT_2, False),
    ("animal_nuisance", {}, "asb", "cat-2", CAT_2, False),
    ("vehicle_nuisance", {}, "asb", "cat-2", CAT_2, False),
    ("litter_fly_tipping", {}, "asb", "cat-2", CAT_2, False),
    ("garden_nuisance", {}, "asb", "cat-2", CAT_2_GARDEN, False),
    # Not in the lists
    ("dangerous_dog", {}, "asb", "cat-2", SILENT, True),
    ("dangerous_dog", {"immediate_danger": True}, "asb", "cat-1", CAT_1, False),
    ("parking", {}, "asb", "cat-2", SILENT, True),
    ("arson", {}, "asb", "cat-1", SILENT, True),
    ("youth_disorder_serious", {}, "asb", "cat-2", SILENT, True),
    ("youth_disorder_minor", {}, "asb", "cat-2", SILENT, True),
    ("cuckooing", {}, "asb", "cat-1", SILENT, True),
    ("everyday_living_noise", {}, "good_neighbourhood", None, SILENT, True),
    ("everyday_living_noise", {"persistent_or_unreasonable": True}, "asb", "cat-2", CAT_2, True),
    ("neighbour_dispute", {}, "good_neighbourhood", None, SILENT, True),
    ("neighbour_dispute", {"clear_victim": True}, "asb", "cat-2", SILENT, True),
    ("neighbour_dispute", {"persistent_or_unreasonable": True}, "asb", "cat-2", SILENT, True),
]

WORDS = {
    "hate_incident": "race/hate crime",
    "threats_of_violence": "threats or use of violence",
    "harassment_intimidation": "Harassment / intimidation / threatening behaviour",
    "domestic_abuse": "Domestic abuse",
    "physical_violence": "Physical violence",
    "drug_dealing": "Drugs, substance misuse, drug dealing",
    "noise": "Noise",
    "verbal_abuse": "Verbal abuse",
    "vandalism_graffiti": "Vandalism and damage to property",
    "alcohol_nuisance": "Alcohol related incidents",
    "prostitution": "Prostitution, sexual acts, kerb crawling, loitering",
    "other_criminal": "Other criminal behaviour",
    "communal_area_misuse": "Misuse of shared areas and public space",
    "animal_nuisance": "Pets and animal nuisance",
    "vehicle_nuisance": "Nuisance from vehicles",
    "litter_fly_tipping": "Litter, rubbish, fly tipping",
    "garden_nuisance": "Garden nuisance (when we have received a complaint)",
}


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_behaviour(row: Row) -> None:
    behaviour, facts, route, level, where, ours = row
    assert outcome(decided(behaviour, **facts)) == (route, level, TEAM, *where, ours)


def test_every_behaviour_has_a_row() -> None:
    assert {row[0] for row in ROWS} == set(BEHAVIOURS)


def test_the_landlords_own_words() -> None:
    behaviours = policy_of("derby-homes").section(TriageSection).behaviours
    assert {key: behaviours[key].words for key in WORDS} == WORDS


@pytest.mark.parametrize(("level", "label"), [("cat-1", "Category 1"), ("cat-2", "Category 2")])
def test_level_labels(level: str, label: str) -> None:
    assert policy_of("derby-homes").level(level).label == label


def test_cases_are_dealt_with_by_an_asb_officer() -> None:
    team = policy_of("derby-homes").core.teams[TEAM]
    assert (team.officer, team.clause, team.clause_id) == ("ASB Officer", "5.10", "DH-046")


def test_no_behaviour_named() -> None:
    assert outcome(decided()) == ("asb", "cat-2", TEAM, None, None, True)


def test_the_most_serious_part_comes_first() -> None:
    assert outcome(decided("noise", "harassment_intimidation")) == ("asb", "cat-1", TEAM, *CAT_1_LIST, False)


FIRST_CONTACT = [
    # behaviour, rule, received Friday 20 November 2026, received Thursday 24 December 2026, clause
    ("domestic_abuse", "within_working_days:1", "2026-11-23", "2026-12-29", "5.16"),
    ("hate_incident", "within_working_days:1", "2026-11-23", "2026-12-29", "5.16"),
    ("drug_dealing", "within_working_days:5", "2026-11-27", "2027-01-05", "6.1"),
]


@pytest.mark.parametrize(("behaviour", "rule", "friday", "christmas_eve", "clause"), FIRST_CONTACT)
def test_first_contact(behaviour: str, rule: str, friday: str, christmas_eve: str, clause: str) -> None:
    due = ("initial_contact", rule, f"{friday} 23:59:59", "promise", clause)
    assert dated(previewed(behaviour)) == [due]
    due = ("initial_contact", rule, f"{christmas_eve} 23:59:59", "promise", clause)
    assert dated(previewed(behaviour, received=CHRISTMAS_EVE)) == [due]


def test_the_response_names_the_main_contact() -> None:
    rules = [clock.rule for key in ("domestic_abuse", "noise") for clock in previewed(key).clocks]
    assert [rule.met_by for rule in rules] == ["contact_naming_main_contact"] * 2


def test_duties_without_a_time() -> None:
    undated = previewed("noise").undated
    assert [(rule.kind, rule.due, rule.clause_id, rule.basis) for rule in undated] == [
        ("risk_assessment", "no_time_stated", "DH-015", "promise"),
        ("action_plan", "no_time_stated", "DH-083", "promise"),
        ("case_review_information", "no_time_stated", "DH-039", "promise"),
    ]


def test_contact_is_as_often_as_agreed() -> None:
    rules = policy_of("derby-homes").section(DeadlinesSection).deadlines
    found = [
        (rule.due, rule.start, rule.clause_id, rule.basis) for rule in rules if rule.kind == "contact_update"
    ]
    assert found == [("when_agreed", "last_contact", "DH-087", "promise")]


def test_good_neighbourhood_has_only_a_reminder() -> None:
    preview = previewed("neighbour_dispute")
    assert dated(preview) == [
        ("initial_contact", "within_working_days:5", "2026-11-27 23:59:59", "reminder", None)
    ]
    assert preview.undated == ()


def test_a_proposal_has_only_its_own_reminder() -> None:
    preview = previewed("noise", reporter="non_customer", respondent="private")
    assert dated(preview) == [
        ("triage_decision", "end_of_next_working_day", "2026-11-23 23:59:59", "reminder", None)
    ]
    assert preview.undated == ()


def test_an_anonymous_reporter_cannot_be_contacted() -> None:
    preview = previewed("verbal_abuse", anonymous=True)
    assert preview.clocks == ()
    assert "initial_contact" in [rule.kind for rule in preview.impossible]


IN_SCOPE = ("asb", "cat-2")
OUT = ("out_of_scope", None)
NOT_TENANTS = ("shared_owner", "leaseholder", "private", "other_landlord")


@pytest.mark.parametrize("reporter", REPORTERS)
@pytest.mark.parametrize("respondent", RESPONDENTS)
def test_scope(reporter: str, respondent: str) -> None:
    """5.4: tenants and leaseholders always, other residents where a Derby Homes tenant causes it."""
    decision = decided("noise", reporter=reporter, respondent=respondent)
    sent_away = reporter == "non_customer" and respondent in NOT_TENANTS
    assert (decision.route, decision.level) == (OUT if sent_away else IN_SCOPE)


SCOPE = [
    ("tenant", "private", IN_SCOPE),
    ("leaseholder", "private", IN_SCOPE),
    ("non_customer", "tenant", IN_SCOPE),
    ("non_customer", "household", IN_SCOPE),
    ("non_customer", "visitor", IN_SCOPE),
    ("non_customer", "unknown", IN_SCOPE),
    ("non_customer", "private", OUT),
    ("non_customer", "other_landlord", OUT),
    ("non_customer", "leaseholder", OUT),
    ("agency", "private", IN_SCOPE),
    ("unknown", "private", IN_SCOPE),
]


@pytest.mark.parametrize(("reporter", "respondent", "expected"), SCOPE)
def test_scope_table(reporter: str, respondent: str, expected: tuple[str, str | None]) -> None:
    decision = decided("noise", reporter=reporter, respondent=respondent)
    assert (decision.route, decision.level) == expected


def test_out_of_scope_cites_the_policy_statement() -> None:
    decision = decided("noise", reporter="non_customer", respondent="private")
    assert outcome(decision) == ("out_of_scope", None, TEAM, "5.4", "DH-034", False)


def test_staff_are_protected() -> None:
    outsiders: dict[str, Any] = {
        "reporter": "non_customer",
        "respondent": "private",
        "directed_at_staff": True,
    }
    assert outcome(decided("verbal_abuse", **outsiders)) == ("asb", "cat-2", TEAM, *CAT_2, False)
    staff = ("14.0", "DH-101")
    assert outcome(decided("neighbour_dispute", directed_at_staff=True)) == (
        "asb",
        "cat-2",
        TEAM,
        *staff,
        True,
    )


PROTECTED = [
    ("parking", {"hate_perceived": True}, URGENT),
    ("parking", {"hate_strands": ("age",)}, URGENT),
    ("domestic_abuse", {}, CAT_1_LIST),
    ("parking", {"immediate_danger": True}, CAT_1),
]


@pytest.mark.parametrize(("behaviour", "facts", "where"), PROTECTED)
def test_protections_stand_above_everything(behaviour: str, facts: dict[str, Any], where: Where) -> None:
    expected = ("asb", "cat-1", TEAM, *where, False)
    assert outcome(decided(behaviour, **facts)) == expected
    outside = decided(behaviour, reporter="non_customer", respondent="private", **facts)
    assert outcome(outside) == expected
    assert prompts(outside).count("scope_check") == 1


HATE = ["hate_policy", "hate_perception", "hate_signposting"]
ABUSE = ["domestic_abuse_referral", "safe_contact"]
REVIEW = "case_review_information"

PROMPTS: list[tuple[tuple[str, ...], dict[str, Any], list[str]]] = [
    (("verbal_abuse",), {}, ["safeguarding", REVIEW]),
    ((), {}, ["safeguarding", REVIEW]),
    (("hate_incident",), {}, [*HATE, "safeguarding", "police_report", REVIEW]),
    (("domestic_abuse",), {}, [*ABUSE, "safeguarding", REVIEW]),
    (("vandalism_graffiti",), {}, ["safeguarding", "police_report", REVIEW]),
    (("drug_dealing",), {}, ["safeguarding", "police_report", REVIEW]),
    (("other_criminal",), {}, ["safeguarding", "police_report", REVIEW]),
    (("cuckooing",), {}, ["safeguarding", "police_report", REVIEW]),
    (("noise",), {}, ["safeguarding", "noise_triage", REVIEW]),
    (("verbal_abuse",), {"immediate_danger": True}, ["danger_999", "safeguarding", REVIEW]),
    (("verbal_abuse",), {"risk_of_personal_harm": True}, ["safeguarding", "partner_share", REVIEW]),
    (("verbal_abuse",), {"clear_victim": True}, ["safeguarding", "support_referral", REVIEW]),
    (("neighbour_dispute",), {}, ["safeguarding", "mediation_offer", REVIEW]),
    (("neighbour_dispute",), {"hate_perceived": True}, [*HATE, "safeguarding", REVIEW]),
    (("neighbour_dispute", "harassment_intimidation"), {}, ["safeguarding", REVIEW]),
    (("neighbour_dispute", "arson"), {}, ["safeguarding", "police_report", REVIEW]),
    (("garden_nuisance",), {}, ["safeguarding", REVIEW, "garden_support"]),
    (("verbal_abuse",), {"anonymous": True}, ["safeguarding", "anonymous_report"]),
    (("verbal_abuse",), {"respondent": "private"}, ["safeguarding", "scope_check", REVIEW]),
    (("verbal_abuse",), {"respondent": "leaseholder"}, ["safeguarding", REVIEW]),
]


@pytest.mark.parametrize(("behaviours", "facts", "advised"), PROMPTS)
def test_prompts(behaviours: tuple[str, ...], facts: dict[str, Any], advised: list[str]) -> None:
    assert prompts(decided(*behaviours, **facts)) == [*advised, "duplicate_check"]


CITED = {
    "hate_policy": ("6.0", False),
    "domestic_abuse_referral": ("5.16 list", False),
    "safeguarding": ("5.3", False),
    "scope_check": ("11.2", False),
    "hate_perception": (None, True),
    "hate_signposting": ("9.20", True),
    "safe_contact": (None, True),
    "police_report": ("9.15", False),
    "partner_share": ("3.5", True),
    "mediation_offer": ("6.4 list", False),
    "support_referral": ("3.6", False),
    "case_review_information": ("5.7 para 2", False),
    "garden_support": ("6.1 list", False),
    "anonymous_report": ("9.23 para 2", False),
    "danger_999": (None, True),
    "noise_triage": (None, True),
    "duplicate_check": (None, True),
}


def test_prompts_say_where_they_stand() -> None:
    found = {
        p.key: (p.clause, p.interpretation) for p in policy_of("derby-homes").section(TriageSection).prompts
    }
    assert found == CITED
