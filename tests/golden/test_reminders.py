"""What only reminds, tool by tool: needs that the documents leave open, so that none of them ever refuses."""

import pytest

from actionplans.tools.schema import ToolsSection
from cases.gates.schema import ClosingSection, Requirement
from tests.golden.conftest import policy_of

Reminders = list[tuple[str, str]]
"""What is asked, and the clause it stands beside, empty where the document says nothing."""

EVERY_LEGAL_STEP: dict[str, Reminders] = {
    "plus-dane": [
        ("police", "PD-103"),
        ("informal_action", "PD-089"),
        ("agreement", "PD-150"),
        ("recordings", "PD-086"),
    ],
    "derby-homes": [],
    "believe": [],
    "places-for-people": [],
    "vivid": [],
}
TOOLS: dict[str, dict[str, Reminders]] = {
    "plus-dane": {
        "interview": [("safe_to_alert", "PD-022")],
        "verbal_warning": [("safe_to_alert", "PD-022")],
        "written_warning": [("safe_to_alert", "PD-022"), ("tenancy_clauses", "PD-052")],
        "mediation": [("each_answer", "PD-047"), ("all_willing", ""), ("power_imbalance", "")],
        "aba": [("safe_to_alert", "PD-022")],
        "absolute_ground": [("right_of_appeal", "PD-101")],
        "section_21": [("agreement", "PD-100")],
        "partner_power": [("lead", "PD-102")],
    },
    "derby-homes": {
        "written_warning": [("proportionate", "DH-093"), ("safe_to_alert", "")],
        "mediation": [("each_answer", ""), ("all_willing", ""), ("power_imbalance", "")],
        "abc": [("proportionate", "DH-093"), ("safe_to_alert", ""), ("diversion", "DH-096")],
        "target_hardening": [("measure", "DH-050")],
        "cpn": [("tool_used", "DH-099")],
        "suspend_right_to_buy": [("tenancy", "DH-067")],
        "extend_introductory": [("tenancy", "DH-067")],
        "demotion": [("tenancy", "DH-067")],
    },
    "believe": {
        "verbal_warning": [("safe_to_alert", "")],
        "written_warning": [("safe_to_alert", ""), ("consequences", "BH-068")],
        "mediation": [
            ("each_answer", "BH-123"),
            ("admission", "BH-072"),
            ("no_imbalance", "BH-076"),
            ("facilitator", "BH-073"),
        ],
        "restorative_justice": [
            ("each_answer", "BH-123"),
            ("admission", "BH-072"),
            ("no_imbalance", "BH-076"),
            ("facilitator", "BH-073"),
        ],
        "abc": [("safe_to_alert", ""), ("discussed", "BH-077")],
        "noise_equipment": [("equipment", "BH-062")],
        "target_hardening": [("measure", "BH-053")],
        "injunction": [("terms", "BH-080"), ("expires", "")],
        "notice_seeking_possession": [("expires", "BH-081")],
        "demotion": [("ends", "BH-082")],
        "possession": [("kind", "BH-085"), ("conditions", "BH-125")],
        "absolute_ground": [("court_record", "BH-087")],
        "forfeiture": [("leaseholder", "BH-011")],
        "suspend_right_to_buy": [("period", "BH-091")],
        "cpn": [("detrimental", "BH-092"), ("continuing", "BH-092"), ("unreasonable", "BH-092")],
        "closure": [("which", "BH-094"), ("runs", "BH-094")],
    },
    "places-for-people": {
        "written_warning": [("safe_to_alert", "")],
        "mediation": [
            ("each_answer", ""),
            ("appropriate", "PFP-034"),
            ("all_willing", ""),
            ("power_imbalance", ""),
        ],
        "restorative_justice": [
            ("appropriate", "PFP-034"),
            ("each_answer", ""),
            ("all_willing", ""),
            ("power_imbalance", ""),
            ("provider", "PFP-140"),
        ],
        "aba": [("safe_to_alert", "")],
    },
    "vivid": {
        "written_warning": [("proportionate", "VV-006"), ("evidence", "VV-006"), ("safe_to_alert", "")],
        "interview": [("safe_to_alert", "")],
        "aba": [("proportionate", "VV-006"), ("evidence", "VV-006"), ("safe_to_alert", "")],
        "good_neighbour_agreement": [
            ("proportionate", "VV-006"),
            ("evidence", "VV-006"),
            ("safe_to_alert", ""),
        ],
        "mediation": [
            ("appropriate", "VV-034"),
            ("each_answer", ""),
            ("shared", "VV-056"),
            ("provider", "VV-034"),
            ("all_willing", ""),
            ("power_imbalance", ""),
        ],
        "section_21": [("tenancy", "VV-036")],
        "forfeiture": [("leaseholder", "VV-037")],
    },
}
EVERY_CLOSING: dict[str, Reminders] = {
    "plus-dane": [("perpetrator_needs", "PD-064"), ("safeguarding", "PD-076")],
    "derby-homes": [("safeguarding", "DH-059")],
    "believe": [("safeguarding", "BH-045"), ("respondent_feedback", "BH-027")],
    "places-for-people": [
        ("safeguarding", "PFP-073"),
        ("plan_agreed", "PFP-111"),
        ("final_assessment", "PFP-112"),
    ],
    "vivid": [("told_of_closing", ""), ("safeguarding", "VV-051"), ("support_and_vulnerabilities", "VV-046")],
}


def reminders(needs: tuple[Requirement, ...]) -> Reminders:
    return [(one.of or one.need, one.clause_id or "") for one in needs if not one.refuses]


@pytest.mark.parametrize("landlord", TOOLS)
def test_what_only_reminds_before_a_tool_is_used(landlord: str) -> None:
    tools = policy_of(landlord).section(ToolsSection).tools
    found = {tool.key: reminders(tool.needs) for tool in tools.each}
    assert {key: asked for key, asked in found.items() if asked} == TOOLS[landlord]
    assert reminders(tools.legal.needs) == EVERY_LEGAL_STEP[landlord]


@pytest.mark.parametrize("landlord", EVERY_CLOSING)
def test_what_only_reminds_before_a_case_is_closed(landlord: str) -> None:
    assert reminders(policy_of(landlord).section(ClosingSection).closing.needs) == EVERY_CLOSING[landlord]


@pytest.mark.parametrize("landlord", TOOLS)
def test_every_tool_that_meets_the_other_side_asks_how_the_person_harmed_is_safe(landlord: str) -> None:
    """In domestic abuse only, in our own name, and never in the way of what has to be done at once."""
    tools = policy_of(landlord).section(ToolsSection).tools.each
    asked = [(tool.key, one) for tool in tools for one in tool.needs if one.of == "safe_to_alert"]
    assert [key for key, one in asked if one.refuses or one.when.domestic_abuse is not True] == []
    assert "written_warning" in [key for key, _one in asked]
