"""Closing in a real browser: refused with everything at once, mended, closed; also without script and on a phone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from landlords.models import Landlord
from landlords.permissions import Role
from landlords.services import add_member
from tests.factories.policies import load
from tests.factories.stage import Stage
from tests.factories.world import Side, report
from tests.triage.browsing import DESKTOP, PHONE, SMALLEST, faults, go_on, opened, started, too_wide, turning
from timeline import clock
from timeline.actors import system
from timeline.scope import landlord_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def here(db: None) -> Side:
    load("places-for-people")
    landlord = Landlord.objects.get(key="places-for-people")
    side = Side(landlord, "Larkspur")
    with transaction.atomic(), landlord_scope(landlord.pk):
        side.members[Role.OFFICER] = add_member(
            email="sunita@pfp.example", name="Sunita Example", role=Role.OFFICER, by=system("Tests")
        )
        side.submitted = report(side, "noise", received_at=clock.now())
        assert side.submitted.case is not None
        side.case = side.submitted.case
    return side


def close_page(browser: Browser, site: LiveServer, here: Side, *, width: int, script: bool) -> Page:
    session = here.sign_in(Client()).cookies["sessionid"].value
    page = opened(browser, site.url, session, width=width, script=script)
    page.goto(site.url + reverse("close-case", args=[here.case.reference]))
    return page


def shot(page: Page, name: str) -> None:
    """Kept for looking at, where a folder is named."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(
    ("width", "script"), [(DESKTOP, True), (DESKTOP, False), (PHONE, True), (SMALLEST, True)]
)
def test_refused_then_mended_then_closed(
    browser: Browser, live_server: LiveServer, here: Side, width: int, script: bool
) -> None:
    page = close_page(browser, live_server, here, width=width, script=script)
    expect(page.get_by_role("heading", name="1 thing is missing, whatever the ground")).to_be_visible()
    shot(page, f"close-start-{width}-{script}")
    page.get_by_label("The nuisance reported has reduced sufficiently").check()
    page.get_by_label("Your reason").fill("It has been quiet since the warning")
    go_on(page, "Only check this ground")
    expect(page.get_by_label("What was done to resolve the matter?")).to_be_visible()
    page.get_by_label("What was done to resolve the matter?").fill("We visited twice and gave a warning")
    go_on(page, "Check and close")
    expect(
        page.get_by_role("heading", name="This case cannot be closed yet: 4 things are missing")
    ).to_be_visible()
    expect(page.get_by_label("Your reason")).to_have_value("It has been quiet since the warning")
    shot(page, f"close-refused-{width}-{script}")
    if script:
        assert faults(page) == []
        assert page.evaluate("document.activeElement.id") == "refusal"
    assert not too_wide(page)

    with transaction.atomic(), landlord_scope(here.landlord.pk):
        Stage(here.case, [here.complainant]).speak_now()
    page.get_by_role("group", name="Is the matter fully resolved?").get_by_label("Yes").check()
    page.get_by_label("Would another risk assessment show").fill("Not needed")
    page.get_by_label("How do you know that each complainant understands why?").fill("She said so")
    go_on(page, "Check again and close")
    expect(page.get_by_text("The case is closed.").first).to_be_visible()
    expect(page.get_by_role("heading", name="Letters and surveys")).to_be_visible()
    shot(page, f"closed-{width}-{script}")
    with turning(page):
        page.get_by_role("link", name="Sent another way").click()
    expect(page.get_by_text("What was done: We visited twice and gave a warning")).to_be_visible()
    shot(page, f"letter-{width}-{script}")
    if script:
        assert faults(page) == []
    assert not too_wide(page)
