"""Random orders of decisions, approvals, notices, handovers and uses: no tool is ever used past an unmet gate.

The model beside the product is written from the clauses and knows nothing of the policy files: a short history of
what was recorded, and for each landlord one sentence of the document for each gate.
"""

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from actionplans.models import ToolUse
from actionplans.tools.schema import Details
from actionplans.tools.services import use_tool
from cases.models import Approval, Decision, Notice
from cases.services.approving import approve, give_notice
from cases.services.deciding import record_decision
from landlords.permissions import Refused
from tests.actionplans.tools.golden import BH_LEGAL, PD_LEGAL, PFP_LEGAL, TOGETHER, Answers
from tests.factories.desk import Desk, OpenDesk
from tests.factories.world import NOON
from timeline.actors import Actor
from timeline.clock import clock_at

YES = "yes"
ROLLS = st.booleans()


class GateMachine(RuleBasedStateMachine):
    """One case. ``history`` is the model: what was recorded, oldest first, with who did it."""

    landlord: ClassVar[str]
    desk: ClassVar[Desk]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.minutes = 0
        self.history: list[tuple[str, str, str]] = []

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def newest(self, what: str) -> tuple[int, str, str] | None:
        """When in the history, the answer, and by whom."""
        found = [(i, answer, who) for i, (kind, answer, who) in enumerate(self.history) if kind == what]
        return found[-1] if found else None

    def said(self, what: str) -> str | None:
        found = self.newest(what)
        return found[1] if found else None

    def allowed(self, do: Callable[[], object], expected: bool) -> bool:
        """Do it; it must be refused exactly where the model says so, and a refusal leaves nothing behind."""
        before, reasons = saved(), list[str]()
        self.minutes += 1
        try:
            with clock_at(NOON + datetime.timedelta(minutes=self.minutes)):
                do()
        except Refused as refused:
            reasons = refused.reasons
        assert (not reasons) is expected, reasons
        assert (saved() == before) is not expected
        return expected

    def use(self, tool: str, details: Details, expected: bool) -> None:
        by = self.desk.actor()
        self.allowed(lambda: use_tool(self.desk.case, tool=tool, details=details, by=by), expected)

    def way(self) -> tuple[str, Details, bool]:
        """A tool with every answer right, and whether the clauses allow it as things are on file."""
        raise NotImplementedError

    @invariant()
    def the_way_is_open_exactly_where_the_clauses_open_it(self) -> None:
        """Tried after every step, and undone."""
        undo = transaction.savepoint()
        self.use(*self.way())
        transaction.savepoint_rollback(undo)


def saved() -> list[int]:
    return [model.objects.count() for model in (ToolUse, Approval, Decision, Notice)]


def answers(table: Answers, left_out: int | None) -> Details:
    """The right answers of the table, but for one left out."""
    return {key: answer for i, (key, (answer, _)) in enumerate(table.items()) if i != left_out}


