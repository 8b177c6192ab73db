"""Plus Dane's Anti-Social Behaviour Policy NEI-POL-04-03, row by row, as printed."""

from typing import Any

import pytest

from cases.schema import DeadlinesSection
from tests.golden.conftest import CHRISTMAS_EVE, dated, decide_for, outcome, policy_of, preview_for, prompts
from triage.facts import BEHAVIOURS, REPORTERS, RESPONDENTS
from triage.schema import TriageSection

decided = decide_for("plus-dane")
previewed = preview_for("plus-dane")
TEAM = "tenancy_enforcement"

L1 = ("Reporting ASB, response table, Level 1", "PD-037")
L2 = ("Reporting ASB, response table, Level 2", "PD-038")
L3 = ("Reporting ASB, response table, Level 3", "PD-039")
HATE = ("4.4 Hate Crime", "PD-024")
NOISE = ("6 Noise, para 2", "PD-028")
GOOD_NEIGHBOUR = ("15.1 Informal action, last para", "PD-093")
CRIME = ("16.5 Other Crime", "PD-103")
DISPUTE = ("Neighbour Disputes (unnumbered; contents s7)", "PD-045")
DISPUTE_EXCEPTION = ("Neighbour Disputes (unnumbered; contents s7)", "PD-046")
SILENT = (None, None)

Where = tuple[str | None, str | None]
Row = tuple[str, dict[str, Any], str, str | None, Where, bool]

# behaviour, other facts, route, level, where the deciding reason stands, whether it is our reading
ROWS: list[Row] = [
    # “Level 1 High Risk”: Risk of personal harm; Threats of or actual violence; Domestic Abuse; Hate Crime
    ("hate_incident", {}, "asb", "level-1", HATE, False),
    ("domestic_abuse", {}, "asb", "level-1", L1, False),
    ("physical_violence", {}, "asb", "level-1", L1, False),
    ("threats_of_violence", {}, "asb", "level-1", L1, False),
    ("noise", {"risk_of_personal_harm": True}, "asb", "level-1", L1, False),
    # “Level 2 Medium Risk”: Drug production; Verbal abuse; Alcohol nuisance; Allegations of prostitution
    ("drug_production", {}, "asb", "level-2", L2, False),
    ("verbal_abuse", {}, "asb", "level-2", L2, False),
    ("alcohol_nuisance", {}, "asb", "level-2", L2, False),
    ("prostitution", {}, "asb", "level-2", L2, False),
    # “Level 3 Low Risk”: Unreasonable noise; Animal nuisance; Vehicle nuisance; Garden nuisance
    ("noise", {}, "asb", "level-3", L3, False),
    ("noise", {"persistent_or_unreasonable": True}, "asb", "level-3", L3, False),
    ("animal_nuisance", {}, "asb", "level-3", L3, False),
    ("vehicle_nuisance", {}, "asb", "level-3", L3, False),
    ("garden_nuisance", {}, "asb", "level-3", L3, False),
    # Not in the table
    ("harassment_intimidation", {}, "asb", "level-2", SILENT, True),
    ("harassment_intimidation", {"risk_of_personal_harm": True}, "asb", "level-1", L1, False),
    ("drug_dealing", {}, "asb", "level-2", SILENT, True),
    ("drug_dealing", {"risk_of_personal_harm": True}, "asb", "level-1", L1, False),
    ("drug_use", {}, "asb", "level-2", SILENT, True),
    ("dangerous_dog", {}, "asb", "level-1", SILENT, True),
    ("vandalism_graffiti", {}, "asb", "level-2", SILENT, True),
    ("communal_area_misuse", {}, "asb", "level-3", SILENT, True),
    ("arson", {}, "asb", "level-1", SILENT, True),
    ("arson", {"risk_of_personal_harm": False}, "asb", "level-2", SILENT, True),
    ("burglary", {}, "asb", "level-2", CRIME, True),
    ("burglary", {"risk_of_personal_harm": True}, "asb", "level-1", L1, False),
    ("other_criminal", {}, "asb", "level-2", CRIME, True),
    ("youth_disorder_serious", {}, "asb", "level-3", SILENT, True),
    ("youth_disorder_minor", {}, "asb", "level-3", SILENT, True),
    ("cuckooing", {}, "asb", "level-1", SILENT, True),
    # Good neighbourhood management: “fly-tipping, inconsiderate parking, noise”
    ("noise", {"persistent_or_unreasonable": False}, "good_neighbourhood", None, NOISE, True),
    ("everyday_living_noise", {}, "good_neighbourhood", None, NOISE, True),
    ("everyday_living_noise", {"persistent_or_unreasonable": True}, "asb", "level-3", L3, True),
    ("parking", {}, "good_neighbourhood", None, GOOD_NEIGHBOUR, True),
    ("litter_fly_tipping", {}, "good_neighbourhood", None, GOOD_NEIGHBOUR, True),
    ("litter_fly_tipping", {"persistent_or_unreasonable": True}, "asb", "level-3", SILENT, True),
    # Neighbour disputes: “unlikely to categorise this as ASB”, with two exceptions
    ("neighbour_dispute", {}, "not_asb", None, DISPUTE, False),
    (
        "neighbour_dispute",
        {"clear_victim": False, "affects_wider_community": False},
        "not_asb",
        None,
        DISPUTE,
        False,
    ),
    ("neighbour_dispute", {"clear_victim": True}, "asb", "level-3", DISPUTE_EXCEPTION, True),
    ("neighbour_dispute", {"affects_wider_community": True}, "asb", "level-3", DISPUTE_EXCEPTION, True),
]

