"""Every gate of every tool of every landlord, both ways, against the table read from the documents."""

from collections.abc import Callable

import pytest
from django.db import transaction

from actionplans.models import ToolUse
from actionplans.tools.schema import Details, ToolsSection
from actionplans.tools.services import use_tool
from cases.gates.engine import GateRefused
from cases.services.approving import approve, give_notice
from cases.services.deciding import record_decision
from tests.actionplans.tools.golden import GOLDEN, Needs
from tests.factories.desk import Desk, OpenDesk, later
from tests.factories.world import NOON
from tests.golden.conftest import policy_of
from timeline.clock import clock_at
from timeline.models import Event

TOOLS = [(landlord, tool) for landlord, tools in GOLDEN.items() for tool in tools]


def places_for_people(desk: Desk) -> None:
    approve(desk.case, what="escalation", answer="yes", reason="Nothing else helps", by=desk.actor("am"))
    use_tool(desk.case, tool="case_conference", details={"notes": "We met"}, by=desk.actor())
    approve(desk.case, what="legal_decision", answer="yes", reason="Needed", by=desk.actor("csam"))
    desk.give_to("tem", "tenancy_enforcement")
    answer = "Legal action is proportionate"
    record_decision(
        desk.case, key="proportionality_assessment", answer=answer, reason="x", by=desk.actor("tem")
    )
    approve(desk.case, what="proportionality_approval", answer="yes", reason="I agree", by=desk.actor("csam"))


def plus_dane(desk: Desk) -> None:
    answer = "A proportionate means to a legitimate aim"
    record_decision(desk.case, key="justification_exercise", answer=answer, reason="x", by=desk.actor())


def vivid(desk: Desk) -> None:
    desk.give_to("specialist", "tenancy_enforcement")
    answer = "Legal action is proportionate"
    record_decision(desk.case, key="equality_review", answer=answer, reason="x", by=desk.actor())


def derby_homes(desk: Desk) -> None:
    notes = {"who": "Social Services, Housing Options", "notes": "Support goes on"}
    use_tool(desk.case, tool="multi_agency_discussion", details=notes, by=desk.actor())


def believe(desk: Desk) -> None:
    for how in ("spoken", "written"):
        give_notice(
            desk.case,
            person_id=desk.person(),
            of="noise_equipment",
            how=how,
            given_at=NOON,
            summary="Told at the door",
            by=desk.actor(),
        )


def northmoor(desk: Desk) -> None:
    approve(desk.case, what="legal_action", answer="yes", reason="x", by=desk.actor("housing_manager"))


READY: dict[str, Callable[[Desk], None]] = {
    "places-for-people": places_for_people,
    "plus-dane": plus_dane,
    "vivid": vivid,
    "derby-homes": derby_homes,
    "believe": believe,
    "northmoor": northmoor,
}


def missing(desk: Desk, tool: str, details: Details) -> list[str]:
    """The clauses that refuse, in order; empty where the tool was used. Nothing stays on record."""
    uses, events = ToolUse.objects.count(), Event.objects.count()
    try:
        with transaction.atomic():
            use_tool(desk.case, tool=tool, details=details, by=desk.actor())
            assert ToolUse.objects.count() == uses + 1
            raise _Used
    except _Used:
        return []
    except GateRefused as refused:
        assert (ToolUse.objects.count(), Event.objects.count()) == (uses, events)
        return [reason.clause_id or reason.clause for reason in refused.unmet]


class _Used(Exception):
    """Undoes a use that was allowed."""


def asked(wanted: Needs) -> list[str]:
    return [clause for _answer, clause in wanted.answers.values()]


def right(wanted: Needs) -> Details:
    return {key: answer for key, (answer, _clause) in wanted.answers.items()}


def wrong(answer: bool | str) -> list[bool | str]:
    """Answers that do not do: none at all, and for a yes or no the other where the need is for one of them."""
    return [not answer] if isinstance(answer, bool) else []


ANY_ANSWER_WILL_DO = {
    ("plus-dane", "protected_characteristic"),
    ("believe", "under_18"),
    ("believe", "reveals_identity"),
    ("places-for-people", "high_risk"),
}
"""Questions where either answer is an answer, and one of them brings another question."""


@pytest.mark.parametrize("landlord", GOLDEN)
def test_the_tools_are_those_of_the_document(landlord: str) -> None:
    tools = policy_of(landlord) if landlord != "northmoor" else None
    if tools is not None:
        assert sorted(tool.key for tool in tools.section(ToolsSection).tools.each) == sorted(GOLDEN[landlord])


@pytest.mark.parametrize(("landlord", "tool"), TOOLS)
def test_every_gate_both_ways(open_desk: OpenDesk, landlord: str, tool: str) -> None:
    desk, wanted = open_desk(landlord), GOLDEN[landlord][tool]
    assert sorted(missing(desk, tool, {})) == sorted([*asked(wanted), *wanted.file])
    assert missing(desk, tool, right(wanted)) == wanted.file
    with clock_at(later(minutes=5)):
        READY[landlord](desk)
    with clock_at(later(minutes=10)):
        assert sorted(missing(desk, tool, {})) == sorted(asked(wanted))
        assert missing(desk, tool, right(wanted)) == []
        for key, (answer, clause) in wanted.answers.items():
            without = {one: given for one, given in right(wanted).items() if one != key}
            assert missing(desk, tool, without) == [clause], key
            for other in wrong(answer) if (landlord, key) not in ANY_ANSWER_WILL_DO else []:
                assert missing(desk, tool, {**without, key: other}) == [clause], key
