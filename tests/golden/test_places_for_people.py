"""Places for People's Anti-Social Behaviour Policy & Procedure (September 2024), line by line, as printed."""

from datetime import date, datetime
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

decided = decide_for("places-for-people")
previewed = preview_for("places-for-people")

TEM, CHM, LIVING_PLUS = "tenancy_enforcement", "community_housing", "living_plus"
BY_TEM = ("Procedure 2, ASB managed by Tenancy Enforcement Managers", "PFP-058")
BY_TEM_DRUGS = ("Procedure 2, ASB managed by Tenancy Enforcement Managers", "PFP-059")
BY_CHM = ("Procedure 2, ASB managed by Community Housing Manager", "PFP-060")
EXAMPLES = ("Procedure 2, Examples", "PFP-062")
LOW_LEVEL = ("Policy 3", "PFP-005")
PARKING = ("Policy 32 bullet 10", "PFP-049")
DANGER = ("Policy 14", "PFP-023")
HARM = ("Policy 15", "PFP-025")
STAFF = ("Policy 2", "PFP-004")
SILENT = (None, None)

PERSISTENT = {"persistent_or_unreasonable": True}
NOT_PERSISTENT = {"persistent_or_unreasonable": False}

Where = tuple[str | None, str | None]
Facts = dict[str, Any]

# behaviour, other facts, (route, level, team), where the deciding reason stands, whether it is our reading
ROWS: list[tuple[str, Facts, tuple[str, str | None, str], Where, bool]] = [
    # “ASB managed by Tenancy Enforcement Managers”
    ("verbal_abuse", {}, ("asb", "tem", TEM), BY_TEM, False),
    ("domestic_abuse", {}, ("asb", "tem", TEM), BY_TEM, False),
    ("drug_dealing", {}, ("asb", "tem", TEM), BY_TEM_DRUGS, False),
    ("arson", {}, ("asb", "tem", TEM), BY_TEM, False),
    ("burglary", {}, ("asb", "tem", TEM), BY_TEM, False),
    ("dangerous_dog", {}, ("asb", "tem", TEM), BY_TEM, False),
    ("physical_violence", {}, ("asb", "tem", TEM), BY_TEM, False),
    ("threats_of_violence", {}, ("asb", "tem", TEM), BY_TEM, False),
    ("harassment_intimidation", {}, ("asb", "tem", TEM), BY_TEM, False),
    ("hate_incident", {}, ("asb", "tem", TEM), BY_TEM, True),
    ("vandalism_graffiti", {"hate_perceived": True}, ("asb", "tem", TEM), BY_TEM, True),
    # “ASB managed by Community Housing Manager or Living Plus equivalent”
    ("drug_use", {}, ("asb", "chm", CHM), BY_CHM, False),
    ("alcohol_nuisance", {}, ("asb", "chm", CHM), BY_CHM, False),
    ("vandalism_graffiti", {}, ("asb", "chm", CHM), BY_CHM, False),
    ("noise", {}, ("asb", "chm", CHM), BY_CHM, False),
    ("noise", PERSISTENT, ("asb", "chm", CHM), BY_CHM, False),
    ("vehicle_nuisance", {}, ("asb", "chm", CHM), BY_CHM, False),
    ("communal_area_misuse", {}, ("asb", "chm", CHM), BY_CHM, False),
    ("youth_disorder_minor", {}, ("asb", "chm", CHM), BY_CHM, False),
    ("animal_nuisance", {}, ("asb", "chm", CHM), BY_CHM, False),
    # Named as examples, without a category
    ("prostitution", {}, ("asb", "tem", TEM), EXAMPLES, True),
    ("garden_nuisance", {}, ("asb", "chm", CHM), EXAMPLES, True),
    ("litter_fly_tipping", {}, ("asb", "chm", CHM), EXAMPLES, True),
    # Not named
    ("drug_production", {}, ("asb", "tem", TEM), BY_TEM_DRUGS, True),
    ("other_criminal", {}, ("asb", "tem", TEM), BY_TEM, True),
    ("youth_disorder_serious", {}, ("asb", "chm", CHM), BY_CHM, True),
    ("cuckooing", {}, ("asb", "tem", TEM), SILENT, True),
    # Policy 3 and 32: not ASB, against the procedure's lists
    ("everyday_living_noise", {}, ("not_asb", None, CHM), LOW_LEVEL, True),
    ("everyday_living_noise", NOT_PERSISTENT, ("not_asb", None, CHM), LOW_LEVEL, True),
    ("everyday_living_noise", PERSISTENT, ("asb", "chm", CHM), LOW_LEVEL, True),
    ("noise", NOT_PERSISTENT, ("not_asb", None, CHM), LOW_LEVEL, True),
    ("parking", {}, ("not_asb", None, CHM), PARKING, True),
    ("parking", NOT_PERSISTENT, ("not_asb", None, CHM), PARKING, True),
    ("parking", PERSISTENT, ("asb", "chm", CHM), BY_CHM, True),
    ("neighbour_dispute", {}, ("asb", "chm", CHM), BY_CHM, True),
    ("neighbour_dispute", PERSISTENT, ("asb", "chm", CHM), BY_CHM, True),
    ("neighbour_dispute", NOT_PERSISTENT, ("not_asb", None, CHM), LOW_LEVEL, True),
]

