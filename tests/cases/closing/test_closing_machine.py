"""Whatever is done to a case, in whatever order, it is closed exactly when a simple model of the policy says so.

No path leads past an unmet gate, and no gate holds back what the policy allows.
"""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from actionplans.models import Action
from actionplans.plan.checking import ActionDetails
from actionplans.plan.services import agree_plan, finish_action
from cases.gates.engine import GateRefused
from cases.models import Case, Mailing, Person
from cases.models import Request as Asked
from cases.services.approving import approve
from cases.services.asking import ask_of_person, record_answer
from cases.services.closing import close_case, reopen_case
from cases.services.people import Told
from cases.services.working import ContactDetails, IncidentDetails, add_incident, record_contact
from cases.sweep import sweep_landlord
from landlords.models import Landlord
from landlords.permissions import Role
from landlords.services import add_member
from riskmatrix.services import assess_risk
from tests.cases.closing.closing_model import Known, Talk, believe, derby_homes, places_for_people
from tests.factories.policies import load
from tests.riskmatrix.answering import HIGH, LOWEST, answers
from timeline.actors import Actor, system
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report

BY = system("Tests")
BEGIN = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""Winter: London's days are UTC's."""
WAYS = {"telephone": "no_answer", "visit": "visit_no_answer", "letter": "letter_sent"}
LANDLORDS = {
    "places-for-people": (
        places_for_people,
        ["reduced", "exhausted", "at_request", "resolved"],
        ["complainant_asked", "matter_resolved", "understands", "action_taken", "assessed_again"],
    ),
    "believe": (believe, ["resolved", "everything_done", "quiet"], ["complainant_agrees", "everything_done"]),
    "derby-homes": (
        derby_homes,
        [
            "insufficient_evidence",
            "resolved",
            "impact_reduced",
            "no_contact",
            "no_response",
            "everything_done",
        ],
        ["complainant_agrees", "reasons_explained", "everything_done"],
    ),
}
WRITTEN = {"understands", "action_taken", "assessed_again"}


class ClosingOfACase(RuleBasedStateMachine):
    """One case with one or two complainants; ``now`` only goes forward."""

    landlord: str
    landlord_id: int

    def __init__(self) -> None:
        super().__init__()
        self.undo = ExitStack()
        self.undo.enter_context(transaction.atomic())
        self.undo.callback(transaction.set_rollback, True)
        self.undo.enter_context(landlord_scope(self.landlord_id))
        self.may_close, self.grounds, self.questions = LANDLORDS[self.landlord]
        self.now, self.closed = BEGIN, False

    def teardown(self) -> None:
        self.undo.close()

    @initialize(people=st.integers(1, 2))
    def open_a_case(self, people: int) -> None:
        self.case = self._report(Told(name="Amina Example", phone="07700 900123"), None)
        if people == 2:
            self._report(Told(name="Idris Example", phone="07700 900124"), self.case)
        parties = self.case.parties.filter(role="complainant").order_by("pk")
        self.people: list[Person] = [party.person for party in parties.select_related("person")]
        self.known = Known(people, self.now)
        self.member = add_member(email="o@example.org", name="Officer", role=Role.OFFICER, by=BY)
        self.advisers = {position: self._manager(position) for position in ("csam", "am", "lpsm")}

    def _manager(self, position: str) -> Actor:
        return add_member(
            email=f"{position}@example.org",
            name=position,
            role=Role.MANAGER,
            positions=(position,),
            by=BY,
        ).actor()

    def _report(self, reporter: Told, join: Case | None) -> Case:
        facts = Facts(
            received_at=self.now,
            behaviours=("noise",),
            channel="telephone",
            reporter="tenant",
            respondent="tenant",
        )
        with clock_at(self.now):
            case = submit_report(
                Submission(facts, description="Loud", reporter=reporter), by=BY, join=join
            ).case
        assert case is not None
        return case

    @rule(hours=st.one_of(st.integers(1, 30), st.integers(24, 24 * 30)))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def sweep(self) -> None:
        """Nothing closes by itself."""
        with clock_at(self.now):
            sweep_landlord(self.landlord_id)

    @rule(
        person=st.integers(0, 1),
        spoke=st.booleans(),
        way=st.sampled_from(sorted(WAYS)),
        closing=st.booleans(),
    )
    @precondition(lambda self: not self.closed)
    def contact(self, person: int, spoke: bool, way: str, closing: bool) -> None:
        person %= len(self.people)
        outcome = "spoke" if spoke else WAYS[way]
        details = ContactDetails(self.people[person].pk, way, outcome, self.now, about_closing=closing)
        with clock_at(self.now):
            record_contact(self._fresh(), details, by=BY)
        self.known.talks.append(Talk(person, self.now.date(), spoke, way, closing))
        if spoke:
            self.known.heard = self.now

    @rule()
    @precondition(lambda self: not self.closed)
    def talk_to_everybody_about_closing(self) -> None:
        for person in range(len(self.people)):
            self.contact(person, True, "telephone", True)

    @rule()
    @precondition(lambda self: not self.closed)
    def try_everybody_in_two_ways(self) -> None:
        for person in range(len(self.people)):
            self.contact(person, False, "telephone", True)
            self.contact(person, False, "visit", True)

    @rule()
    @precondition(lambda self: not self.closed)
    def happens_again(self) -> None:
        with clock_at(self.now):
            add_incident(self._fresh(), IncidentDetails("Again", ["noise"]), by=BY)
        self.known.heard = self.now

    @rule(days=st.integers(0, 3))
    @precondition(lambda self: not self.closed)
    def ask(self, days: int) -> None:
        by = self.now.date() + timedelta(days=days)
        person = self.people[0].pk
        with clock_at(self.now):
            ask_of_person(self._fresh(), person_id=person, what="A diary", answer_by=by, by=BY)
        self.known.asked_by.append(by)

    @rule()
    @precondition(lambda self: not self.closed and self.known.asked_by)
    def is_answered(self) -> None:
        first = Asked.objects.filter(answered_at__isnull=True).order_by("pk")[0]
        with clock_at(self.now):
            record_answer(first, answer="Here it is", by=BY)
        self.known.asked_by.pop(0)
        self.known.heard = self.now

    @rule(person=st.integers(0, 1), high=st.booleans())
    @precondition(lambda self: not self.closed and self.landlord == "places-for-people")
    def assess(self, person: int, high: bool) -> None:
        person %= len(self.people)
        told, band = (HIGH, "high") if high else (LOWEST, "low")
        with clock_at(self.now):
            assess_risk(
                self._fresh(),
                person_id=self.people[person].pk,
                answers=answers(told),
                confirmed_band=band,
                by=self.member.actor(),
            )
        self.known.high_since.pop(person, None)
        if high:
            self.known.high_since[person] = self.now

    @rule(position=st.sampled_from(["csam", "am"]))
    @precondition(lambda self: not self.closed and self.landlord == "places-for-people")
    def advise(self, position: str) -> None:
        with clock_at(self.now):
            approve(
                self._fresh(),
                what="closing_advice",
                answer="advice",
                reason="Watch it",
                by=self.advisers[position],
            )
        self.known.advised.append(self.now)

    @rule()
    @precondition(lambda self: not self.closed and self.landlord == "places-for-people" and not self._plans())
    def agree_a_plan(self) -> None:
        ours = ActionDetails("landlord", "Ring them", "", self.member.pk, self.now.date() + timedelta(days=3))
        support = ActionDetails(
            "landlord",
            "Make a referral",
            "support_referral",
            self.member.pk,
            self.now.date() + timedelta(days=3),
        )
        theirs = ActionDetails("complainant", "Tell us what happens")
        with clock_at(self.now):
            agree_plan(
                self._fresh(),
                person_id=self.people[0].pk,
                contact_every_days=7,
                actions=[ours, theirs, support],
                by=self.member.actor(),
            )
        self.known.unfinished = 2

    @rule()
    @precondition(lambda self: not self.closed and self.known.unfinished)
    def finish_an_action(self) -> None:
        left = Action.objects.filter(done_at__isnull=True, who="landlord").order_by("pk")[0]
        with clock_at(self.now):
            finish_action(left, outcome="Done", done_at=self.now, by=self.member.actor())
        self.known.unfinished -= 1

    @rule(data=st.data())
    @precondition(lambda self: not self.closed)
    def close(self, data: st.DataObject) -> None:
        ground = data.draw(st.sampled_from(self.grounds))
        left_out = data.draw(st.sets(st.sampled_from(self.questions), max_size=1))
        no = data.draw(st.sets(st.sampled_from(self.questions), max_size=1))
        details = {key: self._answer(key, key in no) for key in self.questions if key not in left_out}
        allowed = self.may_close(self.known, ground, details, self.now.date())
        before = self._everything()
        with clock_at(self.now):
            try:
                close_case(self._fresh(), ground=ground, reason="It is over", details=details, by=BY)
            except GateRefused:
                self.closed = False
                assert self._everything() == before
            else:
                self.closed = True
        assert self.closed == allowed, (ground, details, self.known)

    @staticmethod
    def _answer(key: str, no: bool) -> bool | str:
        if key in WRITTEN:
            return " " if no else "Said so"
        return not no

    @rule()
    @precondition(lambda self: self.closed)
    def reopen(self) -> None:
        self.now += timedelta(minutes=1)
        with clock_at(self.now):
            reopen_case(self._fresh(), reason="It began again", by=BY)
        self.closed = False
        self.known.reopened(self.now)

    @invariant()
    def it_is_closed_only_by_closing(self) -> None:
        assert (self._fresh().status == "closed") == self.closed

    def _plans(self) -> bool:
        return self._fresh().plans.exists()

    def _fresh(self) -> Case:
        return Case.objects.select_related("team", "policy").get(pk=self.case.pk)

    def _everything(self) -> tuple[object, ...]:
        return (
            self._fresh().status,
            Event.objects.count(),
            Mailing.objects.count(),
            self.case.deadlines.filter(state="running").count(),
        )


@pytest.mark.django_db
@pytest.mark.parametrize("landlord", LANDLORDS)
def test_a_case_closes_exactly_when_the_policy_lets_it(landlord: str) -> None:
    load(landlord)
    ClosingOfACase.landlord = landlord
    ClosingOfACase.landlord_id = Landlord.objects.get(key=landlord).pk
    run_state_machine_as_test(
        ClosingOfACase,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.data_too_large,
                HealthCheck.filter_too_much,
            ],
        ),
    )
