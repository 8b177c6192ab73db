"""Clicks counted in a real browser: from where a letter is due until it is on its way."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from cases.models import Mailing
from cases.services.closing import close_case, closing_rules
from landlords.models import Landlord
from landlords.permissions import Role
from landlords.services import add_member
from letters.models import Letter, Sending
from tests.factories.policies import load
from tests.factories.stage import Stage, set_gates_aside
from tests.factories.world import Side, report
from tests.triage.browsing import DESKTOP, PHONE, faults, opened, started, too_wide, turning
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


class Clicks:
    """Every one is counted; what is typed is not."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def link(self, kind: str) -> None:
        """To a new letter of this kind."""
        self.press(self.page.locator(f'main a[href*="/letters/new/{kind}/"]').first)

    def button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name, exact=True))

    def press(self, what: Locator) -> None:
        with turning(self.page):
            what.click()
        self.number += 1


def at(browser: Browser, site: LiveServer, side: Side, name: str, *, width: int, script: bool) -> Page:
    session = side.sign_in(Client()).cookies["sessionid"].value
    page = opened(browser, site.url, session, width=width, script=script)
    page.goto(site.url + reverse(name, args=[side.case.reference]))
    return page


def shot(page: Page, name: str) -> None:
    """Kept for looking at, where a folder is named."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def looked_at(page: Page, name: str, *, script: bool) -> None:
    shot(page, f"joins-{name}")
    assert not too_wide(page)
    if script:
        assert faults(page) == []


def on_their_way(side: Side) -> list[tuple[str, str]]:
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        return list(Sending.objects.order_by("pk").values_list("letter__kind", "state"))


@pytest.mark.parametrize(("width", "script"), [(DESKTOP, True), (PHONE, True), (DESKTOP, False)])
def test_an_acknowledgement_and_an_update(
    browser: Browser, live_server: LiveServer, here: Side, width: int, script: bool
) -> None:
    page = at(browser, live_server, here, "letters", width=width, script=script)
    looked_at(page, f"list-{width}-{script}", script=script)
    page.goto(live_server.url + reverse("case", args=[here.case.reference]))
    shot(page, f"joins-case-{width}-{script}")
    clicks = Clicks(page)
    clicks.link("acknowledgement")
    looked_at(page, f"new-{width}-{script}", script=script)
    clicks.button("Make and send")
    expect(page.get_by_text("It goes within a minute").first).to_be_visible()
    looked_at(page, f"sent-{width}-{script}", script=script)
    assert (clicks.number, on_their_way(here)) == (2, [("acknowledgement", "waiting")])

    with transaction.atomic(), landlord_scope(here.landlord.pk):
        Stage(here.case, [here.complainant]).speak_now()
    page.goto(live_server.url + reverse("case", args=[here.case.reference]))
    clicks = Clicks(page)
    clicks.link("update")
    looked_at(page, f"update-{width}-{script}", script=script)
    page.get_by_label("What we have done and what comes next").fill("We have asked the council to listen in")
    clicks.button("Make and send")
    expect(page.get_by_text("It goes within a minute").first).to_be_visible()
    assert (clicks.number, on_their_way(here)[1:]) == (2, [("update", "waiting")])


@pytest.mark.parametrize(("width", "script"), [(DESKTOP, True), (PHONE, True), (DESKTOP, False)])
def test_what_closing_owes(
    browser: Browser, live_server: LiveServer, here: Side, width: int, script: bool
) -> None:
    with transaction.atomic(), landlord_scope(here.landlord.pk):
        set_gates_aside(here.case)
        details = {"action_taken": "We visited twice", "reasons_explained": True}
        reason = "It has been quiet"
        close_case(here.case, ground=_ground(here), reason=reason, details=details, by=here.actor())
        owed = Mailing.objects.count()
    page = at(browser, live_server, here, "case", width=width, script=script)
    expect(page.get_by_role("heading", name="Letters and surveys")).to_be_visible()
    looked_at(page, f"closed-{width}-{script}", script=script)
    clicks = Clicks(page)
    clicks.button("Make and send it")
    looked_at(page, f"owed-{width}-{script}", script=script)
    clicks.press(page.locator("form button.govuk-button"))
    looked_at(page, f"owed-sent-{width}-{script}", script=script)
    assert (clicks.number, [state for _kind, state in on_their_way(here)]) == (2, ["waiting"] * owed)
    with transaction.atomic(), landlord_scope(here.landlord.pk):
        assert Letter.objects.filter(status="draft").count() == 0


def _ground(side: Side) -> str:
    return closing_rules(side.case).grounds[0].key