ASB_CLAUSES = [
    ("acknowledgement", "Policy 13"),
    ("action_plan", "6.3"),
    ("initial_contact", "6.2"),
    ("risk_assessment", "5.4"),
]
# level: rule and last day of all four, received Friday 20 November and Thursday 24 December 2026
TIMES = {
    "tem": ("within_working_days:1", "2026-11-23", "2026-12-29"),
    "chm": ("within_working_days:5", "2026-11-27", "2027-01-05"),
}

Dated = list[tuple[str, str, str, str, str | None]]


def promises(rule: str, day: str) -> Dated:
    """The acknowledgement of the policy and the three targets of the procedure, due at the same moment."""
    return [(kind, rule, f"{day} 23:59:59", "promise", clause) for kind, clause in ASB_CLAUSES]


def reminder(day: str) -> Dated:
    return [("triage_decision", "end_of_next_working_day", f"{day} 23:59:59", "reminder", None)]


@pytest.mark.parametrize(("behaviour", "facts", "result", "where", "ours"), ROWS)
def test_behaviour(
    behaviour: str, facts: Facts, result: tuple[str, str | None, str], where: Where, ours: bool
) -> None:
    assert outcome(decided(behaviour, **facts)) == (*result, *where, ours)


@pytest.mark.parametrize(("behaviour", "facts", "level"), [(row[0], row[1], row[2][1]) for row in ROWS])
def test_clocks(behaviour: str, facts: Facts, level: str | None) -> None:
    on_friday = dated(previewed(behaviour, **facts))
    on_christmas_eve = dated(previewed(behaviour, received=CHRISTMAS_EVE, **facts))
    if level is None:
        assert on_friday == reminder("2026-11-23")
        assert on_christmas_eve == reminder("2026-12-29")
    else:
        rule, friday, christmas_eve = TIMES[level]
        assert on_friday == promises(rule, friday)
        assert on_christmas_eve == promises(rule, christmas_eve)


def test_every_behaviour_has_a_row() -> None:
    assert {row[0] for row in ROWS} == set(BEHAVIOURS)


WORDS = {
    "verbal_abuse": "All abuse",
    "domestic_abuse": "Domestic Violence / Domestic Abuse",
    "drug_dealing": "Drug / Alcohol related nuisance (only if related to drug dealing)",
    "arson": "Arson",
    "burglary": "Burglary",
    "dangerous_dog": "Pets and Animal Nuisance (only if related to a dangerous dogs/illegal breeds)",
    "hate_incident": "Hate Crime including Hate related Graffiti",
    "harassment_intimidation": "Harassment",
    "drug_use": "Drug / Alcohol related nuisance (excluding drug dealing)",
    "alcohol_nuisance": "Drug / Alcohol related nuisance (excluding drug dealing)",
    "vandalism_graffiti": "Vandalism and graffiti",
    "noise": "Noise Nuisance",
    "vehicle_nuisance": "Vehicle Nuisance",
    "neighbour_dispute": "Neighbour disputes",
    "communal_area_misuse": "Misuse of communal areas",
    "youth_disorder_minor": "Groups Congregating",
    "animal_nuisance": "Pets and Animal Nuisance (excluding dangerous dogs)",
    "garden_nuisance": "Failing to maintain your garden to an acceptable standard",
    "litter_fly_tipping": "Dumping rubbish",
    "parking": "Parking issues",
}


def test_the_landlords_own_words() -> None:
    behaviours = policy_of("places-for-people").section(TriageSection).behaviours
    assert {key: behaviours[key].words for key in WORDS} == WORDS