WORDS = {
    "domestic_abuse": "Domestic Abuse",
    "drug_production": "Drug production",
    "verbal_abuse": "Verbal abuse",
    "alcohol_nuisance": "Alcohol related nuisance",
    "prostitution": "Allegations of prostitution",
    "noise": "Unreasonable noise",
    "animal_nuisance": "Animal nuisance",
    "vehicle_nuisance": "Vehicle nuisance",
    "garden_nuisance": "Garden nuisance",
    "parking": "inconsiderate parking",
    "litter_fly_tipping": "fly-tipping",
}


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_behaviour(row: Row) -> None:
    behaviour, facts, route, level, where, ours = row
    assert outcome(decided(behaviour, **facts)) == (route, level, TEAM, *where, ours)


def test_every_behaviour_has_a_row() -> None:
    assert {row[0] for row in ROWS} == set(BEHAVIOURS)


def test_the_landlords_own_words() -> None:
    behaviours = policy_of("plus-dane").section(TriageSection).behaviours
    assert {key: behaviours[key].words for key in WORDS} == WORDS


@pytest.mark.parametrize(
    ("level", "label"),
    [("level-1", "Level 1 High Risk"), ("level-2", "Level 2 Medium Risk"), ("level-3", "Level 3 Low Risk")],
)
def test_level_labels(level: str, label: str) -> None:
    assert policy_of("plus-dane").level(level).label == label


def test_no_date_is_invented_for_an_undated_document() -> None:
    document = policy_of("plus-dane").core.document
    assert (document.dated, document.review_due, document.review_every) == (None, None, "3 years")


def test_no_behaviour_named() -> None:
    assert outcome(decided()) == ("asb", "level-3", TEAM, None, None, True)


def test_the_most_serious_behaviour_decides() -> None:
    assert outcome(decided("noise", "verbal_abuse", "parking")) == ("asb", "level-2", TEAM, *L2, False)


FIRST_CONTACT = [
    # behaviour, rule, received Friday 20 November 2026, received Thursday 24 December 2026, clause
    ("domestic_abuse", "within_working_days:1", "2026-11-23", "2026-12-29", L1[0]),
    ("verbal_abuse", "within_working_days:3", "2026-11-25", "2026-12-31", L2[0]),
    ("noise", "within_working_days:5", "2026-11-27", "2027-01-05", L3[0]),
]


@pytest.mark.parametrize(("behaviour", "rule", "friday", "christmas_eve", "clause"), FIRST_CONTACT)
def test_first_contact(behaviour: str, rule: str, friday: str, christmas_eve: str, clause: str) -> None:
    due = ("initial_contact", rule, f"{friday} 23:59:59", "promise", clause)
    assert dated(previewed(behaviour)) == [due]
    due = ("initial_contact", rule, f"{christmas_eve} 23:59:59", "promise", clause)
    assert dated(previewed(behaviour, received=CHRISTMAS_EVE)) == [due]