class PlacesForPeople(GateMachine):
    """Procedure 3 and 7.1 to 7.4, on a case of the Community Housing Manager."""

    landlord = "places-for-people"
    TITLES = ("am", "lpsm", "csam", "tem", "chm")

    def person(self, who: str, also: str = "") -> Actor:
        """Somebody with one title; or the one person who holds two of them."""
        actor = self.desk.actor(who)
        return dataclasses.replace(actor, positions=(who, also)) if also else actor

    @rule(who=st.sampled_from(TITLES), answer=st.sampled_from(["yes", "no"]))
    def escalate(self, who: str, answer: str) -> None:
        may = who == ("am" if self.said("team") is None else who if who in ("am", "lpsm") else "am")
        self.approve("escalation", answer, self.person(who), may and not self.owns(who))

    @rule()
    def confer(self) -> None:
        """7.1: a conference with notes."""
        self.desk.case.refresh_from_db()
        self.allowed(
            lambda: use_tool(
                self.desk.case, tool="case_conference", details={"notes": "We met"}, by=self.desk.actor()
            ),
            True,
        )
        self.history.append(("conference", "held", "officer"))

    @rule(who=st.sampled_from(TITLES), answer=st.sampled_from(["yes", "no"]))
    def decide_on_legal_action(self, who: str, answer: str) -> None:
        """7.2: the Community Safety Area Manager, on what was heard at the conference."""
        ready = self.said("conference") is not None and self.stands("escalation")
        self.approve(
            "legal_decision", answer, self.person(who), who == "csam" and ready and not self.owns(who)
        )

    @rule(who=st.sampled_from(TITLES))
    def allocate(self, who: str) -> None:
        """7.3."""
        self.desk.give_to(who, "tenancy_enforcement")
        self.history += [("owner", who, ""), ("team", "tenancy_enforcement", "")]

    @rule(who=st.sampled_from(TITLES), both=ROLLS, proportionate=ROLLS)
    def assess(self, who: str, both: bool, proportionate: bool) -> None:
        """7.4 and Procedure 3: the Tenancy Enforcement Manager completes the assessment."""
        by = self.person(who, "tem") if both else self.person(who)
        answer = f"Legal action is {'' if proportionate else 'not '}proportionate"
        key = "proportionality_assessment"
        if self.allowed(
            lambda: record_decision(self.desk.case, key=key, answer=answer, reason="x", by=by),
            "tem" in by.positions,
        ):
            self.history.append((key, YES if proportionate else "no", by.name))

    @rule(who=st.sampled_from(TITLES), both=ROLLS, answer=st.sampled_from(["yes", "no"]))
    def approve_assessment(self, who: str, both: bool, answer: str) -> None:
        """7.4: a Community Safety Area Manager, never its author."""
        by = self.person(who, "csam") if both else self.person(who)
        assessment = self.newest("proportionality_assessment")
        may = "csam" in by.positions and assessment is not None and assessment[2] != by.name
        self.approve("proportionality_approval", answer, by, may and not self.owns(who))

    @rule(tool=st.sampled_from(["injunction", "possession"]), left_out=st.integers(0, 4))
    def leave_an_answer_out(self, tool: str, left_out: int) -> None:
        self.use(tool, answers(PFP_LEGAL, left_out), False)

    def way(self) -> tuple[str, Details, bool]:
        assessment, approval = (
            self.newest(key) for key in ("proportionality_assessment", "proportionality_approval")
        )
        may = (
            self.stands("escalation")
            and self.said("conference") is not None
            and self.stands("legal_decision")
            and self.said("owner") == "tem"
            and assessment is not None
            and assessment[1] == YES
            and approval is not None
            and self.stands("proportionality_approval")
            and approval[0] > assessment[0]
        )
        return "injunction", answers(PFP_LEGAL, None), may

    @initialize(ready=st.sampled_from([True, True, False]))
    def begin(self, ready: bool) -> None:
        """Mostly with the whole chain done, so that what breaks it again is walked as well."""
        if not ready:
            return
        self.escalate("am", YES)
        self.confer()
        self.decide_on_legal_action("csam", YES)
        self.allocate("tem")
        self.assess("tem", False, True)
        self.approve_assessment("csam", False, YES)
        assert self.way()[2]

    @rule(who=st.sampled_from(TITLES))
    def do_both_alone(self, who: str) -> None:
        """One person with both titles writes the assessment and tries to approve it."""
        self.assess(who, True, True)
        by = self.person(who, "csam")
        self.approve("proportionality_approval", YES, by, False)

    def owns(self, who: str) -> bool:
        return self.said("owner") == who

    def stands(self, what: str) -> bool:
        """Four eyes, our rule: a yes does not count while whoever gave it has the case."""
        given, owner = self.newest(what), self.said("owner")
        holder = self.desk.actor(owner).name if owner else ""
        return given is not None and given[1] == YES and given[2] != holder

    def approve(self, what: str, answer: str, by: Actor, expected: bool) -> None:
        given = {"what": what, "answer": answer, "reason": "x"}
        if self.allowed(lambda: approve(self.desk.case, by=by, **given), expected):
            self.history.append((what, answer, by.name))