def test_categories() -> None:
    levels = policy_of("places-for-people").core.levels
    assert [(level.key, level.label, level.team) for level in levels] == [
        ("tem", "ASB managed by Tenancy Enforcement Managers", TEM),
        ("chm", "ASB managed by Community Housing Manager or Living Plus equivalent", CHM),
    ]


def test_teams_and_titles() -> None:
    core = policy_of("places-for-people").core
    assert {key: team.officer for key, team in core.teams.items()} == {
        TEM: "Tenancy Enforcement Manager",
        CHM: "Community Housing Manager",
        LIVING_PLUS: "Living Plus Colleague",
    }
    assert {key: position.label for key, position in core.positions.items()} == {
        "am": "Area Manager (Neighbourhoods)",
        "csam": "Community Safety Area Manager",
        "lpsm": "Living Plus Service Manager",
        "hoc": "Head of Communities",
        "tem": "Tenancy Enforcement Manager",
        "chm": "Community Housing Manager",
        "lpc": "Living Plus Colleague",
        "ccc": "Customer Contact Centre",
        "hot": "Homeownership Team",
    }


def test_the_review_of_the_document_is_due() -> None:
    document = policy_of("places-for-people").core.document
    assert (document.review_due, document.clause, document.clause_id) == (
        date(2026, 10, 31),
        "Control sheet",
        "PFP-001",
    )


def test_no_behaviour_named() -> None:
    assert outcome(decided()) == ("asb", "chm", CHM, None, None, True)


def test_the_most_serious_behaviour_decides() -> None:
    decision = decided("parking", "noise", "verbal_abuse")
    assert outcome(decision) == ("asb", "tem", TEM, *BY_TEM, False)
    assert outcome(decided("parking", "noise")) == ("asb", "chm", CHM, *BY_CHM, False)


ALLOCATION: list[tuple[str, Facts, tuple[str, str | None, str]]] = [
    # 6.1 “depending on who holds management responsibility for the address”
    ("noise", {"living_plus": True}, ("asb", "chm", LIVING_PLUS)),
    ("noise", {"living_plus": False}, ("asb", "chm", CHM)),
    ("noise", {}, ("asb", "chm", CHM)),
    ("verbal_abuse", {"living_plus": True}, ("asb", "tem", TEM)),
    ("everyday_living_noise", {"living_plus": True}, ("not_asb", None, CHM)),
]


@pytest.mark.parametrize(("behaviour", "facts", "result"), ALLOCATION)
def test_living_plus_homes(behaviour: str, facts: Facts, result: tuple[str, str | None, str]) -> None:
    decision = decided(behaviour, **facts)
    assert (decision.route, decision.level, decision.team) == result


def test_living_plus_says_why_and_has_the_same_five_days() -> None:
    reason = decided("noise", living_plus=True).reasons[-1]
    assert (reason.clause, reason.clause_id, reason.interpretation) == ("6.1", "PFP-084", False)
    assert dated(previewed("noise", living_plus=True)) == promises("within_working_days:5", "2026-11-27")


# kind, due, clause, clause_id, what meets it
TEM_DUTIES = [
    ("acknowledgement", "within_working_days:1", "Policy 13", "PFP-021", "acknowledgement_delivered"),
    ("initial_contact", "within_working_days:1", "6.2", "PFP-137", "successful_contact"),
    ("initial_contact", "within_working_days:1", "6.2", "PFP-085", "successful_contact"),
    ("risk_assessment", "within_working_days:1", "5.4", "PFP-080", "risk_assessment_completed"),
    ("action_plan", "within_working_days:1", "6.3", "PFP-138", "action_plan_sent"),
    ("contact_update", "when_agreed", "Appendix 2", "PFP-130", "successful_contact"),
]
FIVE_DAY_DUTIES = [
    ("acknowledgement", "within_working_days:5", "Policy 13", "PFP-022", "acknowledgement_delivered"),
    ("initial_contact", "within_working_days:5", "6.2", "PFP-137", "successful_contact"),
    ("initial_contact", "within_working_days:5", "6.2", "PFP-085", "successful_contact"),
    ("risk_assessment", "within_working_days:5", "5.4", "PFP-079", "risk_assessment_completed"),
    ("action_plan", "within_working_days:5", "6.3", "PFP-138", "action_plan_sent"),
    ("contact_update", "when_agreed", "Appendix 2", "PFP-130", "successful_contact"),
]


