"""Approvals, notices and deviations: whose they are, what comes before, and nothing saved where they are refused."""

import dataclasses
import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from actionplans.tools.services import use_tool
from cases.models import Approval, Case, Decision, Deviation, Notice
from cases.selectors.approvals import approvals_to_look_at, look_again_on
from cases.services.approving import approve, give_notice, notice_label, set_aside
from cases.services.deciding import record_decision
from landlords.permissions import Refused, Role
from tests.factories.desk import Desk, OpenDesk, desks, later
from tests.factories.world import NOON, World
from timeline.actors import Actor
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope

PROPORTIONATE = "Legal action is proportionate"
EXPECTED = {"what": "escalation", "answer": "yes", "reason": "Nothing else has helped"}


@pytest.fixture(name="open_desk")
def _open_desk(db: None) -> Iterator[OpenDesk]:
    with desks() as opened:
        yield opened


@pytest.fixture
def pfp(open_desk: OpenDesk) -> Desk:
    """Places for People, a noise case of Community Housing."""
    return open_desk("places-for-people")


def saved() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Approval, Notice, Deviation, Event))


def refused(do: Any, *args: Any, **given: Any) -> list[str]:
    """Every reason; nothing may have been saved."""
    before = saved()
    with pytest.raises(Refused) as refusal:
        do(*args, **given)
    assert saved() == before
    return refusal.value.reasons


def assess(desk: Desk, by: Actor) -> Decision:
    return record_decision(
        desk.case, key="proportionality_assessment", answer=PROPORTIONATE, reason="Impact, frequency", by=by
    )


def test_an_approval_keeps_who_gave_it_as_what_and_when_to_look_again(pfp: Desk) -> None:
    given = approve(pfp.case, by=pfp.actor("am"), **EXPECTED)
    found = Approval.objects.get()
    assert found == given
    assert (found.answer, found.position, found.clause) == (
        "yes",
        "am",
        "Procedure 3, Area Manager and Living Plus Service Manager",
    )
    assert (found.decided_at, found.decided_by, found.decided_by_user_id) == (
        NOON,
        "am Larkspur",
        pfp.members["am"].user_id,
    )
    assert found.look_again_at == NOON.date() + datetime.timedelta(days=90)
    event = Event.objects.get(verb="approval_given")
    assert event.payload == {"answer": "Approved", "what": "Escalation for legal action", "key": "escalation"}
    assert event.words.text == "Nothing else has helped"


def test_a_no_is_not_looked_at_again(pfp: Desk) -> None:
    assert approve(pfp.case, by=pfp.actor("am"), **EXPECTED | {"answer": "no"}).look_again_at is None


@pytest.mark.parametrize(
    ("who", "changes", "reasons"),
    [
        ("csam", {}, ["Only somebody with this position may give it: Area Manager (Neighbourhoods) (Proc"]),
        (
            Role.MANAGER,
            {},
            ["Only somebody with this position may give it: Area Manager (Neighbourhoods) (Proc"],
        ),
        ("am", {"answer": "advice"}, ["Answer “May this case go to the Tenancy Enforcement Team"]),
        ("am", {"answer": "perhaps", "reason": " "}, ["Answer “May this case", "Say why."]),
        ("am", {"what": "no_such_approval"}, ["The policy does not ask for that approval."]),
        (Role.AUDITOR, {}, ["As auditor you cannot approve a step on a case."]),
        (Role.ADVISER, {}, ["As contact centre adviser you cannot approve a step on a case."]),
        ("csam", {"what": "legal_decision"}, ["No case conference", "The Area Manager, or the Living Plus"]),
        ("csam", {"what": "proportionality_approval"}, ["The Tenancy Enforcement Manager has not completed"]),
        ("am", {"what": "closing_advice", "answer": "yes"}, ["Answer “What is your advice"]),
    ],
)
def test_who_may_not_or_what_cannot_be_is_refused(
    pfp: Desk, who: str, changes: dict[str, str], reasons: list[str]
) -> None:
    told = refused(approve, pfp.case, by=pfp.actor(who), **EXPECTED | changes)
    assert [one[: len(start)] for one, start in zip(told, reasons, strict=True)] == reasons


