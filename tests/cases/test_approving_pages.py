"""Approvals, notices and deviations from their pages."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actionplans.tools.services import use_tool
from cases.models import Approval, Deviation, Notice
from cases.services.approving import approve
from landlords.permissions import Role
from tests.cases.pages import errors, send, words
from tests.factories.desk import Desk, OpenDesk, desks
from tests.factories.world import NOON
from timeline.clock import clock_at


@pytest.fixture(name="open_desk")
def _open_desk(db: None) -> Iterator[OpenDesk]:
    with desks() as opened:
        yield opened


@pytest.fixture
def pfp(open_desk: OpenDesk) -> Desk:
    return open_desk("places-for-people")


def page(name: str, desk: Desk, *keys: Any) -> str:
    return reverse(name, args=[desk.case.reference, *keys])


def test_what_can_be_approved_is_listed_with_whose_it_is(pfp: Desk, client: Client) -> None:
    seen = words(pfp.sign_in(client).get(page("approvals", pfp)))
    assert (
        "Escalation for legal action May this case go to the Tenancy Enforcement Team for legal action? Procedure 3, "
        "Area Manager and Living Plus Service Manager Given by: Area Manager (Neighbourhoods). What it needs and who "
        "may give it : Escalation for legal action Nobody has answered yet."
    ) in seen
    assert "Gates set aside Only with your manager" in seen
    assert "Set gates aside" not in seen.partition("Gates set aside")[2]


def test_an_approval_is_given_from_its_page(pfp: Desk, client: Client) -> None:
    pfp.sign_in(client, "am")
    url = page("approve", pfp, "escalation")
    assert errors(send(client, url)) == ["Say why", "Answer the question"]
    assert Approval.objects.count() == 0
    response = send(client, url, answer="yes", reason="Nothing else has helped")
    assert response.headers["Location"] == page("case", pfp)
    assert Approval.objects.get().position == "am"
    seen = words(client.get(page("case", pfp)))
    assert "It is on record: approved." in seen
    assert "Approved: Escalation for legal action" in seen
    assert "Approved am Larkspur, Mon 16 Nov 2026: Nothing else has helped" in words(client.get(url))


def test_who_may_not_give_it_is_told_why_and_who_may(pfp: Desk, client: Client) -> None:
    pfp.sign_in(client)
    url = page("approve", pfp, "escalation")
    response = client.get(url)
    assert (
        "You cannot give this one. Only somebody with this position may give it: Area Manager (Neighbourhoods) "
        "(Procedure 3, Area Manager and Living Plus Service Manager). It can be given by: am Larkspur."
    ) in words(response)
    assert "<textarea" not in response.content.decode().partition("<main")[2]
    response = client.post(url, {"answer": "yes", "reason": "x"})
    assert [one[:40] for one in errors(response)] == ["Only somebody with this position may giv"]
    assert Approval.objects.count() == 0


def test_what_is_missing_before_an_approval_is_listed_with_its_clause(pfp: Desk, client: Client) -> None:
    pfp.sign_in(client, "csam")
    response = send(client, page("approve", pfp, "legal_decision"), answer="yes", reason="x")
    assert errors(response) == ["Nothing is saved: 2 things are missing"]
    seen = words(response)
    assert "Missing: No case conference with notes is on the case. Hold one and record its notes. 7.1" in seen
    assert Approval.objects.count() == 0


def test_after_a_no_the_policy_says_what_to_think_of(pfp: Desk, client: Client) -> None:
    approve(pfp.case, what="escalation", answer="yes", reason="x", by=pfp.actor("am"))
    use_tool(pfp.case, tool="case_conference", details={"notes": "x"}, by=pfp.actor())
    approve(pfp.case, what="legal_decision", answer="no", reason="Not yet", by=pfp.actor("csam"))
    assert "Think of another Risk Assessment Matrix" in words(pfp.sign_in(client).get(page("approvals", pfp)))


def test_advice_is_only_written(pfp: Desk, client: Client) -> None:
    pfp.sign_in(client, "csam")
    url = page("approve", pfp, "closing_advice")
    assert 'name="answer"' not in client.get(url).content.decode()
    send(client, url, reason="Wait for a month")
    assert [(one.answer, one.reason) for one in Approval.objects.all()] == [("advice", "Wait for a month")]


def test_a_notice_is_recorded_for_one_person_and_way(open_desk: OpenDesk, client: Client) -> None:
    desk = open_desk("believe")
    desk.sign_in(client)
    url = page("give-notice", desk, "noise_equipment")
    assert errors(send(client, url)) == [
        "Choose who was told",
        "Say how they were told",
        "Say what they were told, or where the letter is kept",
    ]
    person = desk.case.parties.get(role="respondent").person
    typed = {
        "person": str(person.key),
        "how": "written",
        "given_at": "2026-11-16T12:00",
        "summary": "Letter 4",
    }
    assert send(client, url, **typed).status_code == 302
    found = Notice.objects.get()
    assert (found.person_id, found.how, found.given_at, found.summary) == (
        person.pk,
        "written",
        NOON,
        "Letter 4",
    )
    seen = words(client.get(page("approvals", desk)))
    assert "Dale Larkspur, In writing, Mon 16 Nov 2026: Letter 4 officer Larkspur" in seen
    assert "This policy names no approval of a step." in seen


@pytest.mark.parametrize("who", [Role.OFFICER, Role.AUDITOR, Role.ADVISER])
def test_setting_aside_is_a_managers(pfp: Desk, client: Client, who: str) -> None:
    pfp.sign_in(client, who)
    typed = {"step": "tool:injunction", "reasons": "x", "why_proportionate": "x"}
    assert client.post(page("set-aside", pfp), typed).status_code == 403
    assert Deviation.objects.count() == 0


def test_setting_aside_from_the_page_needs_every_reason(pfp: Desk, client: Client) -> None:
    pfp.sign_in(client, "hoc")
    url = page("set-aside", pfp)
    assert errors(send(client, url)) == [
        "Choose the step",
        "Record the reasons",
        "Say why it is fair, reasonable and proportionate",
    ]
    typed = {"step": "tool:injunction", "reasons": "A threat to life", "why_proportionate": "It cannot wait"}
    assert send(client, url, **typed).status_code == 302
    assert Deviation.objects.get().step == "tool:injunction"
    assert "hoc Larkspur, Mon 16 Nov 2026: A threat to life It cannot wait" in words(
        client.get(page("approvals", pfp))
    )


def test_an_approval_or_a_notice_that_the_policy_does_not_know_is_not_there(
    pfp: Desk, client: Client
) -> None:
    pfp.sign_in(client, "csam")
    for url in (page("approve", pfp, "nothing"), page("give-notice", pfp, "nothing")):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(("days", "listed"), [(89, False), (90, True)])
def test_a_manager_finds_what_to_look_at_again_among_their_work(
    pfp: Desk, client: Client, days: int, listed: bool
) -> None:
    approve(pfp.case, what="escalation", answer="yes", reason="Nothing else helped", by=pfp.actor("am"))
    with clock_at(NOON + datetime.timedelta(days=days)):
        manager = words(pfp.sign_in(client, Role.MANAGER).get(reverse("my-work")))
        officer = words(pfp.sign_in(client).get(reverse("my-work")))
    told = f"Approvals to look at again Escalation for legal action {pfp.case.title} {pfp.case.reference}"
    assert (told in manager, "Approvals to look at again" in officer) == (listed, False)
