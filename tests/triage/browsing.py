"""The front door in a real browser, on a real server, under the real security policy."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from asbcases.local.install import BROWSERS
from asbcases.local.processes import until

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AUDIT = """rules => axe.run({runOnly: rules, preload: false, resultTypes: ["violations"]})"""
"""Of each rule that holds, axe then tells one element instead of all."""
DESKTOP, PHONE, SMALLEST = 1280, 390, 320
PATIENCE = 60  # seconds; a busy machine takes its time
OPTIONS = ["--no-sandbox", "--disable-gpu", "--js-flags=--no-opt,--no-maglev"]
"""A page is left before its scripts, and axe in it, are worth optimizing: to compile them costs more than it saves."""


def launched(playwright: Playwright) -> Browser:
    """The first browser that is there."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, "install Chromium: the pages are checked in a real browser"
    return playwright.chromium.launch(executable_path=program, args=OPTIONS)


@contextmanager
def started() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(
            "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
        )  # the browser's driver runs an event loop in this thread
        with sync_playwright() as playwright:
            browser = launched(playwright)
            expect.set_options(timeout=PATIENCE * 1000)
            yield browser
            browser.close()
            connection.close()  # beside an event loop Django keeps a connection of its own
    _let_the_server_finish()


def _let_the_server_finish() -> None:
    """The server's threads give their connections back once the browser has hung up; the database is dropped next."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    def alone() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(others)
            return bool(cursor.fetchone() == (0,))

    until(alone, seconds=PATIENCE, what="the server's threads", every=0.05)


def opened(
    browser: Browser, site: str, session: str = "", *, width: int = DESKTOP, script: bool = True
) -> Page:
    """A page in a browser of its own."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    context.set_default_timeout(PATIENCE * 1000)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return context.new_page()


def turning(page: Page) -> AbstractContextManager[Any]:
    """Whatever is done inside loads a page, which is there afterwards: a click alone may return before it is."""
    return page.expect_navigation()


def go_on(page: Page, button: str = "Continue") -> None:
    """Press it, and be on the page that comes next."""
    with turning(page):
        page.get_by_role("button", name=button, exact=True).click()


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """What breaks WCAG 2.2 AA on the page as it stands."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(AUDIT, RULES)
    return [(fault["id"], node["target"]) for fault in found["violations"] for node in fault["nodes"]]


def too_wide(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide
