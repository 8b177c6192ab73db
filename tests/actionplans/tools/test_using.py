"""Using a tool and ending it: kept whole, or refused with everything and nothing saved."""

import datetime
from typing import Any

import pytest

from actionplans.models import ToolUse
from actionplans.tools.services import end_tool, use_tool
from cases.gates.engine import GateRefused
from cases.models import Case
from cases.services.approving import set_aside
from landlords.permissions import Refused, Role
from tests.actionplans.tools.golden import GOLDEN
from tests.actionplans.tools.test_golden_gates import READY, missing, right
from tests.factories.desk import Desk, OpenDesk, later
from tests.factories.world import NOON, World
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope

TOGETHER = {"all_willing": True, "serious_criminality": False, "power_imbalance": False}


def use(desk: Desk, tool: str, **changes: Any) -> ToolUse:
    given = {"details": {}, "by": desk.actor(), **changes}
    return use_tool(desk.case, tool=tool, **given)


def refused(desk: Desk, tool: str, **changes: Any) -> list[str]:
    """Every reason; nothing may have been saved."""
    before = (ToolUse.objects.count(), Event.objects.count())
    with pytest.raises(Refused) as refusal:
        use(desk, tool, **changes)
    assert (ToolUse.objects.count(), Event.objects.count()) == before
    return refusal.value.reasons


def test_a_use_keeps_its_answers_and_how_every_gate_stood(open_desk: OpenDesk) -> None:
    desk = open_desk("believe")
    used = use(desk, "mediation", details=TOGETHER, person_id=desk.person(), note=" They meet on Friday ")
    assert (used.label, used.legal, used.details, used.note) == (
        "Mediation",
        False,
        TOGETHER,
        "They meet on Friday",
    )
    assert (used.used_at, used.recorded_at, used.recorded_by) == (NOON, NOON, "officer Larkspur")
    assert [(gate["stood"], gate.get("clause_id"), gate.get("ours", False)) for gate in used.gates] == [
        ("reminder", "BH-123", False),
        ("reminder", "BH-072", False),
        ("reminder", "BH-073", False),
        ("met", None, True),
        ("met", "BH-074", False),
        ("met", "BH-075", False),
        ("met", "BH-076", False),
    ]
    event = Event.objects.get(verb="tool_used_with")
    assert event.payload == {"tool": "Mediation", "key": "mediation", "person_id": desk.person()}
    assert (event.case_id, event.words.text) == (desk.case.pk, "They meet on Friday")
    assert Case.objects.get(pk=desk.case.pk).status == "in_hand"


def test_everything_that_is_missing_is_told_at_once_with_its_clause(open_desk: OpenDesk) -> None:
    desk = open_desk("believe")
    assert refused(desk, "mediation", details={"all_willing": False}) == [
        "All parties have to agree to it and be willing to come together. Ask each of them. (12.12 and 12.14)",
        "It is only offered where no serious criminality is involved. Say whether any is. (12.14 bullet 2)",
        "It is only offered where there is no imbalance of power. Say whether there is one. (12.14 bullet 3)",
    ]


@pytest.mark.parametrize(
    ("landlord", "tool"),
    [(landlord, "mediation") for landlord in GOLDEN]
    + [("believe", "restorative_justice"), ("places-for-people", "restorative_justice")],
)
def test_nobody_is_brought_together_where_it_is_domestic_abuse(
    open_desk: OpenDesk, landlord: str, tool: str
) -> None:
    desk = open_desk(landlord, "domestic_abuse")
    with pytest.raises(GateRefused) as refusal:
        use(desk, tool, details=TOGETHER, by=desk.actor(Role.MANAGER))
    assert [(one.ours, one.clause, one.clause_id) for one in refusal.value.unmet] == [(True, "", "")]
    assert refusal.value.reasons == [
        "Nobody is brought together with the person they fear: this case is about domestic abuse."
    ]
    assert ToolUse.objects.count() == 0


def test_no_deviation_takes_our_own_rule_away(open_desk: OpenDesk) -> None:
    desk = open_desk("places-for-people", "domestic_abuse")
    why = {"reasons": "They asked for it", "why_proportionate": "They agree"}
    set_aside(desk.case, step="tool:mediation", by=desk.actor("csam"), **why)
    with pytest.raises(GateRefused) as refusal:
        use(desk, "mediation", details=TOGETHER, by=desk.actor(Role.MANAGER))
    assert [one.ours for one in refusal.value.unmet] == [True]