def test_nobody_approves_a_step_on_their_own_case(pfp: Desk) -> None:
    pfp.give_to("am")
    assert refused(approve, pfp.case, by=pfp.actor("am"), **EXPECTED) == [
        "Four eyes: the case is yours, and nobody approves a step on their own case. Ask somebody else."
    ]


def test_the_author_of_an_assessment_never_approves_it(pfp: Desk) -> None:
    """Somebody who is both a Tenancy Enforcement Manager and a Community Safety Area Manager."""
    both = dataclasses.replace(pfp.actor("csam"), positions=("tem", "csam"))
    assess(pfp, both)
    given = {"what": "proportionality_approval", "answer": "yes", "reason": "I agree with myself"}
    told = refused(approve, pfp.case, by=both, **given)
    assert [one.partition(":")[0] for one in told] == ["Four eyes"]
    assess(pfp, pfp.actor("tem"))
    assert approve(pfp.case, by=both, **given).answer == "yes"


def test_an_approval_does_not_outlive_the_assessment_it_approved(pfp: Desk) -> None:
    from cases.gates.checks import approval
    from cases.gates.engine import Step
    from cases.gates.schema import Requirement

    need = Requirement(need="approval", of="proportionality_approval", text="x", clause="7.4")

    def met() -> tuple[bool, str]:
        step = Step("tool:injunction", Case.objects.get(), pfp.policy, pfp.actor(), later(hours=3))
        answer = approval(step, need)
        return answer.met, answer.words

    assert met() == (False, "")
    assess(pfp, pfp.actor("tem"))
    with clock_at(later(hours=1)):
        yes = {"what": "proportionality_approval", "answer": "yes", "reason": "x"}
        approve(pfp.case, by=pfp.actor("csam"), **yes)
    assert met() == (True, "csam Larkspur")
    with clock_at(later(hours=2)):
        assess(pfp, pfp.actor("tem"))
    assert met() == (False, "what it approved was recorded again afterwards")
    with clock_at(later(hours=3)):
        approve(pfp.case, by=pfp.actor("csam"), **yes | {"answer": "no"})
    assert met() == (False, "csam Larkspur said no")


def test_advice_counts_whatever_it_says(pfp: Desk) -> None:
    given = approve(
        pfp.case, what="closing_advice", answer="advice", reason="Wait a month", by=pfp.actor("csam")
    )
    assert (given.answer, given.look_again_at) == ("advice", None)


def test_a_conference_and_an_escalation_open_the_way_to_the_decision(pfp: Desk) -> None:
    approve(pfp.case, by=pfp.actor("am"), **EXPECTED)
    use_tool(pfp.case, tool="case_conference", details={"notes": "We met"}, by=pfp.actor())
    decision = EXPECTED | {"what": "legal_decision"}
    assert approve(pfp.case, by=pfp.actor("csam"), **decision).answer == "yes"


def test_a_closed_case_takes_nothing(pfp: Desk) -> None:
    Case.objects.filter(pk=pfp.case.pk).update(status="closed")
    closed = ["This case is closed. Reopen it first."]
    why = {"step": "tool:injunction", "reasons": "x", "why_proportionate": "x"}
    assert refused(approve, pfp.case, by=pfp.actor("am"), **EXPECTED) == closed
    assert refused(set_aside, pfp.case, by=pfp.actor("csam"), **why) == closed


