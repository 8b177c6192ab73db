"""The decisions each policy wants on record, as its document asks for them."""

import pytest

from cases.schema import Asked, RecordRule, RecordsSection
from tests.golden.conftest import policy_of

# key, the clause that asks for it
ASKED: dict[str, list[tuple[str, str]]] = {
    "plus-dane": [
        ("asb_definition", "PD-014"),
        ("housing_function", "PD-016"),
        ("impact", "PD-004"),
        ("acting_on_an_outsider", "PD-017"),
        ("lead_agency", "PD-018"),
        ("course_of_action", "PD-146"),
        ("noise_handling", "PD-028"),
        ("who_perceives_hate", "PD-025"),
        ("domestic_abuse_policy", "PD-022"),
        ("self_resolution", "PD-056"),
        ("justification_exercise", "PD-066"),
        ("director_review", "PD-125"),
        ("reporter_view", "PD-049"),
        ("wider_pattern", "PD-063"),
        ("perpetrator_needs", "PD-064"),
        ("told_which_policy", "PD-092"),
        ("enforcement", "PD-096"),
        ("malicious_report", "PD-034"),
        ("witness_outcome", "PD-071"),
        ("starter_tenancy", "PD-082"),
        ("subject_access", "PD-111"),
        ("confidentiality_explained", "PD-113"),
        ("progress_review", "PD-120"),
        ("vexatious_framework", "PD-124"),
        ("manager_review", "PD-129"),
        ("peer_review", "PD-136"),
        ("lessons", "PD-138"),
        ("local_authority", "PD-142"),
        ("responsible_customer", "PD-051"),
        ("safeguarding", "PD-076"),
        ("no_plan", "PD-042"),
        ("witness_support", "PD-070"),
        ("surveillance_considered", "PD-085"),
        ("complaint", "PD-140"),
        ("retention", "PD-109"),
    ],
    "derby-homes": [
        ("asb_definition", "DH-006"),
        ("effect", "DH-048"),
        ("acting_on_an_outsider", "DH-097"),
        ("area", "DH-071"),
        ("garden_owner", "DH-121"),
        ("hate_policy", "DH-055"),
        ("hate_signposting", "DH-091"),
        ("actions_explained", "DH-022"),
        ("perpetrator_support", "DH-004"),
        ("support_offered", "DH-042"),
        ("sources_asked", "DH-060"),
        ("publicity", "DH-072"),
        ("costs", "DH-086"),
        ("audit", "DH-113"),
        ("feedback", "DH-117"),
        ("safeguarding", "DH-059"),
        ("young_person", "DH-096"),
        ("multi_agency_response", "DH-078"),
        ("witness_support", "DH-074"),
    ],
    "believe": [
        ("asb_definition", "BH-007"),
        ("housing_related", "BH-008"),
        ("acting_on_an_outsider", "BH-009"),
        ("liaison_officer", "BH-021"),
        ("who_perceives_hate", "BH-015"),
        ("hate_incident_or_crime", "BH-016"),
        ("domestic_abuse_policy", "BH-012"),
        ("vandalism_or_crime", "BH-050"),
        ("effect_and_risk", "BH-122"),
        ("advice_from_outset", "BH-065"),
        ("safeguarding", "BH-045"),
        ("support_network", "BH-035"),
        ("safety_measures", "BH-053"),
        ("vulnerable_perpetrator", "BH-022"),
        ("parents_or_guardians", "BH-057"),
        ("injunction_considered", "BH-079"),
        ("self_resolution", "BH-019"),
        ("withholding_explained", "BH-038"),
        ("agreed_to_be_revealed", "BH-039"),
        ("witness_support", "BH-005"),
        ("court_procedures", "BH-054"),
        ("court_day", "BH-055"),
        ("community_remedy", "BH-103"),
    ],
    "places-for-people": [
        ("asb_definition", "PFP-046"),
        ("in_england", "PFP-002"),
        ("interferes", "PFP-003"),
        ("managing_agent", "PFP-041"),
        ("lead_agency", "PFP-040"),
        ("parking_or_dispute", "PFP-049"),
        ("who_perceives_hate", "PFP-057"),
        ("hate_policy", "PFP-081"),
        ("proportionality_assessment", "PFP-071"),
        ("perpetrator_support", "PFP-029"),
        ("behaviour_after_support", "PFP-030"),
        ("plan_involvement", "PFP-032"),
        ("manager_review", "PFP-038"),
        ("advocacy", "PFP-042"),
        ("case_conference_considered", "PFP-055"),
        ("investigation", "PFP-092"),
        ("proportionality_review", "PFP-110"),
        ("support_needs", "PFP-133"),
        ("action_discussed", "PFP-125"),
        ("safeguarding", "PFP-073"),
        ("adjustments", "PFP-097"),
        ("witness_support", "PFP-026"),
        ("local_authority", "PFP-051"),
    ],
    "vivid": [
        ("link_to_our_homes", "VV-002"),
        ("risk_and_impact", "VV-023"),
        ("tenancy_definition", "VV-062"),
        ("lead_agency", "VV-052"),
        ("hate_incident_or_crime", "VV-063"),
        ("domestic_abuse_definition", "VV-064"),
        ("equality_review", "VV-038"),
        ("type_without_category", "VV-009"),
        ("people_contacted", "VV-032"),
        ("malicious_complaint", "VV-014"),
        ("witness_offers", "VV-049"),
        ("perpetrator_support", "VV-050"),
        ("agencies_told", "VV-053"),
        ("manager_review", "VV-058"),
        ("safeguarding", "VV-051"),
        ("support_and_vulnerabilities", "VV-046"),
        ("witness_support", "VV-007"),
    ],
}