@pytest.mark.parametrize(
    ("level", "team", "duties"),
    [("tem", TEM, TEM_DUTIES), ("chm", CHM, FIVE_DAY_DUTIES), ("chm", LIVING_PLUS, FIVE_DAY_DUTIES)],
)
def test_duties(level: str, team: str, duties: list[tuple[str, str, str, str, str]]) -> None:
    rules = _rules(level, team)
    promised = [rule for rule in rules if rule.basis == "promise"]
    assert [(rule.kind, rule.due, rule.clause, rule.clause_id, rule.met_by) for rule in promised] == duties
    assert [rule.kind for rule in rules if rule.basis == "reminder"] == ["contact_until_agreed"]


def test_domestic_abuse_is_referred_immediately() -> None:
    """“immediately” has no number, so it is not done until it is done, and never late."""
    preview = previewed("domestic_abuse")
    assert dated(preview) == promises("within_working_days:1", "2026-11-23")
    assert [(rule.kind, rule.due, rule.met_by, rule.clause, rule.clause_id) for rule in preview.undated] == [
        ("domestic_abuse_referral", "no_time_stated", "referral_made", "5.2", "PFP-074")
    ]
    assert previewed("verbal_abuse").undated == ()


def test_a_case_taken_over_for_legal_action_keeps_its_acknowledgement() -> None:
    """7.3: the team changes, so its targets do; the acknowledgement follows the category."""
    rules = _rules("chm", TEM)
    assert [(rule.kind, rule.due) for rule in rules] == [
        ("acknowledgement", "within_working_days:5"),
        ("initial_contact", "within_working_days:1"),
        ("initial_contact", "within_working_days:1"),
        ("risk_assessment", "within_working_days:1"),
        ("action_plan", "within_working_days:1"),
        ("contact_update", "when_agreed"),
        ("contact_until_agreed", "every_calendar_days:7"),
    ]


FIVE_WORKING_DAYS = [
    (datetime(2026, 11, 21, 10, 0, tzinfo=LONDON), "2026-11-27"),
    (datetime(2026, 12, 25, 10, 0, tzinfo=LONDON), "2027-01-05"),
    (datetime(2027, 3, 25, 10, 0, tzinfo=LONDON), "2027-04-05"),
    (datetime(2026, 5, 1, 10, 0, tzinfo=LONDON), "2026-05-11"),
    (datetime(2028, 12, 22, 10, 0, tzinfo=LONDON), "2029-01-03"),
]


@pytest.mark.parametrize(("received", "day"), FIVE_WORKING_DAYS)
def test_five_working_days(received: datetime, day: str) -> None:
    assert dated(previewed("noise", received=received)) == promises("within_working_days:5", day)


def test_an_anonymous_report_cannot_be_answered() -> None:
    preview = previewed("verbal_abuse", anonymous=True)
    assert dated(preview) == []
    assert sorted(rule.kind for rule in preview.impossible) == [kind for kind, _ in ASB_CLAUSES]


@pytest.mark.parametrize("reporter", REPORTERS)
@pytest.mark.parametrize("respondent", RESPONDENTS)
def test_nobody_is_sent_away(reporter: str, respondent: str) -> None:
    """Policy 2 takes in “other persons causing a nuisance in communities where we own properties”."""
    decision = decided("noise", reporter=reporter, respondent=respondent)
    assert outcome(decision) == ("asb", "chm", CHM, *BY_CHM, False)
    outsider = respondent in ("private", "other_landlord")
    assert prompts(decision).count("scope_check") == (1 if outsider else 0)


RAISED: list[tuple[str, Facts, str, str, Where, bool]] = [
    ("parking", {"hate_perceived": True}, "tem", TEM, BY_TEM, True),
    ("parking", {"hate_strands": ("disability",)}, "tem", TEM, BY_TEM, True),
    ("parking", {"immediate_danger": True}, "tem", TEM, DANGER, True),
    ("parking", {"risk_of_personal_harm": True}, "tem", TEM, HARM, True),
    ("noise", {"risk_of_personal_harm": True, "living_plus": True}, "tem", TEM, HARM, True),
    ("parking", {"directed_at_staff": True}, "chm", CHM, STAFF, True),
    ("parking", {"directed_at_staff": True, "living_plus": True}, "chm", LIVING_PLUS, STAFF, True),
    ("parking", {"risk_of_personal_harm": True, "respondent": "private"}, "tem", TEM, HARM, True),
]


@pytest.mark.parametrize("row", RAISED)
def test_what_raises_any_report(row: tuple[str, Facts, str, str, Where, bool]) -> None:
    behaviour, facts, level, team, where, ours = row
    assert outcome(decided(behaviour, **facts)) == ("asb", level, team, *where, ours)


