"""What a manager asks first, for whom it counts, and which cases it names."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.choices import ContactMeans, ContactOutcome
from cases.services.categorising import reassign
from cases.services.working import ContactDetails, record_contact
from cases.sweep import sweep_landlord
from landlords.models import Membership, Team
from landlords.permissions import Role
from policies.calendars import WorkingCalendar
from policies.selectors import policy_of
from reporting.reach import Reach, reach_of
from reporting.selectors import (
    MOST_SHOWN,
    Counts,
    mail_in_doubt,
    misses_to_confirm,
    misses_to_explain,
    standing,
)
from tests.factories.world import NOON, Side, report
from timeline.clock import clock_at
from timeline.models import EmailState, Notification

LATER = datetime.datetime(2026, 11, 18, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def calendar(here: Side) -> WorkingCalendar:
    return policy_of(here.case.policy).calendar


def reach(here: Side, role: str = Role.MANAGER, *, team: str = "") -> Reach:
    if team:
        member = here.members[role]
        member.team = Team.objects.get(key=team)
        member.save(update_fields=["team"])
    return reach_of(Membership.objects.get(pk=here.members[role].pk).actor())


def spoke_at_noon(here: Side) -> None:
    details = ContactDetails(
        person_id=here.complainant.pk,
        means=ContactMeans.TELEPHONE,
        outcome=ContactOutcome.SPOKE,
        occurred_at=NOON,
        late_reason="Out on visits since",
    )
    record_contact(here.case, details, by=here.actor())


def test_monday_at_noon(here: Side, calendar: WorkingCalendar) -> None:
    """Domestic abuse is due today, noise tomorrow; one report waits."""
    assert standing(reach(here), calendar).counts == Counts(
        missed=0, to_explain=0, today=1, soon=1, to_decide=1, open_cases=2
    )


def test_a_miss_counts_before_and_after_the_sweep(here: Side, calendar: WorkingCalendar) -> None:
    expected = Counts(missed=2, to_explain=2, today=0, soon=0, to_decide=1, open_cases=2)
    with clock_at(LATER):
        assert standing(reach(here), calendar).counts == expected
        sweep_landlord(here.landlord.pk)
        assert standing(reach(here), calendar).counts == expected


def test_done_late_is_still_to_explain(here: Side, calendar: WorkingCalendar) -> None:
    with clock_at(LATER):
        sweep_landlord(here.landlord.pk)
        details = ContactDetails(
            person_id=here.complainant.pk,
            means=ContactMeans.TELEPHONE,
            outcome=ContactOutcome.SPOKE,
            occurred_at=LATER,
        )
        record_contact(here.case, details, by=here.actor())
        found = standing(reach(here), calendar).counts
    assert (found.missed, found.to_explain) == (1, 2)


def test_recorded_late_waits_for_a_manager_and_not_for_an_explanation(
    here: Side, calendar: WorkingCalendar
) -> None:
    with clock_at(LATER):
        sweep_landlord(here.landlord.pk)
        spoke_at_noon(here)
        found = standing(reach(here), calendar).counts
        late = misses_to_confirm(reach(here))
        open_misses = misses_to_explain(reach(here))
    assert [one.case for one in late.rows] == [here.case]
    assert [one.case for one in open_misses.rows] == [here.restricted_case]
    assert (late.total, found.to_explain) == (1, 1)


@pytest.mark.parametrize(
    ("team", "expected"),
    [
        ("neighbourhood", Counts(missed=1, to_explain=1, today=0, soon=0, to_decide=1, open_cases=1)),
        ("tenancy_enforcement", Counts(missed=1, to_explain=1, today=0, soon=0, to_decide=0, open_cases=1)),
    ],
)
def test_a_manager_of_a_team_sees_that_team(
    here: Side, calendar: WorkingCalendar, team: str, expected: Counts
) -> None:
    with clock_at(LATER):
        assert standing(reach(here, team=team), calendar).counts == expected


def test_restricted_cases_are_counted_and_not_named(here: Side) -> None:
    with clock_at(LATER):
        sweep_landlord(here.landlord.pk)
        found = misses_to_explain(reach(here, Role.AUDITOR))
    assert [one.case for one in found.rows] == [here.case]
    assert (found.total, found.hidden) == (2, 1)


def test_an_administrator_is_named_no_case(here: Side) -> None:
    with clock_at(LATER):
        sweep_landlord(here.landlord.pk)
        found = misses_to_explain(reach(here, Role.ADMINISTRATOR))
    assert (found.rows, found.total, found.hidden) == ([], 2, 0)


def test_the_oldest_are_shown_and_the_rest_counted(here: Side) -> None:
    for _ in range(MOST_SHOWN):
        report(here, "noise")
    with clock_at(LATER):
        sweep_landlord(here.landlord.pk)
        found = misses_to_explain(reach(here, Role.AUDITOR))
    assert (len(found.rows), found.hidden) == (MOST_SHOWN, 1)


def test_workload_is_by_officer_and_last_what_nobody_has(here: Side, calendar: WorkingCalendar) -> None:
    officer = here.members[Role.OFFICER]
    reassign(here.case, owner=officer, reason="Hers", by=here.actor(Role.MANAGER))
    loads = standing(reach(here), calendar).loads
    assert [(one.officer, one.open_cases, one.missed, one.soon, one.later) for one in loads] == [
        (officer, 1, 0, 1, 0),
        (None, 1, 0, 1, 0),
    ]
    with clock_at(LATER):
        assert [one.missed for one in standing(reach(here), calendar).loads] == [1, 1]


def test_the_queries_do_not_grow(here: Side, calendar: WorkingCalendar) -> None:
    found = []
    for more in (0, 2):
        for _ in range(more):
            report(here, "noise")
        with clock_at(LATER):
            sweep_landlord(here.landlord.pk)
            with CaptureQueriesContext(connection) as queries:
                standing(reach_of(here.actor(Role.AUDITOR)), calendar)
                misses_to_explain(reach_of(here.actor(Role.AUDITOR)))
                misses_to_confirm(reach_of(here.actor(Role.AUDITOR)))
        found.append(len(queries))
    assert found == [7, 7]


def test_mail_in_doubt_is_counted_while_nobody_has_seen_it(here: Side) -> None:
    with clock_at(LATER):
        sweep_landlord(here.landlord.pk)
        assert mail_in_doubt() == 0
        Notification.objects.update(email_state=EmailState.IN_DOUBT)
        everything = Notification.objects.count()
        assert mail_in_doubt() == everything
        Notification.objects.filter(pk=Notification.objects.earliest("pk").pk).update(read_at=LATER)
        assert mail_in_doubt() == everything - 1
    with clock_at(LATER + datetime.timedelta(days=8)):
        assert mail_in_doubt() == 0
