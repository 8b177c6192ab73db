"""The list of cases: who sees what, filters, search, and pages that stay put."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case, Person
from cases.selectors import listing
from cases.services.categorising import reassign
from cases.services.closing import close_case
from landlords.permissions import Role
from tests.cases.pages import errors, words
from tests.factories.world import MONDAY, Side, World, report
from timeline.clock import clock_at

URL = "/desk/cases/"


def shown(client: Client, **query: str) -> list[str]:
    """The references on the page, in order."""
    response = client.get(URL, query)
    assert response.status_code == 200
    return [row["case"].reference for row in response.context["rows"]]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADVISER, Role.AUDITOR])
def test_a_restricted_case_is_neither_listed_nor_counted(here: Side, client: Client, role: Role) -> None:
    here.sign_in(client, role)
    assert shown(client) == [here.case.reference]
    assert "1 case, newest first." in words(client.get(URL))
    assert shown(client, q="Larkspur") == [here.case.reference]
    assert shown(client, flag="restricted") == []


def test_named_staff_and_managers_see_a_restricted_case(here: Side, client: Client) -> None:
    both = {here.case.reference, here.restricted_case.reference}
    assert set(shown(here.sign_in(client, Role.MANAGER))) == both
    reassign(
        here.restricted_case,
        owner=here.members[Role.SPECIALIST],
        reason="Yours",
        by=here.actor(Role.MANAGER),
    )
    assert set(shown(here.sign_in(client, Role.SPECIALIST))) == both


def test_another_landlords_cases_are_not_there(world: World, client: Client) -> None:
    page = world.here.sign_in(client, Role.MANAGER).get(URL).content.decode()
    assert world.there.case.reference not in page
    assert world.there.canary not in page
    assert shown(client, q=world.there.canary) == []


def test_each_filter(here: Side, client: Client) -> None:
    wednesday = MONDAY + datetime.timedelta(days=2)
    with clock_at(wednesday):
        hate = report(here, "hate_incident", "noise", received_at=wednesday).case
    assert hate is not None
    old, new = here.case.reference, hate.reference
    reassign(hate, owner=here.members[Role.OFFICER], reason="Yours", by=here.actor(Role.MANAGER))
    close_case(here.case, ground="resolved", reason="Quiet", by=here.actor())
    Person.objects.filter(parts__case=hate, parts__role="complainant").update(safe_contact="text")
    here.sign_in(client)
    asked = {
        "": [new, old],
        "state=open": [new],
        "state=closed": [old],
        "state=in_hand": [new],
        "level=a": [new],
        "level=b": [old],
        "team=neighbourhood": [old],
        "officer=nobody": [old],
        f"officer={here.members[Role.OFFICER].key}": [new],
        "behaviour=hate_incident": [new],
        "behaviour=noise": [new, old],
        "flag=hate": [new],
        "flag=contact_safely": [new],
        "opened_from=2026-11-18": [new],
        "opened_to=2026-11-17": [old],
        "opened_from=2026-11-16&opened_to=2026-11-16": [old],
    }
    found = {
        query: [row["case"].reference for row in client.get(f"{URL}?{query}").context["rows"]]
        for query in asked
    }
    assert found == asked


def test_a_date_that_is_none_is_told_and_the_rest_still_filters(here: Side, client: Client) -> None:
    here.sign_in(client)
    response = client.get(URL, {"opened_from": "soon", "state": "closed", "officer": "0"})
    assert errors(response)[-1] == "Opened from must be a date, such as 16/11/2026"
    assert response.context["rows"] == []


@pytest.mark.parametrize("typed", ["amina", "Amina LARKSPUR", "07700 900123", "16 larks", "happened again"])
def test_search_finds_by_name_telephone_address_and_words(here: Side, client: Client, typed: str) -> None:
    assert shown(here.sign_in(client), q=typed) == [here.case.reference]


@pytest.mark.parametrize("typed", ["nobody", "'; drop table", "amina & !foxglove", "%", "((("])
def test_a_search_that_finds_nothing_says_what_to_do(here: Side, client: Client, typed: str) -> None:
    response = here.sign_in(client).get(URL, {"q": typed})
    assert response.status_code == 200
    assert (" Clear " in words(response), " Clear " in words(client.get(URL))) == (True, False)
    assert "No case fits. Search with fewer words or without filters" in words(response)


def test_a_reference_goes_straight_to_the_case_however_it_is_typed(here: Side, client: Client) -> None:
    here.sign_in(client)
    target = reverse("case", args=[here.case.reference])
    lower = here.case.reference.lower().replace("-", " ")
    report_reference = here.submitted.report.reference
    for typed in (here.case.reference, lower, report_reference):
        assert client.get(URL, {"q": typed}).headers["Location"] == target
    waiting = reverse("waiting-report", args=[here.proposal.report.reference])
    assert client.get(URL, {"q": here.proposal.report.reference}).headers["Location"] == waiting


def test_the_reference_of_a_restricted_or_foreign_case_finds_nothing(world: World, client: Client) -> None:
    world.here.sign_in(client)
    for reference in (world.here.restricted_case.reference, world.there.case.reference, "VV-00000-00000"):
        assert shown(client, q=reference) == []


def test_pages_stay_put_while_cases_are_opened(
    here: Side, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    for minute in range(4):
        with clock_at(MONDAY + datetime.timedelta(minutes=minute % 3)):
            case = report(here, "noise").case
        assert case is not None
    references = list(
        Case.objects.filter(restricted=False)
        .order_by("-opened_at", "-id")
        .values_list("reference", flat=True)
    )
    here.sign_in(client)
    first = client.get(URL)
    assert [row["case"].reference for row in first.context["rows"]] == references[:2]
    assert first.context["newer_url"] == ""
    report(here, "noise")
    second = client.get(URL + first.context["older_url"])
    assert [row["case"].reference for row in second.context["rows"]] == references[2:4]
    third = client.get(URL + second.context["older_url"])
    assert [row["case"].reference for row in third.context["rows"]] == references[4:]
    assert third.context["older_url"] == ""
    back = client.get(URL + third.context["newer_url"])
    assert [row["case"].reference for row in back.context["rows"]] == references[2:4]


def test_counting_stops_above_a_thousand(here: Side, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "COUNTED_UP_TO", 1)
    monkeypatch.setattr("cases.pages.views.lists.COUNTED_UP_TO", 1)
    report(here, "noise")
    report(here, "noise")
    response = here.sign_in(client).get(URL)
    assert "1+ cases, newest first." in words(response)
    assert len(response.context["rows"]) == 3


def test_the_number_of_queries_does_not_grow(here: Side, client: Client) -> None:
    here.sign_in(client)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    queries()
    assert queries() == 15
    report(here, "noise")
    report(here, "noise")
    assert queries() == 15


def test_an_administrator_sees_no_cases(here: Side, client: Client) -> None:
    assert here.sign_in(client, Role.ADMINISTRATOR).get(URL).status_code == 403


@pytest.mark.parametrize("year", ["0001", "1999", "9999"])
def test_a_year_nobody_means_is_told_and_not_searched(here: Side, client: Client, year: str) -> None:
    response = here.sign_in(client).get("/desk/cases/", {"opened_to": f"{year}-12-31"})
    assert response.status_code == 200
    assert "The year must be between 2000 and 2100" in response.content.decode()
