"""My work as its reader sees it."""

import datetime
from typing import get_args

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Person
from cases.pages.duties import TASKS
from cases.schema import Kind
from cases.services.categorising import reassign
from cases.services.working import ContactDetails, record_contact
from cases.sweep import sweep_landlord
from landlords.permissions import Role
from tests.cases.pages import words
from tests.factories.world import MONDAY, Side, report
from timeline.clock import clock_at

DAY = datetime.timedelta(days=1)
THURSDAY = MONDAY + 3 * DAY


def give(here: Side) -> None:
    reassign(here.case, owner=here.members[Role.OFFICER], reason="Yours", by=here.actor(Role.MANAGER))


def desk(here: Side, client: Client, query: str = "", role: str = Role.OFFICER) -> str:
    response = here.sign_in(client, role).get(reverse("my-work") + query)
    assert response.status_code == 200
    return words(response)


def test_a_missed_promise_says_by_how_much_what_to_do_and_that_an_attempt_is_not_contact(
    here: Side, client: Client
) -> None:
    give(here)
    tried = ContactDetails(
        here.complainant.pk, "telephone", "no_answer", MONDAY + datetime.timedelta(hours=1)
    )
    record_contact(here.case, tried, by=here.actor())
    with clock_at(THURSDAY):
        sweep_landlord(here.landlord.pk)
        page = desk(here, client)
    assert "First: Make first contact with Amina Larkspur . Missed by 2 working days." in page
    assert "Missed by 2 working days was due Tue 17 Nov" in page
    assert "1 attempt, no answer. An attempt is not contact · 4.3 Category B" in page
    assert f"Noise, 16 Larkspur Court {here.case.reference} · Category B" in page
    with clock_at(THURSDAY):
        spoke = ContactDetails(here.complainant.pk, "telephone", "spoke", THURSDAY)
        record_contact(here.case, spoke, by=here.actor())
        page = desk(here, client)
    assert "First: Explain the miss: Make first contact: Amina Larkspur . Missed by 2 working days." in page


def test_every_kind_of_duty_says_what_to_do() -> None:
    assert set(TASKS) == set(get_args(Kind))


def test_a_reminder_is_dashed_dated_and_never_counted(here: Side, client: Client) -> None:
    with clock_at(THURSDAY):
        page = desk(here, client)
    assert "0 Missed 0 Due today" in page
    assert "Reminders past their day 1 reminder Not done, 2 days was for Tue 17 Nov" in page
    assert (
        reverse("waiting-report", args=[here.proposal.report.reference])
        in client.get("/desk/").content.decode()
    )


def test_the_row_shows_the_safe_way_to_reach_the_person(here: Side, client: Client) -> None:
    give(here)
    Person.objects.filter(pk=here.complainant.pk).update(safe_contact="text", safe_contact_note="After 2pm")
    assert "Tomorrow by the end of Tue 17 Nov Make first contact" in desk(here, client)
    assert "After 2pm · 4.3 Category B Noise, 16 Larkspur Court" in desk(here, client)
    assert "Category B Text only Record contact" in desk(here, client)


def test_the_action_records_contact_with_that_person(here: Side, client: Client) -> None:
    give(here)
    page = here.sign_in(client).get(reverse("my-work")).content.decode()
    target = f"{reverse('record-contact', args=[here.case.reference])}?with={here.complainant.key}"
    assert page.count(f'href="{target}"') == 1


def test_a_manager_is_asked_to_give_a_case_that_nobody_has(here: Side, client: Client) -> None:
    page = desk(here, client, role=Role.MANAGER)
    assert "2 Nobody has them" in page
    assert f"{here.case.reference} · Category B · nobody has this case Give to somebody" in page


def test_the_counts_filter_and_choosing_one_again_shows_everything(here: Side, client: Client) -> None:
    give(here)
    assert "1 Next 2 working days" in desk(here, client)
    assert "Without a time" in desk(here, client, "?show=soon")
    assert "Duties without a time" not in desk(here, client, "?show=soon")
    body = client.get(reverse("my-work") + "?show=soon&kind=initial_contact").content.decode()
    assert 'href="?kind=initial_contact"' in body


@pytest.mark.parametrize(
    "query", ["?show=never&kind=x&level=y&team=z", "?page=0", "?page=-1", "?page=1e9", "?page=²"]
)
def test_what_an_address_holds_beside_the_choices_is_ignored(here: Side, client: Client, query: str) -> None:
    give(here)
    assert "Make first contact with Amina Larkspur" in desk(here, client, query)


def test_nothing_due_says_what_is_true_and_then_the_next_promise(here: Side, client: Client) -> None:
    here.proposal.report.deadlines.update(team=here.restricted_case.team)
    assert "You have no work that is due. No promise with a date is running on a case of yours." in desk(
        here, client
    )
    give(here)
    page = desk(here, client, "?level=a")
    assert "None of your work fits these filters." in page
    assert (
        "Your next promise: Make first contact with Amina Larkspur by the end of Tuesday 17 November" in page
    )


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_those_without_cases_of_their_own_have_no_desk(here: Side, client: Client, role: Role) -> None:
    assert here.sign_in(client, role).get(reverse("my-work")).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_rows(here: Side, client: Client) -> None:
    give(here)
    here.sign_in(client)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("my-work"))
        return len(captured)

    queries()
    assert queries() == 13
    for _ in range(2):
        other = report(here, "noise").case
        assert other is not None
        reassign(other, owner=here.members[Role.OFFICER], reason="Yours", by=here.actor(Role.MANAGER))
    assert queries() == 13
