"""The page of the letterhead in a real browser: nothing against WCAG 2.2 AA, and narrow enough for a telephone."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from landlords.permissions import Role
from letters.models import Logo
from letters.services.letterhead import set_logo
from tests.actionplans.plan.plans import inside
from tests.factories.world import MONDAY, Side, build_world
from tests.letters.letterhead.pictures import logo
from tests.triage.browsing import DESKTOP, PHONE, faults, opened, started, too_wide
from timeline.clock import clock_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/desk/wording/letterhead/"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def side(db: None) -> Side:
    with clock_at(MONDAY):
        return build_world().here


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_with_and_without_a_logo_it_breaks_no_rule(
    browser: Browser, live_server: LiveServer, side: Side, width: int
) -> None:
    session = side.sign_in(Client(), Role.ADMINISTRATOR).cookies["sessionid"].value
    page = opened(browser, live_server.url, session, width=width)
    found = []
    for address in (PAGE, PAGE, f"{PAGE}remove-logo/"):
        page.goto(live_server.url + address)
        found.append((faults(page), too_wide(page)))
        with inside(side):
            if not Logo.objects.exists():
                set_logo(logo(), by=side.actor(Role.ADMINISTRATOR))
    assert found == [([], False)] * 3


def test_a_logo_is_chosen_without_a_script_and_seen_at_once(
    browser: Browser, live_server: LiveServer, side: Side
) -> None:
    session = side.sign_in(Client(), Role.ADMINISTRATOR).cookies["sessionid"].value
    page = opened(browser, live_server.url, session, script=False)
    page.goto(live_server.url + PAGE)
    page.set_input_files("#id_logo", {"name": "notes.txt", "mimeType": "image/png", "buffer": b"Dear all"})
    page.click("text=Use this logo")
    assert page.inner_text(".govuk-error-summary li") == (
        "The logo is not a picture that can be printed. Choose a PNG or JPEG."
    )
    page.set_input_files("#id_logo", {"name": "logo.png", "mimeType": "image/png", "buffer": logo()})
    page.click("text=Use this logo")
    shown = page.locator(".asb-paper__logo")
    assert shown.get_attribute("alt") == side.landlord.name
    page.wait_for_load_state("load")
    box = shown.bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == (240, 72)
