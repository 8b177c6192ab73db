"""Gates that stand only in some circumstances: a young person, a name revealed, a dispute, a category."""

from collections.abc import Callable

import pytest

from actionplans.tools.schema import Details
from actionplans.tools.services import use_tool
from cases.models import Case
from cases.services.approving import approve, give_notice
from cases.services.deciding import record_decision
from landlords.permissions import Refused
from tests.actionplans.tools.golden import GOLDEN
from tests.actionplans.tools.test_golden_gates import READY, missing, right
from tests.factories.desk import Desk, OpenDesk, later
from tests.factories.world import NOON
from timeline.clock import clock_at

YOUNG = {"under_18": True}
PD_ASKED = {"informal_action": "Two interviews", "agreement": "Another tenancy"}


@pytest.mark.parametrize(
    ("landlord", "tool", "answers", "clauses"),
    [
        ("believe", "abc", YOUNG, ["BH-057"]),
        ("believe", "abc", {**YOUNG, "guardian": "Her mother came"}, []),
        ("believe", "verbal_warning", YOUNG, ["BH-057"]),
        ("believe", "written_warning", YOUNG, ["BH-057"]),
        ("believe", "injunction", YOUNG, ["BH-057"]),
        ("believe", "injunction", {"reveals_identity": True}, ["BH-039"]),
        ("believe", "injunction", {"reveals_identity": True, "agreed_to_be_named": False}, ["BH-039"]),
        ("believe", "injunction", {"reveals_identity": True, "agreed_to_be_named": True}, []),
        (
            "believe",
            "absolute_ground",
            {"condition": "The property was closed under a Closure Order"},
            ["BH-088"],
        ),
        (
            "believe",
            "absolute_ground",
            {"condition": "The property was closed under a Closure Order", "closed_over_48_hours": True},
            [],
        ),
        ("plus-dane", "verbal_warning", YOUNG, ["PD-079", "PD-080"]),
        ("plus-dane", "written_warning", {**YOUNG, "ten_or_over": True}, ["PD-080"]),
        ("plus-dane", "aba", {**YOUNG, "ten_or_over": False, "guardian": "His father"}, ["PD-079"]),
        ("plus-dane", "injunction", {**YOUNG, "ten_or_over": True, "guardian": "His father"}, []),
        ("places-for-people", "home_visit", {"high_risk": True}, ["PFP-090"]),
        ("places-for-people", "home_visit", {"high_risk": True, "manager": "We meet at the office"}, []),
        ("plus-dane", "injunction", {"protected_characteristic": True}, ["PD-067"]),
        ("plus-dane", "injunction", {"protected_characteristic": True, "equality_act": "Looked at"}, []),
    ],
)
def test_an_answer_brings_another_question(
    open_desk: OpenDesk, landlord: str, tool: str, answers: Details, clauses: list[str]
) -> None:
    desk = open_desk(landlord)
    READY[landlord](desk)
    assert missing(desk, tool, right(GOLDEN[landlord][tool]) | answers) == clauses


def test_a_dispute_goes_to_court_only_for_its_effect_on_others(open_desk: OpenDesk) -> None:
    """Plus Dane, Neighbour Disputes."""
    desk = open_desk("plus-dane", "neighbour_dispute", affects_wider_community=True)
    READY["plus-dane"](desk)
    details = right(GOLDEN["plus-dane"]["injunction"])
    assert missing(desk, "injunction", details) == ["PD-048"]
    assert missing(desk, "injunction", {**details, "effect_on_others": "The whole landing"}) == []


@pytest.mark.parametrize(
    ("landlord", "tool", "answer", "reminded"),
    [
        ("vivid", "forfeiture", {}, ["VV-037"]),
        ("vivid", "forfeiture", {"leaseholder": False}, ["VV-037"]),
        ("vivid", "forfeiture", {"leaseholder": True}, []),
        ("plus-dane", "injunction", {}, ["PD-089", "PD-150"]),
        ("plus-dane", "injunction", PD_ASKED, []),
        ("plus-dane", "absolute_ground", PD_ASKED, ["PD-101"]),
        ("plus-dane", "section_21", {**PD_ASKED, "agreement": "Lease"}, ["PD-100"]),
        ("plus-dane", "section_21", {**PD_ASKED, "agreement": "Starter tenancy"}, []),
        ("vivid", "section_21", {"tenancy": "Another"}, ["VV-036"]),
        ("vivid", "section_21", {"tenancy": "Assured shorthold"}, []),
        ("believe", "forfeiture", {"leaseholder": False}, ["BH-011"]),
        ("believe", "absolute_ground", {}, ["BH-087"]),
        ("believe", "absolute_ground", {"court_record": "Durham, 2 March"}, []),
        ("believe", "possession", {}, ["BH-085", "BH-125"]),
        ("believe", "possession", {"kind": "Suspended", "conditions": "No noise"}, []),
    ],
)
def test_our_reading_of_a_legal_tool_reminds_and_is_kept_with_its_use(
    open_desk: OpenDesk, landlord: str, tool: str, answer: Details, reminded: list[str]
) -> None:
    desk = open_desk(landlord)
    READY[landlord](desk)
    details = right(GOLDEN[landlord][tool]) | answer
    used = use_tool(desk.case, tool=tool, details=details, by=desk.actor())
    assert [gate["clause_id"] for gate in used.gates if gate["stood"] == "reminder"] == reminded


