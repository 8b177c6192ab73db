"""The manager's overview: who may open it, and what it names to whom."""

import datetime

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Deadline
from cases.sweep import sweep_landlord
from landlords.models import Membership, Team
from landlords.permissions import Role
from tests.factories.world import Side, World, report
from timeline.clock import clock_at
from timeline.models import EmailState, Notification
from timeline.scope import landlord_scope

LATER = datetime.datetime(2026, 11, 18, 9, 0, tzinfo=datetime.UTC)
PAGE = "/desk/overview/"


def page(side: Side, client: Client, role: str, at: datetime.datetime = LATER) -> str:
    """The page after a sweep."""
    with clock_at(at):
        sweep_landlord(side.landlord.pk)
        answer = side.sign_in(client, role).get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def miss_key(side: Side) -> str:
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        return str(Deadline.objects.get(case=side.case, kind="initial_contact").key)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.OFFICER, Role.SPECIALIST])
def test_who_may_not_see_figures_is_told_so(world: World, client: Client, role: str) -> None:
    answer = world.here.sign_in(client, role).get(PAGE)
    assert answer.status_code == 403
    assert world.here.case.reference not in answer.content.decode()


def test_a_manager_sees_each_miss_and_can_have_it_explained(world: World, client: Client) -> None:
    side = world.here
    found = page(side, client, Role.MANAGER)
    assert found.count(f'href="/desk/cases/{side.case.reference}/"') == 1
    assert found.count(f'href="/desk/cases/{side.restricted_case.reference}/"') == 1
    address = f'href="/desk/cases/{side.case.reference}/deadlines/{miss_key(side)}/explain/"'
    assert found.count(address) == 1
    assert found.count("Missed by 1 working day<") == 1
    assert found.count("Missed by 2 working days<") == 1


def test_an_auditor_sees_them_without_the_restricted_one_and_changes_nothing(
    world: World, client: Client
) -> None:
    side = world.here
    found = page(side, client, Role.AUDITOR)
    assert found.count(side.case.reference) == 2
    assert side.restricted_case.reference not in found
    assert found.count("1 of them is on a restricted case that you may not open.") == 1
    assert "/explain/" not in found
    assert 'href="/desk/waiting/"' not in found


def test_an_administrator_sees_figures_and_no_case(world: World, client: Client) -> None:
    side = world.here
    found = page(side, client, Role.ADMINISTRATOR)
    for secret in (
        side.case.reference,
        side.restricted_case.reference,
        "Larkspur Court",
        "/desk/cases/?state",
    ):
        assert secret not in found
    assert 'role="search"' not in found
    assert found.count("You see the figures; managers and auditors see which cases these are.") == 1
    assert found.count("0 of 2") >= 1


def test_a_manager_of_a_team_sees_that_team(world: World, client: Client) -> None:
    side = world.here
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        team = Team.objects.get(key="neighbourhood")
        Membership.objects.filter(pk=side.members[Role.MANAGER].pk).update(team=team)
    found = page(side, client, Role.MANAGER)
    assert "<h1>Overview: Neighbourhood team</h1>" in found
    assert side.restricted_case.reference not in found
    assert found.count("restricted case that you may not open") == 0


def test_nothing_of_another_landlord_shows(world: World, client: Client) -> None:
    assert world.there.canary not in page(world.here, client, Role.MANAGER)


def test_with_nothing_missed_it_says_so(world: World, client: Client) -> None:
    found = world.here.sign_in(client, Role.MANAGER).get(PAGE).content.decode()
    assert found.count("No miss waits for an explanation.") == 1
    assert found.count("No promise has fallen due this month or last.") == 1


def test_mail_in_doubt_is_a_warning(world: World, client: Client) -> None:
    side = world.here
    words = "E-mails of the last 7 days that failed"
    assert words not in page(side, client, Role.MANAGER)
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        Notification.objects.update(email_state=EmailState.IN_DOUBT)
    assert page(side, client, Role.MANAGER).count(words) == 1


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime.datetime(2027, 6, 30, 12, tzinfo=datetime.UTC), 0),
        (datetime.datetime(2027, 7, 1, 12, tzinfo=datetime.UTC), 1),
    ],
)
def test_a_policy_past_its_review_date_is_a_warning(
    world: World, client: Client, at: datetime.datetime, words: int
) -> None:
    """Derby Homes' policy is due for review by 30 June 2027."""
    with clock_at(at):
        found = world.there.sign_in(client, Role.MANAGER).get(PAGE).content.decode()
    assert found.count("Your policy is past its review date, Wednesday 30 June 2027.") == words


@pytest.mark.parametrize(("year", "words"), [(2029, 0), (2030, 1)])
def test_a_calendar_that_runs_out_is_a_warning(world: World, client: Client, year: int, words: int) -> None:
    """Bank holidays are loaded to the end of 2030."""
    with clock_at(datetime.datetime(year, 6, 3, 12, tzinfo=datetime.UTC)):
        found = world.here.sign_in(client, Role.MANAGER).get(PAGE).content.decode()
    assert found.count("Bank holidays are known only until Tuesday 31 December 2030.") == words


def test_the_queries_do_not_grow(world: World, client: Client) -> None:
    side, found = world.here, []
    for more in (1, 2):
        with transaction.atomic(), landlord_scope(side.landlord.pk):
            for _ in range(more):
                report(side, "noise")
        page(side, client, Role.MANAGER)
        with clock_at(LATER), CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        found.append(len(queries))
    assert found == [21, 21]
