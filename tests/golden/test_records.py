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
        ("director_review", "PD-125"),
    ],
    "derby-homes": [
        ("asb_definition", "DH-006"),
        ("effect", "DH-048"),
        ("acting_on_an_outsider", "DH-097"),
        ("area", "DH-071"),
        ("garden_owner", "DH-121"),
        ("hate_policy", "DH-055"),
        ("hate_signposting", "DH-091"),
    ],
    "believe": [
        ("asb_definition", "BH-007"),
        ("housing_related", "BH-008"),
        ("acting_on_an_outsider", "BH-009"),
        ("who_perceives_hate", "BH-015"),
        ("hate_incident_or_crime", "BH-016"),
        ("domestic_abuse_policy", "BH-012"),
        ("vandalism_or_crime", "BH-050"),
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
        ("deviation", "PFP-052"),
        ("proportionality_assessment", "PFP-071"),
        ("proportionality_approval", "PFP-066"),
    ],
    "vivid": [
        ("link_to_our_homes", "VV-002"),
        ("risk_and_impact", "VV-023"),
        ("tenancy_definition", "VV-062"),
        ("lead_agency", "VV-052"),
        ("hate_incident_or_crime", "VV-063"),
        ("domestic_abuse_definition", "VV-064"),
        ("type_without_category", "VV-009"),
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
        "director_review",
    ],
    "derby-homes": ["asb_definition", "effect", "area"],
    "believe": ["asb_definition", "housing_related"],
    "places-for-people": [
        "asb_definition",
        "in_england",
        "interferes",
        "managing_agent",
        "lead_agency",
        "deviation",
        "proportionality_assessment",
        "proportionality_approval",
    ],
    "vivid": ["link_to_our_homes", "risk_and_impact", "tenancy_definition", "lead_agency"],
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
    ("derby-homes", HATE, ["hate_policy", "hate_signposting"]),
    ("believe", OUTSIDER, ["acting_on_an_outsider"]),
    ("believe", HATE, ["who_perceives_hate", "hate_incident_or_crime"]),
    ("believe", ABUSE, ["domestic_abuse_policy"]),
    ("believe", {"behaviours": frozenset({"vandalism_graffiti"})}, ["vandalism_or_crime"]),
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


@pytest.mark.parametrize("landlord", LIMBS)
def test_the_limbs_of_a_definition_are_offered(landlord: str) -> None:
    (definition,) = (rule for rule in rules(landlord) if rule.key == "asb_definition")
    assert definition.answers == LIMBS[landlord]
