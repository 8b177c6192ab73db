"""Agreeing a plan on a phone with JavaScript switched off, and nothing against WCAG on the pages."""

import datetime
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from actionplans.models import Action
from landlords.permissions import Role
from policies.working_time import LONDON
from tests.actionplans.plan.plans import agree, build_places_for_people, inside, ours, theirs
from tests.factories.world import Side
from tests.triage.browsing import DESKTOP, PHONE, faults, opened, started, too_wide, turning
from timeline import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


def session_of(side: Side) -> str:
    return side.sign_in(Client(), Role.OFFICER).cookies["sessionid"].value


def next_week() -> datetime.date:
    """A day that has not gone by when the page is sent."""
    return clock.now().astimezone(LONDON).date() + datetime.timedelta(days=7)


def test_a_plan_is_agreed_on_a_phone_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    side = build_places_for_people(received_at=clock.now())
    page = opened(browser, live_server.url, session_of(side), width=PHONE, script=False)
    page.goto(f"{live_server.url}/desk/cases/{side.case.reference}/plan/")
    with turning(page):
        page.get_by_role("main").get_by_role("button", name="Agree a plan").click()
    assert not too_wide(page)
    page.get_by_label("Days between contacts").fill("7")
    page.get_by_role("checkbox", name="For you to report any further incidents").check()
    referral = page.get_by_role("group", name="Make a support referral to")
    expect(referral.get_by_label("Who")).to_be_hidden()
    referral.get_by_role("checkbox").check()
    referral.get_by_label("Name of support agency", exact=True).fill("Victim Support")
    referral.get_by_label("By", exact=True).fill(next_week().isoformat())
    page.get_by_role("button", name="Save the plan").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose who does it")
    expect(referral.get_by_label("Name of support agency", exact=True)).to_have_value("Victim Support")
    referral.get_by_label("Who").select_option(label="Officer Hawthorn, Housing officer")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("Version 1 of the action plan is agreed. It is not sent yet.")).to_be_visible()
    with inside(side):
        assert sorted(Action.objects.values_list("words", flat=True)) == [
            "For you to report any further incidents to Places for People",
            "make a support referral to Victim Support",
        ]


def test_nothing_on_the_pages_of_a_plan_breaks_wcag(browser: Browser, live_server: LiveServer) -> None:
    side = build_places_for_people(received_at=clock.now())
    with inside(side):
        agree(
            side,
            ours(side, by=next_week()),
            theirs(),
            ours(side, "refer", item="support_referral", by=next_week()),
        )
        agree(side, actions=(), why_changed="Gone through")
        key = side.complainant.key
    page = opened(browser, live_server.url, session_of(side), width=DESKTOP)
    base = f"{live_server.url}/desk/cases/{side.case.reference}/"
    for part in ("", "plan/", f"plan/with/{key}/"):
        page.goto(base + part)
        assert (part, faults(page)) == (part, [])
