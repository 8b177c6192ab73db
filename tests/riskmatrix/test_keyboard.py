"""A whole assessment in a real browser: by keyboard alone, without a script, on a phone, and for everybody."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskmatrix.models import Assessment
from riskmatrix.services import assess_risk, record_consent
from tests.cases.pages import address
from tests.factories.world import MONDAY, World, build_world
from tests.riskmatrix.answering import HIGH, MEDIUM, answers
from tests.triage.browsing import DESKTOP, PHONE, SMALLEST, faults, go_on, opened, started, too_wide
from timeline.clock import clock_at
from timeline.scope import landlord_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEYS = ["1", "1", "0", "2", "1", "1", "13", "2", "1", "4", "2", "1", "3", "24"]
"""What is pressed for each question in turn; question 3 is declined, 7 and 14 have two answers."""
SCORE = 29
"""History 14, vulnerability 11, support 4; in question 14 "no one else" clears the answer before it."""


@pytest.fixture
def browser(live_server: LiveServer) -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def built(live_server: LiveServer) -> World:
    with clock_at(MONDAY):
        return build_world()


def desk(browser: Browser, site: str, world: World, width: int = DESKTOP, *, script: bool = True) -> Page:
    client = world.here.sign_in(Client())
    return opened(browser, site, client.cookies["sessionid"].value, width=width, script=script)


def form(world: World) -> str:
    return address("assess-risk", world.here, world.here.complainant.key)


def kept(world: World) -> list[tuple[int, str, bool]]:
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        return list(Assessment.objects.values_list("score", "confirmed_band", "complete"))


class Keyboard:
    """Counts what is pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


def test_a_whole_assessment_takes_31_keystrokes(
    built: World, browser: Browser, live_server: LiveServer
) -> None:
    """One for each answer (two questions have two), one to go to each next question, two to check and to confirm."""
    page = desk(browser, live_server.url, built)
    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text) if message.type == "error" else None)
    page.goto(live_server.url + form(built))
    keyboard = Keyboard(page)
    for number, keys in enumerate(KEYS, start=1):
        keyboard.press(*keys)
        expect(page.locator(f"#question-{number} :focus")).to_have_count(1)
        if number < len(KEYS):
            keyboard.press("ArrowDown")
    expect(page.locator("[data-score]")).to_have_text(str(SCORE))
    expect(page.locator("[data-missing-words]")).to_be_hidden()
    keyboard.press("Enter")
    confirm = page.get_by_role("button", name="Confirm High and save")
    expect(confirm).to_be_focused()
    expect(page.locator("[data-score]")).to_have_text(str(SCORE))
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is done about the risk to Amina Larkspur")
    assert keyboard.pressed == 31
    assert kept(built) == [(SCORE, "high", True)]
    assert [text for text in violations if "Content Security Policy" in text] == []


def pick(page: Page, *answers_given: tuple[int, str]) -> None:
    """With the pointer."""
    for number, key in answers_given:
        page.locator(f"#question-{number} input[value={key}][data-points]").check()


def test_the_score_runs_along_and_answers_that_go_alone_clear_the_others(
    built: World, browser: Browser, live_server: LiveServer
) -> None:
    page = desk(browser, live_server.url, built)
    page.goto(live_server.url + form(built))
    score, band = page.locator("[data-score]"), page.locator("[data-live] [data-band] .asb-risk:visible")
    pick(page, (7, "you"), (7, "family"))
    expect(score).to_have_text("7")
    pick(page, (7, "none"))
    expect(score).to_have_text("0")
    pick(page, (7, "community"))
    expect(score).to_have_text("1")
    pick(page, (5, "now"), (1, "daily"), (10, "extremely"))
    expect(band).to_have_text("Low")
    expect(page.locator("[data-nearly]")).to_be_visible()
    pick(page, (2, "yes"))
    expect(band).to_have_text("Medium")
    expect(page.locator("[data-missing-words]")).to_contain_text(
        "9 still to ask: 3, 4, 6, 8, 9, 11, 12, 13, 14"
    )


def test_numbers_typed_into_words_stay_words(built: World, browser: Browser, live_server: LiveServer) -> None:
    page = desk(browser, live_server.url, built)
    page.goto(live_server.url + form(built))
    details = page.get_by_label("Details: question 9")
    details.press_sequentially("101")
    expect(details).to_have_value("101")
    expect(page.locator("#question-9 input:checked")).to_have_count(0)
    details.press("ArrowDown")
    expect(page.locator("#question-10 :focus")).to_have_count(1)


def test_changing_an_answer_changes_the_band_that_is_confirmed(
    built: World, browser: Browser, live_server: LiveServer
) -> None:
    page = desk(browser, live_server.url, built)
    page.goto(live_server.url + form(built))
    pick(page, (5, "now"))
    page.get_by_role("button", name="Go on to confirm the band").click()
    expect(page.get_by_role("button", name="Confirm Low and save")).to_be_focused()
    pick(page, (1, "daily"), (10, "extremely"), (9, "yes"))
    page.get_by_role("button", name="Confirm Medium and save").click()
    expect(page).to_have_url(re.compile(r"/risk/$"))
    assert kept(built) == [(19, "medium", False)]


def test_the_same_page_works_without_a_script(
    built: World, browser: Browser, live_server: LiveServer
) -> None:
    page = desk(browser, live_server.url, built, PHONE, script=False)
    page.goto(live_server.url + form(built))
    expect(page.locator("[data-live]")).to_be_hidden()
    pick(page, (5, "now"))
    page.get_by_role("button", name="Go on to confirm the band").click()
    expect(page.locator("[data-score]")).to_have_text("6")
    page.get_by_role("button", name="Confirm Low and save").click()
    expect(page).to_have_url(re.compile(r"/risk/$"))
    assert kept(built) == [(6, "low", False)]


@pytest.mark.parametrize("width", [DESKTOP, PHONE, SMALLEST])
def test_no_accessibility_fault_and_no_sideways_scroll(
    built: World, browser: Browser, live_server: LiveServer, width: int
) -> None:
    here = built.here
    with transaction.atomic(), landlord_scope(here.landlord.pk):
        options: dict[str, Any] = {"person_id": here.complainant.pk, "by": here.actor()}
        record_consent(here.case, agency="Police", agreed=True, **options)
        assess_risk(here.case, answers=answers(MEDIUM), confirmed_band="medium", **options)
        high = assess_risk(here.case, answers=answers(HIGH), confirmed_band="high", **options)
    page = desk(browser, live_server.url, built, width)
    urls = [form(built), address("risk", here), address("act-on-risk", here, high.key)]
    for url in [*urls, address("risk-consent", here, here.complainant.key), address("case", here)]:
        page.goto(live_server.url + url)
        assert (url, faults(page), too_wide(page)) == (url, [], False)
    page.goto(live_server.url + form(built))
    go_on(page, "Go on to confirm the band")
    page.get_by_text("I judge the risk differently").click()
    assert (faults(page), too_wide(page)) == ([], False)