# A case of the lowest level about verbal abuse by one of the landlord's tenants, unless the row says otherwise
LOWEST = {
    "plus-dane": "level-3",
    "derby-homes": "cat-2",
    "believe": "5-day",
    "places-for-people": "chm",
    "vivid": "b",
}
ALWAYS = {
    "plus-dane": [
        "asb_definition",
        "housing_function",
        "impact",
        "course_of_action",
        "self_resolution",
        "justification_exercise",
        "director_review",
        "reporter_view",
        "wider_pattern",
        "perpetrator_needs",
        "told_which_policy",
        "malicious_report",
        "witness_outcome",
        "starter_tenancy",
        "subject_access",
        "confidentiality_explained",
        "progress_review",
        "vexatious_framework",
        "manager_review",
        "peer_review",
        "lessons",
        "local_authority",
        "responsible_customer",
        "safeguarding",
        "no_plan",
        "witness_support",
        "surveillance_considered",
        "complaint",
        "retention",
    ],
    "derby-homes": [
        "asb_definition",
        "effect",
        "area",
        "actions_explained",
        "perpetrator_support",
        "support_offered",
        "sources_asked",
        "publicity",
        "costs",
        "audit",
        "feedback",
        "safeguarding",
        "young_person",
        "witness_support",
    ],
    "believe": [
        "asb_definition",
        "housing_related",
        "liaison_officer",
        "effect_and_risk",
        "advice_from_outset",
        "safeguarding",
        "support_network",
        "safety_measures",
        "vulnerable_perpetrator",
        "parents_or_guardians",
        "self_resolution",
        "withholding_explained",
        "agreed_to_be_revealed",
        "witness_support",
        "court_procedures",
        "court_day",
        "community_remedy",
    ],
    "places-for-people": [
        "asb_definition",
        "in_england",
        "interferes",
        "managing_agent",
        "lead_agency",
        "proportionality_assessment",
        "perpetrator_support",
        "behaviour_after_support",
        "plan_involvement",
        "manager_review",
        "advocacy",
        "case_conference_considered",
        "investigation",
        "proportionality_review",
        "support_needs",
        "action_discussed",
        "safeguarding",
        "adjustments",
        "witness_support",
        "local_authority",
    ],
    "vivid": [
        "link_to_our_homes",
        "risk_and_impact",
        "tenancy_definition",
        "lead_agency",
        "equality_review",
        "people_contacted",
        "malicious_complaint",
        "witness_offers",
        "perpetrator_support",
        "agencies_told",
        "manager_review",
        "safeguarding",
        "support_and_vulnerabilities",
        "witness_support",
    ],
}
Different = dict[str, object]
OUTSIDER: Different = {"respondents": frozenset({"private"})}
HATE: Different = {"hate": True}
ABUSE: Different = {"domestic_abuse": True}

# landlord, what is different about the case, which decisions it asks for beside those it always asks for
SOMETIMES: list[tuple[str, Different, list[str]]] = [
    ("plus-dane", OUTSIDER, ["acting_on_an_outsider", "lead_agency"]),
    ("plus-dane", {"behaviours": frozenset({"noise"})}, ["noise_handling"]),
    ("plus-dane", HATE, ["who_perceives_hate"]),
    ("plus-dane", ABUSE, ["domestic_abuse_policy"]),
    ("derby-homes", OUTSIDER, ["acting_on_an_outsider"]),
    ("derby-homes", {"behaviours": frozenset({"garden_nuisance"})}, ["garden_owner"]),
    ("derby-homes", {"behaviours": frozenset({"litter_fly_tipping"})}, ["multi_agency_response"]),
    ("derby-homes", HATE, ["hate_policy", "hate_signposting"]),
    ("believe", OUTSIDER, ["acting_on_an_outsider"]),
    ("believe", HATE, ["who_perceives_hate", "hate_incident_or_crime"]),
    ("believe", ABUSE, ["domestic_abuse_policy"]),
    ("believe", {"behaviours": frozenset({"vandalism_graffiti"})}, ["vandalism_or_crime"]),
    ("believe", {"behaviours": frozenset({"threats_of_violence"})}, ["injunction_considered"]),
    ("places-for-people", {"behaviours": frozenset({"parking"})}, ["parking_or_dispute"]),
    ("places-for-people", HATE, ["who_perceives_hate", "hate_policy"]),
    ("vivid", {"behaviours": frozenset({"prostitution"})}, ["type_without_category"]),
    ("vivid", HATE, ["hate_incident_or_crime"]),
    ("vivid", ABUSE, ["domestic_abuse_definition"]),
]