def test_a_yes_is_listed_once_its_date_to_look_again_has_come(pfp: Desk) -> None:
    approve(pfp.case, by=pfp.actor("am"), **EXPECTED)
    manager = pfp.actor(Role.MANAGER)
    with clock_at(later(days=89)):
        assert approvals_to_look_at(manager) == []
    with clock_at(later(days=90)):
        assert [one.what for one in approvals_to_look_at(manager)] == ["escalation"]
        assert [one.what for one in look_again_on(pfp.case)] == ["escalation"]
        approve(pfp.case, by=pfp.actor("am"), **EXPECTED | {"reason": "Still right"})
        assert approvals_to_look_at(manager) == []
    with clock_at(later(days=181)):
        assert [one.reason for one in approvals_to_look_at(manager)] == ["Still right"]
        Case.objects.filter(pk=pfp.case.pk).update(status="closed")
        assert approvals_to_look_at(manager) == []


def test_a_restricted_case_is_listed_only_to_those_who_may_see_it(open_desk: OpenDesk) -> None:
    desk = open_desk("places-for-people", "domestic_abuse")
    desk.give_to("tem")
    approve(desk.case, by=desk.actor("am"), **EXPECTED)
    with clock_at(later(days=90)):
        seen = {
            who: len(approvals_to_look_at(desk.actor(who))) for who in ("tem", Role.MANAGER, Role.OFFICER)
        }
    assert seen == {"tem": 1, Role.MANAGER: 1, Role.OFFICER: 0}


TOLD: dict[str, Any] = {
    "of": "noise_equipment",
    "how": "spoken",
    "given_at": NOON,
    "summary": "Told at the door",
}


def test_a_notice_is_kept_with_who_was_told_and_how(open_desk: OpenDesk) -> None:
    desk = open_desk("believe")
    notice = give_notice(desk.case, person_id=desk.person(), by=desk.actor(), **TOLD)
    assert Notice.objects.get() == notice
    assert (notice.of, notice.how, notice.given_at, notice.recorded_by) == (
        "noise_equipment",
        "spoken",
        NOON,
        "officer Larkspur",
    )
    event = Event.objects.get(verb="notice_given")
    assert event.payload == {
        "how": "Spoken",
        "of": "noise equipment or the Noise App being used",
        "person_id": desk.person(),
    }


def test_everything_wrong_with_a_notice_is_told_at_once(open_desk: OpenDesk) -> None:
    desk = open_desk("believe")
    wrong = {"of": "x", "how": "sung", "given_at": later(minutes=1), "summary": " "}
    assert refused(give_notice, desk.case, person_id=0, by=desk.actor(), **wrong) == [
        "The policy does not ask for anybody to be told that.",
        "Choose somebody who is part of this case.",
        "Say whether they were told in person or by telephone, or in writing.",
        "The date and time cannot be in the future.",
        "Say what they were told, or where the letter is kept.",
    ]
    assert (
        len(refused(give_notice, desk.case, person_id=desk.person(), by=desk.actor(Role.AUDITOR), **TOLD))
        == 1
    )
    assert notice_label(desk.policy, "x") is None


WHY: dict[str, str] = {
    "step": "tool:injunction",
    "reasons": "He has threatened to burn the block",
    "why_proportionate": "Waiting would put lives at risk",
}


def test_setting_gates_aside_is_kept_with_its_reasons(pfp: Desk) -> None:
    deviation = set_aside(pfp.case, by=pfp.actor("csam"), **WHY)
    assert Deviation.objects.get() == deviation
    assert (deviation.clause, deviation.decided_by) == ("Procedure 1", "csam Larkspur")
    event = Event.objects.get(verb="gate_set_aside")
    assert event.payload == {"step": "Civil injunction", "key": "tool:injunction"}
    assert event.words.text == "He has threatened to burn the block\nWaiting would put lives at risk"


