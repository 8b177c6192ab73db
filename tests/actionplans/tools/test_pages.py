"""The pages of tools: a new officer sees what each needs, is told everything missing, and loses nothing typed."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplans.models import ToolUse
from actionplans.tools.services import use_tool
from cases.models import Case
from cases.services.approving import approve
from landlords.permissions import Role
from tests.cases.pages import errors, send, words
from tests.factories.desk import Desk, OpenDesk, later
from timeline.clock import clock_at


@pytest.fixture
def believe(open_desk: OpenDesk, client: Client) -> Desk:
    desk = open_desk("believe")
    desk.sign_in(client)
    return desk


def page(name: str, desk: Desk, *keys: Any) -> str:
    return reverse(name, args=[desk.case.reference, *keys])


def links(response: Any) -> list[str]:
    return re.findall(r'href="([^"]+)"', response.content.decode().partition("<main")[2])


def test_every_tool_of_the_policy_is_listed_with_what_it_needs(believe: Desk, client: Client) -> None:
    response = client.get(page("tools", believe))
    seen = words(response)
    assert "Noise monitoring equipment or the Noise App 11.1 See what is missing" in seen
    assert (
        "1 thing is missing : Noise monitoring equipment or the Noise App What it needs Missing: The alleged "
        "perpetrator has to be told that it is likely to be used, both verbally and in writing. not told in person or "
        "by telephone; not told in writing 11.2 Record the notice"
    ) in seen
    assert "usually 14 to 42 days" in seen
    assert page("give-notice", believe, "noise_equipment") in links(response)
    assert page("use-tool", believe, "absolute_ground") in links(response)


def test_the_tab_leads_there_from_the_case(believe: Desk, client: Client) -> None:
    assert page("tools", believe) in links(client.get(page("case", believe)))


def test_a_refusal_shows_the_whole_list_and_keeps_what_was_typed(believe: Desk, client: Client) -> None:
    url = page("use-tool", believe, "mediation")
    response = send(
        client, url, ask_all_willing="yes", ask_facilitator="Jo from the mediation service", note="Friday"
    )
    assert response.status_code == 200
    assert errors(response) == ["Nothing is saved: 2 things are missing"]
    seen = words(response)
    assert "Mediation: not yet, 2 things are missing Nothing has changed on the case." in seen
    assert "No serious criminality" not in seen
    assert "Missing: It is only offered where there is no imbalance of power." in seen
    assert "There: All parties are willing to come together. 12.12 and 12.14" in seen
    assert "Jo from the mediation service" in response.content.decode()
    assert "asb-gates--refused" in response.content.decode()
    assert ToolUse.objects.count() == 0


def test_a_use_is_saved_once_and_said(believe: Desk, client: Client) -> None:
    url = page("use-tool", believe, "mediation")
    typed = {"ask_all_willing": "yes", "ask_serious_criminality": "no", "ask_power_imbalance": "no"}
    person = believe.case.parties.get(role="respondent").person
    response = send(client, url, **typed, person=str(person.key))
    assert response.headers["Location"] == page("case", believe)
    used = ToolUse.objects.get()
    assert (used.details, used.person_id) == (
        {"all_willing": True, "serious_criminality": False, "power_imbalance": False},
        person.pk,
    )
    seen = words(client.get(page("case", believe)))
    assert "On record: Mediation." in seen
    assert "Used: Mediation, Dale Larkspur" in seen
    assert "Used on this case Mediation , Dale Larkspur, Mon 16 Nov 2026, officer Larkspur" in words(
        client.get(page("tools", believe))
    )


def test_how_it_ended_is_recorded_from_the_list(believe: Desk, client: Client) -> None:
    used = use_tool(believe.case, tool="diversion", details={}, by=believe.actor())
    url = page("end-tool", believe, used.key)
    assert url in links(client.get(page("tools", believe)))
    assert errors(send(client, url, outcome=" ")) == ["Say how it ended"]
    send(client, url, outcome="She went twice")
    assert ToolUse.objects.get().outcome == "She went twice"
    assert client.get(url).status_code == 404
    assert url not in links(client.get(page("tools", believe)))


def test_a_tool_of_another_policy_is_not_there(believe: Desk, client: Client) -> None:
    assert client.get(page("use-tool", believe, "section_21")).status_code == 404
    assert client.get(page("give-notice", believe, "right_of_appeal")).status_code == 404
    assert client.get(page("set-aside", believe)).status_code == 403


def test_the_law_that_ends_a_tool_is_said_before_it_is_tried(believe: Desk, client: Client) -> None:
    with clock_at(later(days=400)):
        assert "Demoted tenancy can be used until Thursday 30 September 2027" in words(
            client.get(page("tools", believe))
        )
        response = client.get(page("use-tool", believe, "demotion"))
        assert "You can still record a use from when it was available." in words(response)
        assert page("use-tool", believe, "demotion") not in links(client.get(page("tools", believe)))


def test_a_closed_case_offers_no_use(believe: Desk, client: Client) -> None:
    Case.objects.filter(pk=believe.case.pk).update(status="closed")
    response = client.get(page("tools", believe))
    assert [one for one in links(response) if "/tools/" in one] == [page("tools", believe)]


def test_an_auditor_reads_and_cannot_use(believe: Desk, client: Client) -> None:
    believe.sign_in(client, Role.AUDITOR)
    response = client.get(page("tools", believe))
    assert page("use-tool", believe, "mediation") not in links(response)
    assert client.post(page("use-tool", believe, "diversion"), {}).status_code == 403
    assert ToolUse.objects.count() == 0


def test_our_own_rule_says_that_it_is_ours(open_desk: OpenDesk, client: Client) -> None:
    desk = open_desk("vivid", "domestic_abuse")
    desk.sign_in(client, Role.MANAGER)
    seen = words(client.get(page("use-tool", desk, "mediation")))
    assert (
        "Missing: Nobody is brought together with the person they fear: this case is about domestic abuse. "
        "Our own safety rule, not the policy’s."
    ) in seen


def test_a_manager_may_set_gates_aside_only_where_the_policy_does(
    open_desk: OpenDesk, client: Client
) -> None:
    desk = open_desk("places-for-people")
    desk.sign_in(client, "csam")
    url = page("set-aside", desk)
    assert f"{url}?step=tool:injunction" in links(client.get(page("use-tool", desk, "injunction")))
    typed = {"step": "tool:injunction", "reasons": "A threat to life", "why_proportionate": "It cannot wait"}
    assert send(client, url, **typed).status_code == 302
    seen = words(client.get(page("use-tool", desk, "injunction")))
    assert "There: The case is not with a Tenancy Enforcement Manager. Give it to one." in seen
    assert "Set aside by a manager on this case." in seen


def test_a_yes_to_be_looked_at_again_is_a_reminder_on_the_case_and_with_the_tools(
    open_desk: OpenDesk, client: Client
) -> None:
    desk = open_desk("places-for-people")
    desk.sign_in(client)
    approve(desk.case, what="escalation", answer="yes", reason="x", by=desk.actor("am"))
    words_of_it = (
        "Escalation for legal action, approved by am Larkspur on Mon 16 Nov 2026. Is it still right?"
    )
    for days, shown in ((89, False), (90, True)):
        with clock_at(later(days=days)):
            for name in ("case", "tools", "approvals"):
                assert (words_of_it in words(client.get(page(name, desk)))) is shown, (days, name)


def test_the_list_asks_the_database_as_often_for_many_records_as_for_few(
    open_desk: OpenDesk, client: Client
) -> None:
    desk = open_desk("places-for-people")
    desk.sign_in(client)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(page("tools", desk))
        return len(captured)

    queries()
    before = queries()
    for _number in range(3):
        use_tool(desk.case, tool="case_conference", details={"notes": "x"}, by=desk.actor())
        approve(desk.case, what="escalation", answer="yes", reason="x", by=desk.actor("am"))
    assert queries() == before