def test_support_and_enforcement_run_side_by_side(open_desk: OpenDesk) -> None:
    """Plus Dane 6.2, the twin track: what is done for somebody neither waits for nor ends what is done against them."""
    desk = open_desk("plus-dane")
    READY["plus-dane"](desk)
    legal = right(GOLDEN["plus-dane"]["injunction"])
    for tool, details in (("diversion", {}), ("injunction", legal), ("target_hardening", {})):
        use_tool(desk.case, tool=tool, details=details, by=desk.actor())
    uses = desk.case.tools_used.order_by("pk")
    assert [(use.tool, use.ended_at) for use in uses] == [
        ("diversion", None),
        ("injunction", None),
        ("target_hardening", None),
    ]


@pytest.mark.parametrize(
    ("landlord", "tool", "answers", "reminded"),
    [
        ("vivid", "written_warning", {}, ["VV-006", "VV-006"]),
        ("vivid", "written_warning", {"proportionate": "It fits", "evidence": "Recordings"}, []),
        ("derby-homes", "written_warning", {}, ["DH-093"]),
        ("derby-homes", "written_warning", {"proportionate": "It fits"}, []),
        ("derby-homes", "target_hardening", {}, ["DH-050"]),
        ("derby-homes", "target_hardening", {"measure": "A lock, fitted today"}, []),
        ("plus-dane", "written_warning", {}, ["PD-052"]),
        ("plus-dane", "written_warning", {"tenancy_clauses": "3.1"}, []),
        ("plus-dane", "partner_power", {}, ["PD-102"]),
        ("believe", "target_hardening", {}, ["BH-053"]),
        ("believe", "cpn", {"detrimental": True, "continuing": False}, ["BH-092"]),
        ("believe", "closure", {"which": "Order"}, ["BH-094"]),
    ],
)
def test_what_an_early_step_asks_reminds_and_refuses_nothing(
    open_desk: OpenDesk, landlord: str, tool: str, answers: Details, reminded: list[str]
) -> None:
    desk = open_desk(landlord)
    used = use_tool(desk.case, tool=tool, details=answers, by=desk.actor())
    assert [gate["clause_id"] for gate in used.gates if gate["stood"] == "reminder"] == reminded


@pytest.mark.parametrize("tool", ["interview", "verbal_warning", "written_warning", "aba"])
def test_plus_dane_alerts_nobody_in_domestic_abuse_before_its_policy_was_read(
    open_desk: OpenDesk, tool: str
) -> None:
    """4.3: read in conjunction with the Domestic Abuse Policy."""
    desk = open_desk("plus-dane", "domestic_abuse")
    assert missing(desk, tool, {}) == ["PD-022"]
    record_decision(desk.case, key="domestic_abuse_policy", answer="No", reason="x", by=desk.actor())
    assert missing(desk, tool, {}) == ["PD-022"]
    with clock_at(later(minutes=5)):
        record_decision(desk.case, key="domestic_abuse_policy", answer="Yes", reason="x", by=desk.actor())
    with clock_at(later(minutes=10)):
        used = use_tool(desk.case, tool=tool, details={}, by=desk.actor())
    assert ("reminder", "PD-022") in [(gate["stood"], gate["clause_id"]) for gate in used.gates]


@pytest.mark.parametrize(
    ("landlord", "tool"),
    [
        ("derby-homes", "written_warning"),
        ("believe", "verbal_warning"),
        ("places-for-people", "written_warning"),
        ("vivid", "interview"),
    ],
)
def test_in_domestic_abuse_a_warning_asks_how_the_person_harmed_is_safe(
    open_desk: OpenDesk, landlord: str, tool: str
) -> None:
    desk, noise = open_desk(landlord, "domestic_abuse"), right(GOLDEN[landlord][tool])
    safe = "This is domestic abuse. Say how the person harmed will be safe once the other knows that they told us."
    used = use_tool(desk.case, tool=tool, details=noise, by=desk.actor())
    assert [gate["text"] for gate in used.gates if gate["stood"] == "reminder"][-1] == safe
    told = {**noise, "safe_to_alert": "She is in a refuge"}
    with clock_at(later(minutes=5)):
        used = use_tool(desk.case, tool=tool, details=told, by=desk.actor())
    assert [gate["text"] for gate in used.gates if gate["stood"] == "reminder" and gate["text"] == safe] == []


def test_a_case_of_the_enforcement_managers_needs_no_escalation(open_desk: OpenDesk) -> None:
    """Places for People: only what Community Housing or Living Plus manages is escalated."""
    desk = open_desk("places-for-people", "physical_violence")
    found = Case.objects.get(pk=desk.case.pk)
    assert (found.level, found.team.key) == ("tem", "tenancy_enforcement")
    wanted = GOLDEN["places-for-people"]["injunction"]
    assert missing(desk, "injunction", right(wanted)) == wanted.file[1:]