class PlusDane(GateMachine):
    """6.2: a justification exercise before every legal step; 15.3: what the court looks at."""

    landlord = "plus-dane"

    @rule(proportionate=ROLLS)
    def justify(self, proportionate: bool) -> None:
        answer = "A proportionate means to a legitimate aim" if proportionate else "Not proportionate"
        key = "justification_exercise"
        by = self.desk.actor()
        self.allowed(lambda: record_decision(self.desk.case, key=key, answer=answer, reason="x", by=by), True)
        self.history.append(("exercise", YES if proportionate else "no", ""))

    @rule(
        tool=st.sampled_from(["injunction", "notice_seeking_possession", "absolute_ground", "section_21"]),
        left_out=st.none() | st.integers(0, 5),
        young=st.sampled_from([None, "under 10", "with guardian", "alone"]),
        protected=ROLLS,
        looked_at=ROLLS,
    )
    def go_to_court(
        self, tool: str, left_out: int | None, young: str | None, protected: bool, looked_at: bool
    ) -> None:
        given = answers(PD_LEGAL, left_out)
        if "protected_characteristic" in given:
            given["protected_characteristic"] = protected
        if looked_at:
            given["equality_act"] = "We looked at it"
        if young is not None:
            given |= {"under_18": True, "ten_or_over": young != "under 10"}
        if young == "with guardian":
            given["guardian"] = "His mother"
        considered = looked_at or not protected
        may = left_out is None and considered and young in (None, "with guardian")
        self.use(tool, given, may and self.said("exercise") == YES)

    def way(self) -> tuple[str, Details, bool]:
        return "injunction", answers(PD_LEGAL, None), self.said("exercise") == YES


class Believe(GateMachine):
    """11.2, 12.14 and the legal gates of 6.4, 6.6 and 10.4 to 10.5."""

    landlord = "believe"

    @rule(how=st.sampled_from(["spoken", "written"]), whom=st.sampled_from(["respondent", "complainant"]))
    def tell(self, how: str, whom: str) -> None:
        by, moment = self.desk.actor(), NOON + datetime.timedelta(minutes=self.minutes)
        given: dict[str, Any] = {"of": "noise_equipment", "how": how, "given_at": moment, "summary": "Told"}
        person = self.desk.person(whom)
        self.allowed(lambda: give_notice(self.desk.case, person_id=person, by=by, **given), True)
        self.history.append((f"{whom} {how}", "told", ""))

    def way(self) -> tuple[str, Details, bool]:
        told = all(self.said(f"respondent {how}") for how in ("spoken", "written"))
        return "noise_equipment", {}, told

    @rule(given=st.fixed_dictionaries({}, optional=dict.fromkeys(TOGETHER.answers, ROLLS)))
    def mediate(self, given: dict[str, bool]) -> None:
        may = given == {"all_willing": True, "serious_criminality": False, "power_imbalance": False}
        self.use("mediation", dict(given), may)

    @rule(left_out=st.none() | st.integers(0, 2), reveals=ROLLS, agreed=st.none() | ROLLS)
    def go_to_court(self, left_out: int | None, reveals: bool, agreed: bool | None) -> None:
        given = answers(BH_LEGAL, left_out)
        if "reveals_identity" in given:
            given["reveals_identity"] = reveals
        if agreed is not None:
            given["agreed_to_be_named"] = agreed
        self.use("injunction", given, left_out is None and (agreed is True or not reveals))


@pytest.mark.parametrize("machine", [PlacesForPeople, PlusDane, Believe])
def test_no_gate_is_passed_unmet(machine: type[GateMachine], open_desk: OpenDesk) -> None:
    machine.desk = open_desk(machine.landlord)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
