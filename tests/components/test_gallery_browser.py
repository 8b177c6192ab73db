"""The galleries in a real browser under the real policy: accessible, narrow enough, alive without a mouse."""

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route, sync_playwright

from asbcases.components.stylesheet import brand_css_text
from landlords.brand import derive
from tests.components.gallery import desk_gallery, public_gallery
from tests.triage.browsing import DESKTOP, PHONE, SMALLEST, faults, launched

pytestmark = [pytest.mark.browser, pytest.mark.urls("asbcases.components.urls")]

SITE = "http://gallery.example"
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
NAMES = ["desk", "public"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()


@pytest.fixture
def pages() -> dict[str, str]:
    return {"/desk": desk_gallery(), "/public": public_gallery()}


def opened(browser: Browser, pages: dict[str, str], name: str, width: int, **options: Any) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    page.route("**/*", lambda route: _answer(route, pages))
    page.goto(f"{SITE}/{name}")
    return page


def _answer(route: Route, pages: dict[str, str]) -> None:
    path = urlparse(route.request.url).path
    if path in pages:
        html = "text/html; charset=utf-8"
        route.fulfill(body=pages[path], content_type=html, headers={"content-security-policy": POLICY})
    elif path.startswith("/brand/"):
        route.fulfill(body=brand_css_text(derive(Path(path).stem)), content_type="text/css")
    else:
        _answer_with_file(route, path)


def _answer_with_file(route: Route, path: str) -> None:
    file = (
        finders.find(path.removeprefix(settings.STATIC_URL)) if path.startswith(settings.STATIC_URL) else None
    )
    if file is None:
        route.fulfill(status=404, body="")
    else:
        route.fulfill(path=file, content_type=mimetypes.guess_type(file)[0] or "application/octet-stream")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_no_accessibility_fault(browser: Browser, pages: dict[str, str], name: str, width: int) -> None:
    page = opened(browser, pages, name, width)
    found = faults(page)
    page.close()
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_the_smallest_phone_never_scrolls_sideways(
    browser: Browser, pages: dict[str, str], name: str
) -> None:
    page = opened(browser, pages, name, SMALLEST)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert width == SMALLEST


@pytest.mark.parametrize("name", NAMES)
def test_the_policy_blocks_nothing_and_no_file_is_missing(
    browser: Browser, pages: dict[str, str], name: str
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route("**/*", lambda route: _answer(route, pages))
    page.goto(f"{SITE}/{name}", wait_until="networkidle")
    enabled = page.evaluate("document.body.classList.contains('govuk-frontend-supported')")
    page.close()
    assert (said, enabled) == ([], True)


def test_the_reason_of_our_reading_opens_and_closes_from_the_keyboard(
    browser: Browser, pages: dict[str, str]
) -> None:
    page = opened(browser, pages, "desk", DESKTOP)
    page.locator("button.asb-read").first.press("Enter")
    opened_one = page.locator(".asb-read__why:popover-open").count()
    page.keyboard.press("Escape")
    closed_again = page.locator(".asb-read__why:popover-open").count()
    page.close()
    assert (opened_one, closed_again) == (1, 0)


def test_the_search_key_can_be_turned_off(browser: Browser, pages: dict[str, str]) -> None:
    page = opened(browser, pages, "desk", DESKTOP)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    when_on = page.evaluate("document.activeElement.id")
    page.locator(".asb-me > summary").click()
    page.locator("[data-shortcut-switch] > button").click()
    page.keyboard.press("/")
    when_off = page.evaluate("document.activeElement.id")
    page.close()
    assert (when_on, when_off) == ("find", "")


def test_an_error_takes_the_focus_and_leads_to_its_field(browser: Browser, pages: dict[str, str]) -> None:
    page = opened(browser, pages, "public", PHONE)
    first = page.evaluate("document.activeElement.className")
    page.locator(".govuk-error-summary__list a").first.click()
    then = page.evaluate("document.activeElement.id")
    page.close()
    assert (first, then) == ("govuk-error-summary", "id_behaviours_0_0")


def test_without_script_the_menu_opens_and_the_exit_leads_away(
    browser: Browser, pages: dict[str, str]
) -> None:
    desk = opened(browser, pages, "desk", DESKTOP, java_script_enabled=False)
    desk.locator(".asb-me > summary").click()
    can_sign_out = desk.get_by_role("button", name="Sign out").is_visible()
    public = opened(browser, pages, "public", PHONE, java_script_enabled=False)
    address = public.locator(".govuk-exit-this-page__button").get_attribute("href")
    desk.close()
    public.close()
    assert (can_sign_out, address) == (True, "https://www.bbc.co.uk/weather")


def test_the_exit_stays_in_sight_while_the_page_scrolls(browser: Browser, pages: dict[str, str]) -> None:
    page = opened(browser, pages, "public", PHONE)
    page.evaluate("scrollTo(0, 1200)")
    seen = page.locator(".govuk-exit-this-page__button").evaluate("e => e.getBoundingClientRect().top")
    page.close()
    assert seen == 0
