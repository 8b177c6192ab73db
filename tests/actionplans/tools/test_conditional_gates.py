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
        ("plus-dane", "absolute_ground", {}, ["PD-101"]),
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
        (lambda desk: desk.give_to("csam", "tenancy_enforcement"), ["PFP-107"]),
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