@pytest.mark.parametrize(
    ("tool", "changes", "reasons"),
    [
        ("no_such_tool", {}, ["The policy this case was opened under has no such tool."]),
        ("abc", {"details": {"colour": "red"}}, ["This tool asks no question called “colour”."]),
        ("abc", {"details": {"answer": "Perhaps"}}, ["This does not answer “What did they say?”."]),
        ("abc", {"details": {"under_18": "yes"}}, ["This does not answer “Is the person under 18?”."]),
        ("diversion", {"person_id": 0}, ["Choose somebody who is part of this case."]),
        ("diversion", {"used_at": later(minutes=1)}, ["The date and time cannot be in the future."]),
        (
            "diversion",
            {"used_at": later(days=-2), "person_id": 0},
            ["Say why this is recorded more than a day late.", "Choose somebody who is part of this case."],
        ),
    ],
)
def test_what_cannot_be_is_refused(
    open_desk: OpenDesk, tool: str, changes: dict[str, Any], reasons: list[str]
) -> None:
    assert refused(open_desk("believe"), tool, **changes) == reasons


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_use_a_tool_is_told_so(open_desk: OpenDesk, role: str) -> None:
    desk = open_desk("believe")
    assert refused(desk, "diversion", by=desk.actor(role)) == [
        f"As {Role(role).label.lower()} you cannot use a tool on a case. "
        "Ask a colleague who can, or your landlord administrator."
    ]


def test_what_is_recorded_late_says_why_and_when_it_happened(open_desk: OpenDesk) -> None:
    desk = open_desk("believe")
    used = use(desk, "diversion", used_at=later(days=-2), late_reason="I was ill", note="Boxing club")
    assert (used.used_at, used.recorded_at) == (later(days=-2), NOON)
    assert used.note == "Boxing club\nRecorded late: I was ill"
    assert Event.objects.get(verb="tool_used").occurred_at == later(days=-2)


def test_what_was_recorded_afterwards_does_not_open_a_gate(open_desk: OpenDesk) -> None:
    """A step dated before its justification was taken without it."""
    desk = open_desk("plus-dane")
    details = right(GOLDEN["plus-dane"]["injunction"])
    with clock_at(later(hours=1)):
        READY["plus-dane"](desk)
    with clock_at(later(hours=2)):
        assert len(refused(desk, "injunction", details=details, used_at=NOON)) == 1
        assert use(desk, "injunction", details=details, used_at=later(hours=1)).used_at == later(hours=1)


def test_nothing_is_used_on_a_closed_case(open_desk: OpenDesk) -> None:
    desk = open_desk("believe")
    Case.objects.filter(pk=desk.case.pk).update(status="closed")
    assert refused(desk, "diversion") == ["This case is closed. Reopen it first."]


LAST_DAY = datetime.datetime(2027, 9, 30, 22, 59, 59, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("landlord", "tool"), [("plus-dane", "section_21"), ("vivid", "demotion"), ("believe", "demotion")]
)
def test_a_tool_that_the_law_takes_away_is_there_until_its_last_day(
    open_desk: OpenDesk, landlord: str, tool: str
) -> None:
    desk = open_desk(landlord)
    READY[landlord](desk)
    details = right(GOLDEN[landlord][tool])
    with clock_at(LAST_DAY + datetime.timedelta(seconds=1)):
        reason, *others = refused(desk, tool, details=details)
        assert others == []
        assert "can be used until Thursday 30 September 2027 and not after it." in reason
        late = {"used_at": LAST_DAY, "late_reason": "", "details": details}
        assert use(desk, tool, **late).used_at == LAST_DAY
    with clock_at(LAST_DAY):
        assert missing(desk, tool, details) == []


def test_how_a_tool_ended_is_kept_once(open_desk: OpenDesk) -> None:
    desk = open_desk("believe")
    used = use(desk, "abc", details={"answer": "Signed", "under_18": False})
    for outcome, reason in ((" ", "Say how it ended."),):
        with pytest.raises(Refused, match=reason):
            end_tool(used, outcome=outcome, by=desk.actor())
    assert ToolUse.objects.get().ended_at is None
    with clock_at(later(days=30)):
        end_tool(used, outcome="Kept for a month", by=desk.actor())
    with pytest.raises(Refused, match="on record already"):
        end_tool(used, outcome="Broken", by=desk.actor())
    found = ToolUse.objects.get()
    assert (found.ended_at, found.outcome) == (later(days=30), "Kept for a month")
    assert [event.payload for event in Event.objects.filter(verb="tool_ended")] == [
        {"tool": "Acceptable Behaviour Contract", "key": "abc"}
    ]


def test_another_landlord_sees_no_tool_that_was_used(world: World, db: None) -> None:
    here, there = world.here, world.there
    with landlord_scope(here.landlord.pk):
        use_tool(here.case, tool="written_warning", details={}, by=here.actor())
        assert ToolUse.objects.count() == 1
    with landlord_scope(there.landlord.pk):
        assert ToolUse.objects.count() == 0
        with pytest.raises(Case.DoesNotExist):
            use_tool(here.case, tool="written_warning", details={}, by=there.actor())
