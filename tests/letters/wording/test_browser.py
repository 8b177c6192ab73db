"""The editor in a real browser: the preview renews itself, a name is put where the cursor is, nothing against WCAG."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from landlords.permissions import Role
from letters.pages.wording.shown import address
from tests.factories.policies import load
from tests.factories.world import MONDAY, Side, build_side
from tests.letters.wording.words import SLOT, drafted, published
from tests.triage.browsing import DESKTOP, PHONE, SMALLEST, faults, go_on, opened, started, too_wide
from timeline.clock import clock_at
from timeline.scope import landlord_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("wording", "wording-draft", "publish-wording", "give-wording-up", "shipped-wording")


@pytest.fixture
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def side(db: None) -> Side:
    """One version of its own, and a draft of the next."""
    load("vivid")
    with clock_at(MONDAY):
        side = build_side("vivid", "Larkspur")
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        published(side)
        drafted(side, added="[nmae]")
    return side


def session(side: Side) -> str:
    return str(side.sign_in(Client(), Role.ADMINISTRATOR).cookies["sessionid"].value)


def editor(browser: Browser, live_server: LiveServer, side: Side, *, script: bool = True) -> Page:
    page = opened(browser, live_server.url, session(side), script=script)
    page.goto(live_server.url + address("wording-draft", SLOT))
    return page


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_no_page_about_words_breaks_the_rules(
    browser: Browser, live_server: LiveServer, side: Side, width: int
) -> None:
    page = opened(browser, live_server.url, session(side), width=width)
    asked = [
        reverse("wordings"),
        *(address(name, SLOT) for name in PAGES),
        address("wording-version", SLOT, 1),
    ]
    found = {}
    for path in asked:
        response = page.goto(live_server.url + path)
        assert response is not None
        broken = faults(page)
        page.set_viewport_size({"width": SMALLEST if width == PHONE else width, "height": 900})
        found[path] = (response.status, broken, too_wide(page))
        page.set_viewport_size({"width": width, "height": 900})
    assert found == dict.fromkeys(asked, (200, [], False))


def test_the_preview_follows_what_is_typed(browser: Browser, live_server: LiveServer, side: Side) -> None:
    page = editor(browser, live_server, side)
    expect(page.locator(".asb-faults li")).to_have_text(
        ["Line 27: There is no value [nmae]. Did you mean [name]?"]
    )
    body = page.locator("textarea")
    body.fill(body.input_value().replace("[nmae]", "Some new words for [name]."))
    expect(page.locator("#looked-at .asb-paper")).to_contain_text("Some new words for Marguerite Thornbury.")
    expect(page.locator(".asb-faults")).to_have_count(0)
    expect(page.locator("#said")).to_have_text("Preview renewed. Nothing stops these words.")
    page.reload()
    assert "[nmae]" in page.locator("textarea").input_value()


def test_a_name_is_put_where_the_cursor_is_and_a_remark_leads_to_its_line(
    browser: Browser, live_server: LiveServer, side: Side
) -> None:
    page = editor(browser, live_server, side)
    page.get_by_role("button", name="Line 27:").press("Enter")
    page.get_by_role("button", name="[team]", exact=True).press("Enter")
    assert page.locator("textarea").input_value().split("\n")[26] == "[team]"
    expect(page.locator(".asb-faults")).to_have_count(0)


def test_without_scripts_a_button_renews_the_preview_and_saves_nothing(
    browser: Browser, live_server: LiveServer, side: Side
) -> None:
    page = editor(browser, live_server, side, script=False)
    body = page.locator("textarea")
    body.fill(body.input_value().replace("[nmae]", "Some new words."))
    go_on(page, "Show preview")
    expect(page.locator("#looked-at .asb-paper")).to_contain_text("Some new words.")
    assert "Some new words." in page.locator("textarea").input_value()
    page.goto(live_server.url + address("wording-draft", SLOT))
    assert "[nmae]" in page.locator("textarea").input_value()
    assert page.locator("[data-insert-words]").is_visible() is False


def test_the_second_of_two_is_told_and_can_save_knowingly(
    browser: Browser, live_server: LiveServer, side: Side
) -> None:
    first, second = (editor(browser, live_server, side) for _time in range(2))
    for page, words in ((first, "Words of the first."), (second, "Words of the second.")):
        body = page.locator("textarea")
        body.fill(body.input_value().replace("[nmae]", words))
        go_on(page, "Save the draft")
    expect(second.locator(".govuk-error-summary")).to_contain_text("Somebody else has changed these words")
    expect(second.locator(".asb-compared del")).to_contain_text("first")
    assert "Words of the second." in second.locator("textarea").input_value()
    assert (faults(second), too_wide(second)) == ([], False)
    expect(second.locator("#looked-at .asb-paper")).to_contain_text("Words of the second.")
    go_on(second, "Save the draft")
    expect(second.locator(".govuk-error-summary")).to_have_count(0)
    first.goto(live_server.url + address("wording-draft", SLOT))
    assert "Words of the second." in first.locator("textarea").input_value()