def test_giving_the_case_away_does_not_save_the_escalation(open_desk: OpenDesk) -> None:
    desk = open_desk("places-for-people")
    desk.give_to("tem", "tenancy_enforcement")
    missed = missing(desk, "injunction", right(GOLDEN["places-for-people"]["injunction"]))
    assert missed == ["PFP-064", "PFP-104", "PFP-105", "PFP-108", "PFP-108"]


@pytest.mark.parametrize(
    ("living_plus", "team", "may", "may_not"),
    [(False, "community_housing", "am", "lpsm"), (True, "living_plus", "lpsm", "am")],
)
def test_each_team_has_its_own_manager_for_the_escalation(
    open_desk: OpenDesk, living_plus: bool, team: str, may: str, may_not: str
) -> None:
    """Places for People, Procedure 3."""
    desk = open_desk("places-for-people", living_plus=living_plus)
    assert desk.case.team.key == team
    with pytest.raises(Refused):
        approve(desk.case, what="escalation", answer="yes", reason="x", by=desk.actor(may_not))
    assert desk.case.approvals.count() == 0
    approve(desk.case, what="escalation", answer="yes", reason="x", by=desk.actor(may))
    assert [one.position for one in desk.case.approvals.all()] == [may]


@pytest.mark.parametrize(
    ("told", "clauses"),
    [([], ["BH-063"]), (["spoken"], ["BH-063"]), (["written"], ["BH-063"]), (["written", "spoken"], [])],
)
def test_noise_equipment_needs_both_ways_of_telling(
    open_desk: OpenDesk, told: list[str], clauses: list[str]
) -> None:
    desk = open_desk("believe")
    for how in told:
        notice(desk, how, desk.person())
    assert missing(desk, "noise_equipment", {}) == clauses


def test_telling_the_complainant_does_not_tell_the_respondent(open_desk: OpenDesk) -> None:
    desk = open_desk("believe")
    for how in ("spoken", "written"):
        notice(desk, how, desk.person("complainant"))
    assert missing(desk, "noise_equipment", {}) == ["BH-063"]


def test_nobody_can_be_told_where_nobody_is_known(open_desk: OpenDesk) -> None:
    desk = open_desk("believe")
    for how in ("spoken", "written"):
        notice(desk, how, desk.person())
    desk.case.parties.filter(role="respondent").delete()
    assert missing(desk, "noise_equipment", {}) == ["BH-063"]


@pytest.mark.parametrize("answer", ["Not proportionate", None])
def test_a_later_decision_takes_the_earlier_one_back(open_desk: OpenDesk, answer: str | None) -> None:
    desk = open_desk("plus-dane")
    READY["plus-dane"](desk)
    details = right(GOLDEN["plus-dane"]["injunction"])
    with clock_at(later(hours=1)):
        if answer is not None:
            record_decision(
                desk.case, key="justification_exercise", answer=answer, reason="x", by=desk.actor()
            )
        assert missing(desk, "injunction", details) == (["PD-066"] if answer else [])


def notice(desk: Desk, how: str, person_id: int) -> None:
    give_notice(
        desk.case,
        person_id=person_id,
        of="noise_equipment",
        how=how,
        given_at=NOON,
        summary="Told",
        by=desk.actor(),
    )


def no(desk: Desk, what: str, who: str) -> None:
    approve(desk.case, what=what, answer="no", reason="x", by=desk.actor(who))


def assess(desk: Desk, answer: str) -> None:
    key = "proportionality_assessment"
    record_decision(desk.case, key=key, answer=answer, reason="x", by=desk.actor("tem"))


@pytest.mark.parametrize(
    ("disturb", "clauses"),
    [
        (lambda desk: None, []),
        (lambda desk: no(desk, "escalation", "am"), ["PFP-064"]),
        (lambda desk: no(desk, "legal_decision", "csam"), ["PFP-105"]),
        (lambda desk: no(desk, "proportionality_approval", "csam"), ["PFP-108"]),
        (lambda desk: desk.give_to("chm", "tenancy_enforcement"), ["PFP-107"]),
        (lambda desk: desk.give_to("csam", "tenancy_enforcement"), ["PFP-105", "PFP-107", "PFP-108"]),
        (lambda desk: assess(desk, "Legal action is proportionate"), ["PFP-108"]),
        (lambda desk: assess(desk, "Legal action is not proportionate"), ["PFP-108", "PFP-108"]),
    ],
)
def test_what_undoes_one_step_of_the_chain_closes_the_way(
    open_desk: OpenDesk, disturb: Callable[[Desk], None], clauses: list[str]
) -> None:
    """Places for People, Procedure 7."""
    desk = open_desk("places-for-people")
    READY["places-for-people"](desk)
    with clock_at(later(hours=1)):
        disturb(desk)
        assert missing(desk, "injunction", right(GOLDEN["places-for-people"]["injunction"])) == clauses
