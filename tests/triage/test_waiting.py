"""Reports that wait: nothing goes away until a named person has said so, with a reason."""

import datetime
import html
import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from cases.models import Case, Deadline
from landlords.permissions import Role
from tests.factories.world import MONDAY, NOON, World, report
from timeline.clock import clock_at
from timeline.scope import landlord_scope
from triage.models import Proposal
from triage.staff.selectors import undecided

REASON = "The people next door own their home; the council can help them."


def words(response: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def errors(response: Any) -> list[str]:
    summary = re.search(r"govuk-error-summary__list\">(.*?)</ul>", response.content.decode(), re.DOTALL)
    return re.findall(r"<li>(?:<a[^>]*>)?([^<]+)", summary[1]) if summary else []


def proposal_of(world: World) -> Proposal:
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        return Proposal.objects.get(pk=world.here.proposal.pk)


def address(world: World) -> str:
    return f"/desk/waiting/{world.here.proposal.report.reference}/"


def make_secret(world: World) -> None:
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        Proposal.objects.filter(pk=world.here.proposal.pk).update(restricted=True)


@pytest.fixture
def officer(world: World) -> Client:
    return world.here.sign_in(Client())


def test_the_list_says_what_is_proposed_and_how_long_it_waits(world: World, officer: Client) -> None:
    reference = world.here.proposal.report.reference
    row = f"Noise, 16 Larkspur Court {reference} Outside this policy Neighbourhood team Mon 16 Nov"
    assert f"{row} Tomorrow by the end of Tue 17 Nov" in words(officer.get("/desk/waiting/"))
    with clock_at(NOON + datetime.timedelta(days=3)):
        assert f"{row} Not done, 3 days" in words(officer.get("/desk/waiting/"))


def test_the_oldest_comes_first(world: World, officer: Client) -> None:
    with (
        clock_at(MONDAY + datetime.timedelta(hours=1)),
        transaction.atomic(),
        landlord_scope(world.here.landlord.pk),
    ):
        newer = report(world.here, "parking").report.reference
    content = officer.get("/desk/waiting/").content.decode()
    assert re.findall(r'href="/desk/waiting/([^/"]+)/"', content) == [
        world.here.proposal.report.reference,
        newer,
    ]


def test_the_page_shows_what_was_told_and_why(world: World, officer: Client) -> None:
    page = words(officer.get(address(world)))
    for part in (
        "It happened again Larkspur",
        "Dale Larkspur 18 Larkspur Court Private home",
        "Amina Larkspur 07700 900123 amina@larkspur.example Not a customer",
        "Monday 16 November 2026, 10am, Telephone",
        "The alleged perpetrator is not our customer or a visitor to our properties. 4.1 no-action list",
        "This is our own reminder, not a promise; nobody has been told anything yet.",
    ):
        assert part in page, part


def test_confirming_the_proposal_needs_a_reason(world: World, officer: Client) -> None:
    response = officer.post(address(world), {"route": "out_of_scope", "reason": " "})
    assert errors(response) == ["Say why, as you would explain it to the person who reported it."]
    assert proposal_of(world).decided_at is None
    officer.post(address(world), {"route": "out_of_scope", "reason": REASON})
    decided = proposal_of(world)
    assert (decided.decided_route, decided.decided_by, decided.reason, decided.decided_at) == (
        "out_of_scope",
        "Officer Larkspur",
        REASON,
        NOON,
    )
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        [reminder] = Deadline.objects.filter(report_id=decided.report_id, kind="triage_decision")
        assert (reminder.state, reminder.met_at) == ("met", NOON)
        assert undecided(world.here.actor()).count() == 0


@pytest.mark.parametrize(("level", "opened_as"), [("b", "b"), ("a", "a"), ("", "b")])
def test_opening_a_case_counts_from_when_it_was_received(
    world: World, officer: Client, level: str, opened_as: str
) -> None:
    response = officer.post(address(world), {"route": "asb", "level": level, "reason": REASON})
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        case = Case.objects.get(incidents__report=world.here.proposal.report)
        [first] = Deadline.objects.filter(case=case, kind="initial_contact")
    assert response.headers["Location"] == f"/desk/cases/{case.reference}/"
    assert (case.level, first.start_at) == (opened_as, MONDAY)


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ({}, ["Choose what becomes of the report"]),
        (
            {"route": "prison", "reason": REASON},
            ["Select a valid choice. prison is not one of the available choices."],
        ),
        (
            {"route": "asb", "level": "z", "reason": REASON},
            ["Select a valid choice. z is not one of the available choices."],
        ),
    ],
)
def test_a_decision_that_is_none_changes_nothing(
    world: World, officer: Client, posted: dict[str, Any], told: list[str]
) -> None:
    response = officer.post(address(world), posted)
    assert errors(response) == told
    assert proposal_of(world).decided_at is None


def test_the_second_to_decide_is_told_who_was_first(world: World, officer: Client) -> None:
    page = officer.get(address(world))
    assert page.status_code == 200
    manager = world.here.sign_in(Client(), Role.MANAGER)
    manager.post(address(world), {"route": "refer", "reason": "The council"})
    response = officer.post(address(world), {"route": "asb", "reason": REASON})
    assert "Manager Larkspur has already decided this report." in words(response)
    assert REASON in words(response)
    assert proposal_of(world).decided_route == "refer"
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        assert Case.objects.filter(incidents__report=world.here.proposal.report).count() == 0


def test_a_decided_report_shows_the_decision(world: World, officer: Client) -> None:
    officer.post(address(world), {"route": "refer", "reason": REASON})
    page = words(officer.get(address(world)))
    assert f"Refer to another agency Officer Larkspur, Monday 16 November 2026 at 12 noon {REASON}" in page
    assert "Save the decision" not in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 404),
        (Role.SPECIALIST, 200),
        (Role.MANAGER, 200),
        (Role.ADVISER, 403),
        (Role.AUDITOR, 403),
    ],
)
def test_domestic_abuse_waits_only_for_those_who_deal_with_it(world: World, role: str, status: int) -> None:
    make_secret(world)
    client = world.here.sign_in(Client(), role)
    assert client.get(address(world)).status_code == status
    shown = client.get("/desk/waiting/")
    assert (world.here.proposal.report.reference in shown.content.decode()) == (status == 200)


def test_what_is_hidden_cannot_be_decided_either(world: World, officer: Client) -> None:
    make_secret(world)
    assert officer.post(address(world), {"route": "not_asb", "reason": REASON}).status_code == 404
    assert proposal_of(world).decided_at is None


def test_another_landlords_report_does_not_exist(world: World) -> None:
    stranger = world.there.sign_in(Client())
    assert stranger.get(address(world)).status_code == 404
    assert stranger.post(address(world), {"route": "not_asb", "reason": REASON}).status_code == 404
    assert proposal_of(world).decided_at is None


def test_nothing_to_decide_says_so(world: World, officer: Client) -> None:
    officer.post(address(world), {"route": "refer", "reason": REASON})
    assert "No report waits for a decision." in words(officer.get("/desk/waiting/"))


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_takes_the_same_queries_however_long(
    world: World, officer: Client, django_assert_num_queries: Any, more: int
) -> None:
    with clock_at(MONDAY), transaction.atomic(), landlord_scope(world.here.landlord.pk):
        for _ in range(more):
            report(world.here, "parking")
    officer.get("/desk/waiting/")
    with django_assert_num_queries(12):
        content = officer.get("/desk/waiting/").content.decode()
    assert content.count('<th scope="row">') == 1 + more
