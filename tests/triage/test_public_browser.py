"""The public form as people meet it: with a screen reader, on a small phone, without script."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.factories.policies import load
from tests.triage.browsing import DESKTOP, PHONE, SMALLEST, faults, go_on, opened, started, too_wide
from tests.triage.public_answers import ANSWERS, address, fill_in, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    *(address(step) for step in ANSWERS),
    address("check"),
    "/report/vivid/promises/",
    "/report/nobody/",
]


@pytest.fixture
def browser(live_server: LiveServer) -> Iterator[Browser]:
    load("vivid")
    with started() as browser:
        yield browser


def filled_in() -> Client:
    client = Client()
    fill_in(client)
    return client


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_no_accessibility_fault_on_any_page(browser: Browser, live_server: LiveServer, width: int) -> None:
    client = filled_in()
    sent = filled_in()
    send(sent)
    for visitor, pages in ((client, PAGES), (sent, ["/report/vivid/sent/"])):
        page = opened(browser, live_server.url, visitor.cookies["sessionid"].value, width=width)
        for name in pages:
            page.goto(live_server.url + name)
            assert (name, faults(page)) == (name, [])


def test_no_page_scrolls_sideways_on_the_smallest_phone(browser: Browser, live_server: LiveServer) -> None:
    page = opened(browser, live_server.url, filled_in().cookies["sessionid"].value, width=SMALLEST)
    for name in PAGES:
        page.goto(live_server.url + name)
        assert (name, too_wide(page)) == (name, False)


@pytest.mark.parametrize("script", [True, False])
def test_a_report_is_made_from_the_first_page_to_the_promise(
    browser: Browser, live_server: LiveServer, script: bool
) -> None:
    page = opened(browser, live_server.url, width=PHONE, script=script)
    page.goto(live_server.url)
    page.get_by_role("link", name="VIVID").click()
    page.get_by_label("Loud or late noise").check()
    go_on(page)
    page.get_by_label("Tell us in your own words").fill("Music all night")
    for _ in range(3):
        go_on(page)
    page.get_by_label("Yes, I will give my name").check()
    page.get_by_label("Myself, or my own household").check()
    go_on(page)
    assert page.get_by_role("alert").inner_text().splitlines()[0] == "There is a problem"
    page.get_by_label("Your name").fill("Wren Example")
    page.get_by_label("Telephone number", exact=True).fill("07700 900123")
    go_on(page)
    go_on(page, "Send my report")
    assert page.get_by_role("heading", level=1).inner_text() == "We have your report"
    assert (
        page.locator(".asb-promise__when").inner_text().startswith("A person will contact you by the end of")
    )
