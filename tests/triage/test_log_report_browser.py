"""The phone screen in a real browser: the outcome follows what is typed and never takes the focus."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories.world import MONDAY, World, build_world
from tests.triage.browsing import DESKTOP, PHONE, SMALLEST, faults, opened, started, too_wide
from timeline.clock import clock_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser(live_server: LiveServer) -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def built(live_server: LiveServer) -> World:
    with clock_at(MONDAY):
        return build_world()


def desk(browser: Browser, site: str, world: World, width: int = DESKTOP) -> Page:
    client = world.here.sign_in(Client())
    return opened(browser, site, client.cookies["sessionid"].value, width=width)


def test_the_outcome_follows_and_the_focus_stays(
    built: World, browser: Browser, live_server: LiveServer
) -> None:
    page = desk(browser, live_server.url, built)
    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/desk/log/")
    page.get_by_label("Threats of violence").check()
    expect(page.locator("#outcome")).to_contain_text("New anti-social behaviour case")
    expect(page.get_by_role("status")).to_have_text("New anti-social behaviour case. Category A")
    expect(page.locator("#why")).to_contain_text("Reported: Threats of violence.")
    page.get_by_label("Find them by name, telephone or address").press_sequentially("amina", delay=30)
    expect(page.locator("#callers")).to_contain_text("Amina Larkspur")
    page.get_by_label("Who is doing it").fill("Dale Larkspur")
    page.get_by_label("Who is doing it").press("Tab")
    expect(page.locator("#matches")).to_contain_text(built.here.case.reference)
    expect(page.get_by_label("Where they live")).to_be_focused()
    assert [text for text in violations if "Content Security Policy" in text] == []


def test_saving_leads_to_the_case(built: World, browser: Browser, live_server: LiveServer) -> None:
    page = desk(browser, live_server.url, built, PHONE)
    page.goto(f"{live_server.url}/desk/log/")
    page.get_by_label("Threats of violence").check()
    page.get_by_label("Name", exact=True).first.fill("Wren Example")
    page.get_by_role("button", name="Save the report").click()
    expect(page).to_have_url(re.compile(r"/desk/cases/VV-[0-9A-Z]{5}-[0-9A-Z]{5}/$"))


@pytest.mark.parametrize("width", [DESKTOP, PHONE, SMALLEST])
def test_no_accessibility_fault_and_no_sideways_scroll(
    built: World, browser: Browser, live_server: LiveServer, width: int
) -> None:
    page = desk(browser, live_server.url, built, width)
    waiting = f"/desk/waiting/{built.here.proposal.report.reference}/"
    for name in ("/desk/log/", "/desk/waiting/", waiting):
        page.goto(live_server.url + name)
        if name == "/desk/log/":
            page.get_by_label("Parking", exact=True).check()
            expect(page.locator("#outcome")).to_contain_text("Waits for a decision")
        assert (name, faults(page), too_wide(page)) == (name, [], False)
