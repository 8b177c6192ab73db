"""Whatever happens to a case, in whatever order, its clocks agree with an oracle that counts days one by one
(decisions 10 to 14).

The sweep comes at any moment, or long after everything it should have seen; whatever is done to a case first finds
what it would have found.
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

from cases.models import Breach, Case, Deadline, Person
from cases.services.categorising import recategorise
from cases.services.closing import close_case, reopen_case
from cases.services.misses import explain_miss
from cases.services.people import Told
from cases.services.working import ContactDetails, record_contact
from cases.sweep import sweep_landlord
from landlords.models import Landlord
from tests.cases.clock_oracle import PLUS_DANE, VIVID, Oracle, Terms
from tests.factories.policies import load
from tests.factories.stage import set_gates_aside
from tests.factories.world import NOON, Side
from timeline.actors import system
from timeline.clock import clock_at
from timeline.models import Notification
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report

BY = system("Tests")
KINDS = ("initial_contact", "contact_update")
BEGINNINGS = [
    datetime(2026, 11, 16, 10, 0, tzinfo=UTC),  # an ordinary Monday
    datetime(2026, 12, 23, 16, 30, tzinfo=UTC),  # two days before Christmas
    datetime(2027, 3, 25, 23, 30, tzinfo=UTC),  # before Easter, and before the clocks go forward
    datetime(2027, 5, 28, 23, 15, tzinfo=UTC),  # already Saturday in London, before a bank holiday
]
PASSING = st.one_of(st.integers(1, 240), st.integers(240, 80 * 60)).map(
    lambda minutes: timedelta(minutes=minutes)
)
AGO = st.one_of(st.just(0), st.integers(0, 600), st.integers(600, 9 * 24 * 60)).map(
    lambda minutes: timedelta(minutes=minutes)
)


class ClocksOfACase(RuleBasedStateMachine):
    """One case with one complainant; ``now`` only goes forward."""

    terms: Terms
    landlord_id: int
    case: Case
    person: Person
    oracle: Oracle
    now: datetime

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[int] = set()
        self.undo = ExitStack()
        self.undo.enter_context(transaction.atomic())
        self.undo.callback(transaction.set_rollback, True)
        self.undo.enter_context(landlord_scope(self.landlord_id))

    def teardown(self) -> None:
        self.undo.close()

    @initialize(at=st.sampled_from(BEGINNINGS))
    def open_a_case(self, at: datetime) -> None:
        self.now = at
        case = self._submit(Told(name="Amina Example", phone="07700 900123"), at)
        assert case is not None
        self.case, self.person = case, case.parties.get(role="complainant").person
        self.oracle = Oracle(self.terms, self.terms.opens_at)
        self.oracle.report(at)

    def _submit(self, reporter: Told, received: datetime, join: Case | None = None) -> Case | None:
        facts = Facts(
            received_at=received,
            behaviours=("noise",),
            channel="telephone",
            reporter="tenant",
            respondent="tenant",
        )
        told = Submission(
            facts, description="Loud", reporter=reporter, late_entry_reason="The system was away"
        )
        with clock_at(self.now):
            return submit_report(told, by=BY, join=join).case

    @rule(passing=PASSING)
    def time_passes(self, passing: timedelta) -> None:
        self.now += passing

    @rule(seconds=st.sampled_from([-1, 0, 1]))
    @precondition(lambda self: self._next_due() is not None)
    def time_passes_to_a_due_second(self, seconds: int) -> None:
        due = self._next_due()
        assert due is not None
        self.now = due + timedelta(seconds=seconds)

    def _next_due(self) -> datetime | None:
        ahead = [
            one.due for one in self.oracle.promises if one.due and one.due > self.now + timedelta(seconds=1)
        ]
        return min(ahead, default=None)

    @rule()
    def sweep(self) -> None:
        with clock_at(self.now):
            sweep_landlord(self.landlord_id)
        self.oracle.sweep(self.now)

    @rule(ago=AGO)
    @precondition(lambda self: self.oracle.is_open)
    def another_report(self, ago: timedelta) -> None:
        self._submit(Told(person_id=self.person.pk), self.now - ago, join=self._fresh())
        self.oracle.sweep(self.now)
        self.oracle.report(self.now - ago)

    @rule(
        ago=AGO, outcome=st.sampled_from(["spoke", "visit_met"]), agreed=st.sampled_from([None, None, 3, 14])
    )
    @precondition(lambda self: self.oracle.is_open)
    def speak(self, ago: timedelta, outcome: str, agreed: int | None) -> None:
        at = self.now - ago
        self._record(outcome, at, agreed)
        self.oracle.contact(at, agreed)

    @rule(ago=AGO, outcome=st.sampled_from(["no_answer", "message_left", "letter_sent", "visit_no_answer"]))
    @precondition(lambda self: self.oracle.is_open)
    def try_to_speak(self, ago: timedelta, outcome: str) -> None:
        self._record(outcome, self.now - ago, None)

    def _record(self, outcome: str, at: datetime, agreed: int | None) -> None:
        details = ContactDetails(
            self.person.pk, "telephone", outcome, at, agreed_every_days=agreed, late_reason="Held up"
        )
        with clock_at(self.now):
            record_contact(self._fresh(), details, by=BY)
        self.oracle.sweep(self.now)

    @rule(choice=st.integers(1, 2))
    @precondition(lambda self: self.oracle.is_open)
    def change_the_level(self, choice: int) -> None:
        levels = list(self.terms.levels)
        level = levels[(levels.index(self.oracle.level) + choice) % len(levels)]
        if level != self.oracle.level:
            with clock_at(self.now):
                recategorise(self._fresh(), level=level, reason="We know more now", by=BY)
            self.oracle.sweep(self.now)
            self.oracle.recategorise(level, self.now)

    @rule()
    @precondition(lambda self: self._unexplained() is not None)
    def explain(self) -> None:
        breach = self._unexplained()
        assert breach is not None
        with clock_at(self.now):
            explain_miss(breach, reason="our_failure", explanation="We forgot.", by=BY)
        self.oracle.sweep(self.now)

    def _unexplained(self) -> Breach | None:
        return Breach.objects.filter(explained_at__isnull=True).order_by("pk").first()

    @rule()
    @precondition(lambda self: self.oracle.is_open)
    def close(self) -> None:
        with clock_at(self.now):
            set_gates_aside(self._fresh())
            close_case(self._fresh(), ground="resolved", reason="It has stopped", by=BY)
        self.oracle.sweep(self.now)
        self.oracle.close(self.now)

    @rule()
    @precondition(lambda self: not self.oracle.is_open)
    def reopen(self) -> None:
        with clock_at(self.now):
            reopen_case(self._fresh(), reason="It began again", by=BY)
        self.oracle.sweep(self.now)
        self.oracle.reopen(self.now)

    def _fresh(self) -> Case:
        return Case.objects.get(pk=self.case.pk)

    @invariant()
    def clocks_agree(self) -> None:
        kept = Deadline.objects.filter(case=self.case, kind__in=KINDS).prefetch_related("breaches")
        assert sorted(map(_kept, kept)) == sorted(self._expected())

    def _expected(self) -> list[tuple[str, ...]]:
        return [
            _line(
                one.kind,
                one.state,
                one.start,
                one.due,
                one.met_at,
                one.due if one.missed else None,
                one.recorded_late,
            )
            for one in self.oracle.promises
        ]

    @invariant()
    def the_next_contact_agrees(self) -> None:
        kept = Deadline.objects.filter(kind="contact_update", state="running", breached_at__isnull=True)
        expected = [one.due for one in self.oracle.running("contact_update") if not one.missed]
        assert list(kept.values_list("due_at", flat=True)) == expected
        assert len(expected) <= 1

    @invariant()
    def misses_stay_and_are_single(self) -> None:
        kept = {
            pk: (clock, due) for pk, clock, due in Breach.objects.values_list("pk", "deadline_id", "due_at")
        }
        assert self.seen - kept.keys() == set()
        assert len(set(kept.values())) == len(kept)
        assert len(kept) == sum(one.missed for one in self.oracle.promises)
        self.seen = set(kept)

    @invariant()
    def each_miss_the_sweep_found_was_told_once(self) -> None:
        assert Notification.objects.filter(kind="missed").count() == self.oracle.found_by_sweep


def _kept(deadline: Deadline) -> tuple[str, ...]:
    late = [breach.recorded_late_at is not None for breach in deadline.breaches.all()]
    return _line(
        deadline.kind,
        deadline.state,
        deadline.start_at,
        deadline.due_at,
        deadline.met_at,
        deadline.breached_at,
        late == [True],
    )


def _line(*parts: str | bool | datetime | None) -> tuple[str, ...]:
    return tuple(str(part) for part in parts)


@pytest.mark.django_db
@pytest.mark.parametrize("terms", [VIVID, PLUS_DANE], ids=lambda terms: terms.landlord)
def test_the_clocks_agree_with_the_oracle(terms: Terms) -> None:
    load(terms.landlord)
    ClocksOfACase.terms = terms
    ClocksOfACase.landlord_id = Landlord.objects.get(key=terms.landlord).pk
    run_state_machine_as_test(
        ClocksOfACase,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


END_OF_MONDAY = datetime(2026, 11, 16, 23, 59, 59, tzinfo=UTC)
END_OF_TUESDAY = END_OF_MONDAY + timedelta(days=1)
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def missed(here: Side, kind: str) -> list[datetime]:
    found = Breach.objects.filter(deadline__case=here.case, deadline__kind=kind)
    return list(found.order_by("due_at").values_list("due_at", flat=True))


def test_closing_does_not_hide_a_miss_that_no_sweep_has_seen(here: Side) -> None:
    with clock_at(WEDNESDAY):
        close_case(here.case, ground="resolved", reason="It has stopped", by=BY)
        sweep_landlord(here.landlord.pk)
    assert missed(here, "initial_contact") == [END_OF_TUESDAY]


def test_a_lower_level_does_not_hide_a_miss_that_no_sweep_has_seen(here: Side) -> None:
    recategorise(here.case, level="a", reason="Threats now", by=BY)
    with clock_at(END_OF_MONDAY + timedelta(seconds=1)):
        recategorise(here.case, level="b", reason="No threat after all", by=BY)
        sweep_landlord(here.landlord.pk)
    assert missed(here, "initial_contact") == [END_OF_MONDAY]


def test_a_higher_level_owes_contact_anew_whether_or_not_the_miss_was_seen(here: Side) -> None:
    with clock_at(WEDNESDAY):
        recategorise(here.case, level="a", reason="Threats now", by=BY)
    with clock_at(WEDNESDAY + timedelta(days=1)):
        sweep_landlord(here.landlord.pk)
    assert missed(here, "initial_contact") == [END_OF_TUESDAY, END_OF_TUESDAY + timedelta(days=1)]


def test_each_interval_counts_where_somebody_speaks_before_the_sweep(here: Side) -> None:
    record_contact(here.case, ContactDetails(here.complainant.pk, "telephone", "spoke", NOON), by=BY)
    later = NOON + timedelta(days=24)
    with clock_at(later):
        record_contact(here.case, ContactDetails(here.complainant.pk, "telephone", "spoke", later), by=BY)
        sweep_landlord(here.landlord.pk)
    weeks = [END_OF_MONDAY + timedelta(weeks=week) for week in (1, 2, 3)]
    assert missed(here, "contact_update") == weeks