def test_missed_first_contact_must_be_explained() -> None:
    for behaviour in ("domestic_abuse", "verbal_abuse", "noise"):
        rules = [clock.rule for clock in previewed(behaviour).clocks]
        assert [(rule.met_by, rule.explanation_required) for rule in rules] == [("successful_contact", True)]


def test_duties_without_a_time() -> None:
    undated = previewed("noise").undated
    assert [(rule.kind, rule.due, rule.clause_id, rule.basis) for rule in undated] == [
        ("risk_assessment", "no_time_stated", "PD-059", "promise"),
        ("action_plan", "no_time_stated", "PD-042", "promise"),
    ]


def test_contact_is_as_often_as_agreed() -> None:
    rules = policy_of("plus-dane").section(DeadlinesSection).deadlines
    found = [
        (rule.due, rule.start, rule.clause_id, rule.basis) for rule in rules if rule.kind == "contact_update"
    ]
    assert found == [("when_agreed", "last_contact", "PD-044", "promise")]


def test_good_neighbourhood_has_only_a_reminder() -> None:
    preview = previewed("parking")
    assert dated(preview) == [
        ("initial_contact", "within_working_days:5", "2026-11-27 23:59:59", "reminder", None)
    ]
    assert preview.undated == ()


def test_a_proposal_has_only_its_own_reminder() -> None:
    preview = previewed("neighbour_dispute")
    assert dated(preview) == [
        ("triage_decision", "end_of_next_working_day", "2026-11-23 23:59:59", "reminder", None)
    ]
    assert preview.undated == ()


def test_an_anonymous_reporter_cannot_be_contacted() -> None:
    preview = previewed("verbal_abuse", anonymous=True)
    assert preview.clocks == ()
    assert "initial_contact" in [rule.kind for rule in preview.impossible]


IN_SCOPE = ("asb", "level-2")
OUT = ("out_of_scope", None)
OWNERS = ("shared_owner", "leaseholder")
NOT_TENANTS = ("shared_owner", "leaseholder", "private", "other_landlord")


@pytest.mark.parametrize("reporter", REPORTERS)
@pytest.mark.parametrize("respondent", RESPONDENTS)
def test_eligibility(reporter: str, respondent: str) -> None:
    """Only owners complaining about somebody known not to be a Plus Dane tenant stand outside the policy."""
    decision = decided("verbal_abuse", reporter=reporter, respondent=respondent)
    sent_away = reporter in OWNERS and respondent in NOT_TENANTS
    assert (decision.route, decision.level) == (OUT if sent_away else IN_SCOPE)


ELIGIBILITY = [
    ("tenant", "tenant", IN_SCOPE, []),
    ("tenant", "leaseholder", IN_SCOPE, []),
    ("tenant", "private", IN_SCOPE, ["scope_check"]),
    ("tenant", "other_landlord", IN_SCOPE, ["scope_check"]),
    ("tenant", "unknown", IN_SCOPE, []),
    ("shared_owner", "tenant", IN_SCOPE, []),
    ("shared_owner", "household", IN_SCOPE, []),
    ("shared_owner", "visitor", IN_SCOPE, []),
    ("shared_owner", "unknown", IN_SCOPE, []),
    ("shared_owner", "leaseholder", OUT, []),
    ("shared_owner", "private", OUT, []),
    ("leaseholder", "tenant", IN_SCOPE, []),
    ("leaseholder", "shared_owner", OUT, []),
    ("leaseholder", "other_landlord", OUT, []),
    ("non_customer", "tenant", IN_SCOPE, []),
]


@pytest.mark.parametrize(("reporter", "respondent", "expected", "advised"), ELIGIBILITY)
def test_eligibility_table(
    reporter: str, respondent: str, expected: tuple[str, str | None], advised: list[str]
) -> None:
    decision = decided("verbal_abuse", reporter=reporter, respondent=respondent)
    assert (decision.route, decision.level) == expected
    assert prompts(decision) == [*advised, "duplicate_check"]


def test_out_of_scope_cites_the_policy_statement() -> None:
    decision = decided("verbal_abuse", reporter="leaseholder", respondent="private")
    assert outcome(decision) == ("out_of_scope", None, TEAM, "1 Policy Statement, para 2", "PD-001", False)