@pytest.mark.parametrize(
    ("who", "changes", "reasons"),
    [
        (Role.OFFICER, {}, ["As housing officer you cannot set a gate of the policy aside."]),
        (
            Role.MANAGER,
            {},
            ["Only somebody with this position may set the policy’s gates aside: Area Manager"],
        ),
        ("csam", {"step": "tool:nothing"}, ["Choose the step whose gates are set aside."]),
        ("csam", {"reasons": " "}, ["Record the reasons."]),
        ("csam", {"why_proportionate": ""}, ["Say why it is fair, reasonable and proportionate."]),
    ],
)
def test_a_deviation_needs_its_manager_and_its_reasons(
    pfp: Desk, who: str, changes: dict[str, str], reasons: list[str]
) -> None:
    told = refused(set_aside, pfp.case, by=pfp.actor(who), **WHY | changes)
    assert [one[: len(start)] for one, start in zip(told, reasons, strict=True)] == reasons


def test_nobody_sets_the_gates_of_their_own_case_aside(pfp: Desk) -> None:
    pfp.give_to("csam")
    told = refused(set_aside, pfp.case, by=pfp.actor("csam"), **WHY)
    assert told == ["Four eyes: the case is yours. Another manager sets its gates aside."]


@pytest.mark.parametrize("landlord", ["plus-dane", "derby-homes", "believe"])
def test_a_policy_without_the_rule_is_never_set_aside(open_desk: OpenDesk, landlord: str) -> None:
    desk = open_desk(landlord)
    told = refused(set_aside, desk.case, by=desk.actor(Role.MANAGER), **WHY)
    assert told == ["This policy has no rule for setting its gates aside."]


def test_a_deviation_leaves_the_assessment_and_its_approval_standing(pfp: Desk) -> None:
    """Ruling 9: Procedure 1 does not waive Procedure 7.4."""
    from cases.gates.engine import GateRefused

    set_aside(pfp.case, by=pfp.actor("csam"), **WHY)
    with pytest.raises(GateRefused) as refusal:
        use_tool(pfp.case, tool="injunction", details={}, by=pfp.actor())
    assert [one.clause for one in refusal.value.unmet] == ["7.4", "7.4"]
    assert {one.clause for one in refusal.value.looked.met if one.waived} == {
        "7.1", "7.2", "7.3", "7.6", "Policy 10", "Policy 11", "Policy 17", "Policy 21", "Policy 23",
        "Procedure 3, Area Manager and Living Plus Service Manager",
    }  # fmt: skip
    assess(pfp, pfp.actor("tem"))
    approve(pfp.case, what="proportionality_approval", answer="yes", reason="x", by=pfp.actor("csam"))
    used = use_tool(pfp.case, tool="injunction", details={}, by=pfp.actor())
    assert [gate["stood"] for gate in used.gates].count("waived") == 12
    with pytest.raises(GateRefused):
        use_tool(pfp.case, tool="possession", details={}, by=pfp.actor())


def test_vivid_sets_gates_aside_and_never_the_review_under_the_two_acts(open_desk: OpenDesk) -> None:
    """VIVID 3, last paragraph, and 4.4."""
    from cases.gates.engine import GateRefused

    desk = open_desk("vivid")
    set_aside(desk.case, by=desk.actor(Role.MANAGER), **WHY)
    with pytest.raises(GateRefused) as refusal:
        use_tool(desk.case, tool="injunction", details={}, by=desk.actor())
    assert [one.clause_id for one in refusal.value.unmet] == ["VV-038", "VV-038"]
    waived = [one.clause_id for one in refusal.value.looked.met if one.waived]
    assert waived == ["VV-005", "VV-039", "VV-035", "VV-035"]


def test_another_landlords_approvals_are_not_there(world: World, open_desk: OpenDesk) -> None:
    desk = open_desk("places-for-people")
    approve(desk.case, by=desk.actor("am"), **EXPECTED)
    with landlord_scope(world.here.landlord.pk):
        assert Approval.objects.count() == 0
        with pytest.raises(Case.DoesNotExist):
            approve(desk.case, by=desk.actor("am"), **EXPECTED)
