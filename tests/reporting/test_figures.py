"""Met in time: which promises count, in which month, and how they are told."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.choices import ContactMeans, ContactOutcome
from cases.models import Breach, Deadline
from cases.services.misses import confirm_met, explain_miss
from cases.services.working import ContactDetails, record_contact
from cases.sweep import sweep_landlord
from landlords.permissions import Role
from policies.schema import Policy
from policies.selectors import policy_of
from reporting.figures import Figure, Line, met_in_time
from reporting.reach import Reach, reach_of
from tests.factories.world import NOON, Side, report
from timeline.clock import clock_at

DUE = datetime.datetime(2026, 11, 17, 23, 59, 59, tzinfo=datetime.UTC)
LATER = datetime.datetime(2026, 11, 18, 9, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
NONE = Figure()


@pytest.fixture
def policy(here: Side) -> Policy:
    return policy_of(here.case.policy)


def reach(here: Side, role: str = Role.AUDITOR) -> Reach:
    return reach_of(here.actor(role))


def speak(here: Side, at: datetime.datetime) -> None:
    details = ContactDetails(
        person_id=here.complainant.pk,
        means=ContactMeans.TELEPHONE,
        outcome=ContactOutcome.SPOKE,
        occurred_at=at,
        late_reason="Out on visits since",
    )
    record_contact(here.case, details, by=here.actor())


def noise_line(here: Side, policy: Policy) -> Line:
    """The figures of Category B: one first contact, due at the end of Tuesday 17 November."""
    lines = {line.label: line for line in met_in_time(reach(here), policy).by_level}
    return lines.get("Category B", Line("Category B", NONE, NONE))


def noise_breach() -> Breach:
    return Breach.objects.get(deadline__case__level="b")


def test_what_runs_in_time_is_not_counted(here: Side, policy: Policy) -> None:
    with clock_at(DUE + SECOND - datetime.timedelta(microseconds=1)):
        assert noise_line(here, policy).this == NONE


def test_what_has_run_out_is_missed_before_any_sweep(here: Side, policy: Policy) -> None:
    with clock_at(DUE + SECOND):
        assert noise_line(here, policy).this == Figure(missed=1)


def test_kept_in_time_is_met(here: Side, policy: Policy) -> None:
    speak(here, NOON)
    assert noise_line(here, policy).this == Figure(met=1)


@pytest.mark.parametrize("swept", [True, False])
def test_kept_late_is_missed(here: Side, policy: Policy, swept: bool) -> None:
    with clock_at(LATER):
        if swept:
            sweep_landlord(here.landlord.pk)
        speak(here, LATER)
        assert noise_line(here, policy).this == Figure(missed=1)


def test_explained_is_still_missed(here: Side, policy: Policy) -> None:
    with clock_at(LATER):
        sweep_landlord(here.landlord.pk)
        explain_miss(noise_breach(), reason="our_failure", explanation="Away", by=here.actor())
        assert noise_line(here, policy).this == Figure(missed=1, explained=1)


def test_recorded_late_counts_as_met_only_once_confirmed(here: Side, policy: Policy) -> None:
    with clock_at(LATER):
        sweep_landlord(here.landlord.pk)
        speak(here, NOON)
        assert noise_line(here, policy).this == Figure(missed=1)
        confirm_met(noise_breach(), by=here.actor(Role.MANAGER))
        assert noise_line(here, policy).this == Figure(met=1)


def test_what_was_replaced_or_impossible_is_not_counted(here: Side, policy: Policy) -> None:
    with clock_at(LATER):
        for state in ("withdrawn", "impossible"):
            Deadline.objects.filter(kind="initial_contact").update(state=state)
            assert met_in_time(reach(here), policy).whole == Line("", NONE, NONE)


def test_a_miss_stays_although_the_clock_was_replaced(here: Side, policy: Policy) -> None:
    with clock_at(LATER):
        sweep_landlord(here.landlord.pk)
        Deadline.objects.filter(case=here.case).update(state="withdrawn")
        assert noise_line(here, policy).this == Figure(missed=1)


def test_reminders_are_never_counted(here: Side, policy: Policy) -> None:
    with clock_at(LATER):
        Deadline.objects.update(basis="reminder")
        assert met_in_time(reach(here), policy).whole == Line("", NONE, NONE)


def test_a_promise_belongs_to_the_month_it_fell_due_in_london(here: Side, policy: Policy) -> None:
    """Midnight of 1 June in London is 11pm of 31 May in UTC."""
    due = datetime.datetime(2026, 5, 31, 23, 0, tzinfo=datetime.UTC)
    found = Deadline.objects.filter(case=here.case, kind="initial_contact")
    for moved, expected in ((due, (1, 0)), (due - SECOND, (0, 1))):
        found.update(due_at=moved, start_at=moved)
        with clock_at(datetime.datetime(2026, 6, 10, tzinfo=datetime.UTC)):
            line = noise_line(here, policy)
        assert (line.this.missed, line.last.missed) == expected


def test_every_division_adds_up_to_the_whole(here: Side, policy: Policy) -> None:
    report(here, "animal_nuisance")
    with clock_at(LATER):
        figures = met_in_time(reach(here), policy)
    assert figures.whole == Line("", Figure(missed=3), NONE)
    assert figures.by_kind == [Line("Make first contact", Figure(missed=3), NONE)]
    assert figures.by_level == [
        Line("Category A", Figure(missed=1), NONE),
        Line("Category B", Figure(missed=2), NONE),
    ]
    assert figures.by_team == [
        Line("Neighbourhood team", Figure(missed=2), NONE),
        Line("Tenancy Enforcement team", Figure(missed=1), NONE),
    ]


def test_it_is_one_query_however_much_there_is(here: Side, policy: Policy) -> None:
    for reports in (0, 2):
        for _ in range(reports):
            report(here, "noise")
        with (
            clock_at(LATER),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            met_in_time(reach(here), policy)
        assert len(queries) == 1


@pytest.mark.parametrize(
    ("figure", "percent"),
    [
        (Figure(met=74, missed=5), 94),
        (Figure(met=1, missed=1), 50),
        (Figure(met=999, missed=1), 99),
        (Figure(met=1, missed=999), 1),
        (Figure(met=3), 100),
        (Figure(missed=3), 0),
        (Figure(), None),
    ],
)
def test_a_percentage_never_hides_a_miss(figure: Figure, percent: int | None) -> None:
    assert figure.percent == percent