def test_staff_are_protected_wherever_it_happens() -> None:
    outsiders: dict[str, Any] = {
        "reporter": "leaseholder",
        "respondent": "private",
        "directed_at_staff": True,
    }
    assert outcome(decided("verbal_abuse", **outsiders)) == ("asb", "level-2", TEAM, *L2, False)
    staff = ("5.1 Definition of ASB, para 5", "PD-019")
    assert outcome(decided("neighbour_dispute", directed_at_staff=True)) == (
        "asb",
        "level-3",
        TEAM,
        *staff,
        True,
    )


PROTECTED = [
    ("parking", {"hate_perceived": True}, HATE, False),
    ("parking", {"hate_strands": ("disability",)}, HATE, False),
    ("domestic_abuse", {}, L1, False),
    ("parking", {"immediate_danger": True}, L1, True),
]


@pytest.mark.parametrize(("behaviour", "facts", "where", "ours"), PROTECTED)
def test_protections_stand_above_everything(
    behaviour: str, facts: dict[str, Any], where: Where, ours: bool
) -> None:
    expected = ("asb", "level-1", TEAM, *where, ours)
    assert outcome(decided(behaviour, **facts)) == expected
    outside = decided(behaviour, reporter="leaseholder", respondent="private", **facts)
    assert outcome(outside) == expected
    assert prompts(outside).count("scope_check") == 1


def test_personal_harm_does_not_bring_owners_into_scope() -> None:
    decision = decided("noise", reporter="leaseholder", respondent="private", risk_of_personal_harm=True)
    assert (decision.route, decision.level) == OUT


PROMPTS = [
    (("noise",), {}, ["noise_triage"]),
    (("everyday_living_noise",), {}, ["noise_triage"]),
    (("noise",), {"persistent_or_unreasonable": True}, ["noise_triage", "case_review_information"]),
    (("hate_incident",), {}, ["hate_policy", "hate_perception"]),
    (("noise",), {"hate_perceived": True}, ["hate_policy", "hate_perception", "noise_triage"]),
    (("domestic_abuse",), {}, ["domestic_abuse_referral", "safe_contact", "safeguarding"]),
    (("cuckooing",), {}, ["safeguarding", "police_report"]),
    (("burglary",), {}, ["police_report"]),
    (("neighbour_dispute",), {}, ["mediation_offer"]),
    (("neighbour_dispute",), {"hate_perceived": True}, ["hate_policy", "hate_perception"]),
    (
        ("neighbour_dispute", "domestic_abuse"),
        {},
        ["domestic_abuse_referral", "safe_contact", "safeguarding"],
    ),
    (("neighbour_dispute", "harassment_intimidation"), {}, []),
    (("cuckooing",), {"immediate_danger": True}, ["danger_999", "safeguarding", "police_report"]),
    (("garden_nuisance",), {"immediate_danger": True}, ["danger_999", "safeguarding"]),
    (("garden_nuisance",), {"risk_of_personal_harm": True}, ["safeguarding", "support_referral"]),
    (("garden_nuisance",), {"anonymous": True}, ["anonymous_report"]),
    ((), {}, []),
]


@pytest.mark.parametrize(("behaviours", "facts", "advised"), PROMPTS)
def test_prompts(behaviours: tuple[str, ...], facts: dict[str, Any], advised: list[str]) -> None:
    assert prompts(decided(*behaviours, **facts)) == [*advised, "duplicate_check"]


CITED = {
    "hate_policy": ("4.4 Hate Crime", False),
    "hate_perception": ("4.4 Hate Crime", True),
    "safe_contact": (None, True),
    "domestic_abuse_referral": ("4.3 Domestic Abuse", False),
    "scope_check": ("5.1 Definition of ASB, para 4", False),
    "noise_triage": ("6 Noise, para 2", False),
    "mediation_offer": ("Neighbour Disputes (unnumbered; contents s7)", True),
    "support_referral": ("2 Policy Aims, bullet 6", False),
    "anonymous_report": ("4.2 Other definitions", False),
    "safeguarding": ("Safeguarding (unnumbered; contents s11)", True),
    "police_report": ("16.5 Other Crime", True),
    "case_review_information": ("24 ASB Case Review", True),
    "danger_999": (None, True),
    "duplicate_check": (None, True),
}


def test_prompts_say_where_they_stand() -> None:
    found = {
        p.key: (p.clause, p.interpretation) for p in policy_of("plus-dane").section(TriageSection).prompts
    }
    assert found == CITED
