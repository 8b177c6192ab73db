"""A report is decided and its letter goes, in a real browser: nothing against WCAG 2.2 AA, no sideways scroll."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from landlords.permissions import Role
from letters.models import Letter, Sending
from letters.services import make_letter
from tests.factories.policies import load
from tests.factories.world import MONDAY, Side, build_side
from tests.letters.outbox.sealed import inside
from tests.letters.reports.away import HELP, REASON, SON, answered, sent_away, waiting
from tests.triage.browsing import DESKTOP, PHONE, faults, go_on, opened, started, too_wide, turning
from timeline.clock import clock_at
from triage.models import Proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def side(db: None) -> Side:
    load("vivid")
    with clock_at(MONDAY):
        return build_side("vivid", "Larkspur")


def desk(
    browser: Browser,
    site: LiveServer,
    side: Side,
    *,
    width: int,
    script: bool = True,
    role: str = Role.OFFICER,
) -> Page:
    session = side.sign_in(Client(), role).cookies["sessionid"].value
    return opened(browser, site.url, session, width=width, script=script)


def looked_at(page: Page, name: str, *, script: bool = True) -> None:
    """A picture is kept for looking at, where a folder is named."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"reports-{name}.png", full_page=True)
    assert not too_wide(page)
    if script:
        assert faults(page) == []


@pytest.mark.parametrize(("width", "script"), [(DESKTOP, True), (PHONE, True), (DESKTOP, False)])
def test_from_the_decision_to_the_post(
    browser: Browser, live_server: LiveServer, side: Side, width: int, script: bool
) -> None:
    with inside(side):
        proposal = waiting(side)
    page = desk(browser, live_server, side, width=width, script=script)
    page.goto(live_server.url + reverse("waiting-report", args=[proposal.report.reference]))
    page.get_by_label("Outside this policy, as proposed").check()
    page.get_by_label("Why", exact=True).fill(REASON)
    go_on(page, "Save the decision")
    looked_at(page, f"decided-{width}-{script}", script=script)
    with turning(page):
        page.get_by_role("link", name="Not anti-social behaviour: who can help: Amina Larkspur").click()
    page.get_by_label("Who can help").fill(HELP["who_helps"])
    looked_at(page, f"draft-{width}-{script}", script=script)
    go_on(page, "Make and send")
    expect(page.get_by_text("It goes within a minute").first).to_be_visible()
    looked_at(page, f"made-{width}-{script}", script=script)
    with inside(side):
        sending = Sending.objects.get()
        assert (sending.letter.report_id, sending.letter.case_id) == (proposal.report_id, None)
        assert sending.state == "waiting"
    page.goto(live_server.url + reverse("outgoing") + "?show=going")
    looked_at(page, f"going-{width}-{script}", script=script)
    page.goto(live_server.url + reverse("waiting-reports"))
    expect(page.get_by_role("heading", name="Sent away in the last four weeks")).to_be_visible()
    looked_at(page, f"lately-{width}-{script}", script=script)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_what_is_stopped_let_go_or_came_too_late(
    browser: Browser, live_server: LiveServer, side: Side, width: int
) -> None:
    letter = _stopped(side)
    officer = desk(browser, live_server, side, width=width)
    officer.goto(live_server.url + _address("report-letter", letter))
    looked_at(officer, f"stopped-{width}")
    manager = desk(browser, live_server, side, width=width, role=Role.MANAGER)
    manager.goto(live_server.url + _address("report-release-letter", letter))
    looked_at(manager, f"release-{width}")
    with inside(side):
        made = answered(side, Proposal.objects.select_related("report__reporter").get(report=letter.report))
    officer.goto(live_server.url + _address("report-letter", made))
    officer.get_by_label("Anything else you want to say").fill("We are sorry that we cannot do more.")
    with inside(side):
        make_letter(made, by=side.actor(Role.SPECIALIST))
    go_on(officer, "Save and look")
    expect(officer.get_by_text("We are sorry that we cannot do more.")).to_be_visible()
    looked_at(officer, f"too-late-{width}")
    with inside(side):
        assert Sending.objects.count() == 0


def test_an_anonymous_report_has_nobody_to_write_to(
    browser: Browser, live_server: LiveServer, side: Side
) -> None:
    with inside(side):
        proposal = sent_away(side, anonymous=True)
    page = desk(browser, live_server, side, width=PHONE)
    page.goto(live_server.url + reverse("waiting-report", args=[proposal.report.reference]))
    expect(page.get_by_text("Nobody gave a name, so there is nobody to write to.")).to_be_visible()
    looked_at(page, "anonymous")


def _stopped(side: Side) -> Letter:
    with inside(side):
        proposal = sent_away(side, complainant=SON)
        return answered(side, proposal, own_words="Basil Quayle has told us the same.")


def _address(name: str, letter: Letter) -> str:
    return reverse(name, args=[letter.reference, letter.key])