def test_hate_domestic_abuse_and_danger_protect() -> None:
    raises = policy_of("places-for-people").section(TriageSection).raises
    assert {rule.key: (rule.level, rule.protects) for rule in raises} == {
        "hate": ("tem", True),
        "domestic_abuse": ("tem", True),
        "immediate_danger": ("tem", True),
        "risk_of_personal_harm": ("tem", False),
        "directed_at_staff": ("chm", False),
    }


FEARED = {"risk_of_personal_harm": True}
PROMPTS: list[tuple[tuple[str, ...], Facts, list[str]]] = [
    ((), {}, ["duplicate_check"]),
    (("noise",), {}, ["duplicate_check", "noise_triage", "mediation_offer"]),
    (("noise",), {"hate_perceived": True}, ["hate_policy", "duplicate_check", "noise_triage"]),
    (("hate_incident",), {}, ["hate_policy", "duplicate_check", "support_referral"]),
    (
        ("domestic_abuse",),
        {},
        [
            "domestic_abuse_referral",
            "domestic_abuse_policy",
            "safe_contact",
            "safeguarding",
            "duplicate_check",
            "support_referral",
        ],
    ),
    (("threats_of_violence",), {}, ["duplicate_check", "police_report", "support_referral"]),
    (("threats_of_violence", "arson"), {}, ["duplicate_check", "police_report", "support_referral"]),
    (("burglary",), {}, ["duplicate_check", "police_report", "support_referral"]),
    (("garden_nuisance",), {"immediate_danger": True}, ["danger_999", "safeguarding", "duplicate_check"]),
    (
        ("burglary",),
        {"immediate_danger": True},
        ["danger_999", "safeguarding", "duplicate_check", "support_referral"],
    ),
    (
        ("neighbour_dispute", "drug_dealing"),
        {},
        ["safeguarding", "duplicate_check", "police_report", "low_level_check"],
    ),
    (("garden_nuisance",), FEARED, ["safeguarding", "duplicate_check", "partner_share"]),
    (("cuckooing",), FEARED, ["safeguarding", "duplicate_check", "partner_share", "support_referral"]),
    (("garden_nuisance",), PERSISTENT, ["duplicate_check", "case_review_information"]),
    (("garden_nuisance",), {"anonymous": True}, ["duplicate_check", "anonymity"]),
    (("garden_nuisance",), {"respondent": "leaseholder"}, ["homeownership_team", "duplicate_check"]),
    (("garden_nuisance",), {"respondent": "private"}, ["scope_check", "duplicate_check"]),
    (("vehicle_nuisance",), {}, ["duplicate_check", "vehicle_check"]),
    (("parking",), {}, ["duplicate_check", "low_level_check", "mediation_offer"]),
    (("neighbour_dispute",), FEARED, ["safeguarding", "duplicate_check", "low_level_check", "partner_share"]),
]


@pytest.mark.parametrize(("behaviours", "facts", "advised"), PROMPTS)
def test_prompts(behaviours: tuple[str, ...], facts: Facts, advised: list[str]) -> None:
    assert prompts(decided(*behaviours, **facts)) == advised


CITED = [
    ("danger_999", "PFP-023", False),
    ("domestic_abuse_referral", "PFP-074", False),
    ("domestic_abuse_policy", "PFP-073", False),
    ("safe_contact", None, True),
    ("hate_policy", "PFP-081", True),
    ("safeguarding", "PFP-073", True),
    ("safeguarding", "PFP-073", True),
    ("safeguarding", "PFP-073", True),
    ("scope_check", "PFP-003", False),
    ("homeownership_team", "PFP-069", False),
    ("duplicate_check", "PFP-076", False),
    ("police_report", "PFP-083", False),
    ("police_report", None, True),
    ("noise_triage", "PFP-005", False),
    ("low_level_check", "PFP-047", True),
    ("vehicle_check", "PFP-060", True),
    ("anonymity", "PFP-096", False),
    ("partner_share", "PFP-126", True),
    ("mediation_offer", "PFP-034", True),
    ("support_referral", "PFP-098", True),
    ("case_review_information", "PFP-050", True),
]


def test_prompts_say_where_they_stand() -> None:
    found = policy_of("places-for-people").section(TriageSection).prompts
    assert [(prompt.key, prompt.clause_id, prompt.interpretation) for prompt in found] == CITED


def _rules(level: str, team: str) -> list[DeadlineRule]:
    deadlines = policy_of("places-for-people").section(DeadlinesSection)
    return deadlines.for_case(route="asb", level=level, team=team)