LIMBS = {
    "plus-dane": (
        "Housing-related nuisance or annoyance",
        "Illegal or immoral use of a home or asset",
        "A criminal offence in the locality",
        "A conviction at the scene of a riot",
    ),
    "derby-homes": ("Personal", "Nuisance", "Environmental"),
    "believe": (
        "In relation to a person’s occupation of a home",
        "Housing-related nuisance or annoyance to any person",
    ),
    "places-for-people": (
        "Harassment, alarm or distress",
        "Nuisance in relation to a person’s home",
        "Housing-related nuisance or annoyance",
    ),
}


def rules(landlord: str) -> tuple[RecordRule, ...]:
    return policy_of(landlord).section(RecordsSection).records


def asked(landlord: str, **different: object) -> list[str]:
    behaviour = (
        "noise" if landlord == "vivid" else "verbal_abuse"
    )  # VIVID lists verbal abuse without a category
    usual = {
        "route": "asb",
        "level": LOWEST[landlord],
        "behaviours": frozenset({behaviour}),
        "respondents": frozenset({"tenant"}),
        "hate": False,
        "domestic_abuse": False,
    }
    case = Asked(**{**usual, **different})  # type: ignore[arg-type]
    return [rule.key for rule in rules(landlord) if rule.asked_on(case)]


@pytest.mark.parametrize("landlord", ASKED)
def test_what_each_policy_asks(landlord: str) -> None:
    assert [(rule.key, rule.clause_id) for rule in rules(landlord)] == ASKED[landlord]
    assert [rule.key for rule in rules(landlord) if rule.interpretation] == []


@pytest.mark.parametrize("landlord", ALWAYS)
def test_what_every_case_of_the_lowest_level_asks(landlord: str) -> None:
    assert asked(landlord) == ALWAYS[landlord]


@pytest.mark.parametrize(("landlord", "different", "more"), SOMETIMES)
def test_some_decisions_are_asked_only_where_they_matter(
    landlord: str, different: Different, more: list[str]
) -> None:
    found = asked(landlord, **different)
    assert [key for key in found if key not in ALWAYS[landlord]] == more
    assert [key for key in found if key not in more] == ALWAYS[landlord]


def test_only_the_lowest_level_may_be_left_to_the_reporter() -> None:
    higher = ["self_resolution" in asked("plus-dane", level=level) for level in ("level-1", "level-2")]
    assert higher == [False, False]


def test_strong_enforcement_is_asked_about_at_level_1_only() -> None:
    levels = ["enforcement" in asked("plus-dane", level=f"level-{number}") for number in (1, 2, 3)]
    assert levels == [True, False, False]


def test_good_neighbourhood_asks_whether_the_customer_was_told_that_it_is() -> None:
    assert asked("plus-dane", route="good_neighbourhood", level="") == ["told_which_policy"]


WHEN_NEEDED_OF = {
    "plus-dane": {"director_review": "director_of_communities", "manager_review": "operational_manager"},
    "vivid": {"manager_review": "manager"},
    "derby-homes": {"audit": "asb_manager"},
    "places-for-people": {"proportionality_assessment": "tem"},
}


@pytest.mark.parametrize("landlord", WHEN_NEEDED_OF)
def test_what_is_kept_for_a_position_is_asked_when_needed(landlord: str) -> None:
    kept = {rule.key: rule.position for rule in rules(landlord) if rule.position and rule.when_needed}
    assert kept == WHEN_NEEDED_OF[landlord]


WAITS_FOR_NOBODY = {
    "plus-dane": ["No concern", "A concern, and we acted on it as given below"],
    "derby-homes": ["No", "Yes: the Safeguarding policy and procedure was followed"],
    "believe": [
        "No",
        "Yes: shared with the statutory agencies",
        "Yes: not shared, for the reason given below",
    ],
    "places-for-people": ["No", "Yes: the Safeguarding Policy was followed"],
    "vivid": ["No concern", "A concern, reported using the Safeguarding procedure"],
}


@pytest.mark.parametrize("landlord", WAITS_FOR_NOBODY)
def test_a_safeguarding_concern_stays_open_until_something_was_done(landlord: str) -> None:
    """Asked from the first day; no answer says that it is still to be done, so the question stays until it was."""
    (rule,) = (rule for rule in rules(landlord) if rule.key == "safeguarding")
    assert (list(rule.answers), rule.when_needed, rule.routes) == (
        WAITS_FOR_NOBODY[landlord],
        False,
        ("asb",),
    )


@pytest.mark.parametrize("landlord", LIMBS)
def test_the_limbs_of_a_definition_are_offered(landlord: str) -> None:
    (definition,) = (rule for rule in rules(landlord) if rule.key == "asb_definition")
    assert definition.answers == LIMBS[landlord]
