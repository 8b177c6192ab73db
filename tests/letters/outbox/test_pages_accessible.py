"""The pages of letters going out in a real browser: nothing against WCAG 2.2 AA, and narrow enough for a phone."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from cases.models import Person
from letters.models import PrintBatch, Sending
from letters.outbox.batches import note_download
from letters.outbox.services import mark_posted
from letters.pages.outbox.rows import TABS
from tests.factories.policies import load
from tests.factories.world import MONDAY, Side, build_side
from tests.letters.outbox.posting import asked, made, paper, waiting
from tests.letters.outbox.sealed import inside, queued
from tests.triage.browsing import DESKTOP, PHONE, SMALLEST, faults, go_on, opened, started, too_wide
from timeline import clock
from timeline.clock import clock_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def side(db: None) -> Side:
    """One of everything: waiting, in doubt, failed, back, tried again, sent, printed, being printed."""
    load("vivid")
    with clock_at(MONDAY):
        side = build_side("vivid", "Larkspur")
    with inside(side):
        pdf, now = paper(), clock.now()
        with clock_at(MONDAY):
            waiting(side, pdf, range(1, 4))
        made(side, waiting(side, pdf, range(4, 7)))
        asked(side, waiting(side, pdf, range(7, 9)))
        (sent,) = waiting(side, pdf, range(9, 10))
        mark_posted(sent, at=clock.now(), by=side.actor())
        queued(side, "hand", person=Person.objects.get(name="Reader 1"))
        for state, result in (
            ("in_doubt", "The process that was sending it ended."),
            ("failed", "550 5.1.1 No such user"),
            ("bounced", "552 Mailbox full"),
        ):
            sending = queued(side)
            told = {"state": state, "result": result, "taken_at": now, "message_id": f"<{state}@example.org>"}
            Sending.objects.filter(pk=sending.pk).update(**told, next_try_at=None)
        tried = queued(side)
        Sending.objects.filter(pk=tried.pk).update(tries=2, result="[Errno 111] Connection refused")
    return side


def addresses(side: Side) -> list[str]:
    with inside(side):
        of_letters = Sending.objects.filter(state__in=["in_doubt", "failed", "waiting"], printed=None)
        letters = of_letters.order_by("pk").values_list("letter__key", flat=True)
        batches = PrintBatch.objects.order_by("pk").values_list("key", flat=True)
        return [
            *(f"{reverse('outgoing')}?show={name}" for name in TABS),
            *(reverse("outgoing-letter", args=[key]) for key in letters),
            *(reverse("print-batch", args=[key]) for key in batches),
        ]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_no_page_of_letters_going_out_breaks_the_rules(
    browser: Browser, live_server: LiveServer, side: Side, width: int
) -> None:
    session = side.sign_in(Client()).cookies["sessionid"].value
    page = opened(browser, live_server.url, session, width=width)
    found = {}
    for address in addresses(side):
        response = page.goto(live_server.url + address)
        assert response is not None
        found[address] = (response.status, faults(page), _wide(page, width))
    assert found == {address: (200, [], False) for address in found}
    assert len(found) == len(TABS) + 7 + 2
    assert _giving_up(page, side, live_server.url, width) == ([], False)


def _giving_up(page: Page, side: Side, site: str, width: int) -> tuple[list[tuple[str, list[str]]], bool]:
    """The question that is asked once the letters were downloaded, with what is wrong told."""
    with inside(side):
        batch = PrintBatch.objects.get(state="ready")
        note_download(batch, by=side.actor())
    page.goto(site + reverse("print-batch", args=[batch.key]))
    for _press in ("the link", "the question, unanswered"):
        go_on(page, "Give this batch up")
    expect(page.get_by_role("alert")).to_contain_text("Say that nothing printed is in the post")
    return faults(page), _wide(page, width)


def _wide(page: Page, width: int) -> bool:
    narrow = SMALLEST if width == PHONE else width
    page.set_viewport_size({"width": narrow, "height": 900})
    found = too_wide(page)
    page.set_viewport_size({"width": width, "height": 900})
    return found
