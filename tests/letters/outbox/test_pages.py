"""The pages of letters going out: what each list shows to whom, and what its buttons do."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case, Person
from landlords.permissions import Role
from letters.models import PrintBatch, Sending
from letters.outbox.services import mark_posted
from tests.cases.pages import errors, words
from tests.factories.world import NOON, Side
from tests.letters.outbox.posting import again, asked, inside_it, made, make, paper, waiting
from tests.letters.outbox.sealed import fresh, happened, queued
from timeline.models import Access

POST, SHOW = reverse("outgoing"), f"{reverse('outgoing')}?show="


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return paper()


@pytest.fixture
def post(here: Side, pdf: bytes) -> list[Sending]:
    return waiting(here, pdf, range(1, 4))


@pytest.fixture
def desk(here: Side, client: Client) -> Client:
    return here.sign_in(client)


class _Numbers(HTMLParser):
    """The numbers behind the names of the lists."""

    def __init__(self) -> None:
        super().__init__()
        self.found, self._inside = dict[str, str](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag == "a" and "?show=" in href:
            self._name = href.partition("?show=")[2]
        self._inside = tag == "span" and dict(attrs).get("class") == "asb-count"

    def handle_data(self, data: str) -> None:
        if self._inside and hasattr(self, "_name"):
            self.found[self._name], self._inside = data, False


def numbers(client: Client) -> dict[str, str]:
    parser = _Numbers()
    parser.feed(client.get(POST).content.decode().partition("<main")[2])
    return parser.found


def becomes(sending: Sending, state: str, result: str = "", **changes: Any) -> None:
    changes = {"next_try_at": None, "taken_at": NOON, **changes}
    Sending.objects.filter(pk=sending.pk).update(state=state, result=result, **changes)


def page(batch: PrintBatch) -> str:
    return reverse("print-batch", args=[batch.key])


def letter_page(sending: Sending) -> str:
    return reverse("outgoing-letter", args=[sending.letter.key])


def test_every_list_has_its_number(here: Side, desk: Client, post: list[Sending]) -> None:
    queued(here, "hand")
    for state in ("in_doubt", "failed", "bounced", "waiting"):
        becomes(queued(here), state)
    mark_posted(post[0], at=NOON, by=here.actor())
    assert numbers(desk) == {"post": "2", "hand": "1", "doubt": "1", "failed": "2", "going": "1"}
    asked(here, post)
    assert numbers(desk) == {"hand": "1", "doubt": "1", "failed": "2", "going": "1"}


@pytest.mark.parametrize(
    ("role", "restricted", "found"),
    [(Role.MANAGER, False, 3), (Role.MANAGER, True, 3), (Role.OFFICER, False, 3), (Role.OFFICER, True, 0)],
)
def test_restricted_cases_only_to_their_readers(
    here: Side, client: Client, post: list[Sending], role: str, restricted: bool, found: int
) -> None:
    batch = made(here, post[:1])
    Case.objects.filter(pk=here.case.pk).update(restricted=restricted, owner=None)
    here.sign_in(client, role)
    shown = words(client.get(POST))
    assert sum(f"Reader {number}" in shown for number in (2, 3)) == (2 if found else 0)
    codes = {client.get(one).status_code for one in (page(batch), letter_page(post[1]))}
    assert codes == ({200} if found else {404})
    for name in ("print-batch-file", "print-batch-list", "print-batch-table", "print-batch-progress"):
        code = client.get(reverse(name, args=[batch.key])).status_code
        assert code == (200 if found else 404)
    client.post(reverse("print-letters"), {"all": "1"})
    assert PrintBatch.objects.count() == (2 if found else 1)


def test_looking_at_restricted_ones_is_on_record(here: Side, client: Client, post: list[Sending]) -> None:
    batch = made(here, post)
    Case.objects.filter(pk=here.case.pk).update(restricted=True)
    here.sign_in(client, Role.MANAGER)
    client.get(reverse("print-batch-file", args=[batch.key]))
    client.get(letter_page(post[0]))
    assert list(Access.objects.order_by("pk").values_list("case_id", "purpose")) == [
        (here.case.pk, "letters printed together"),
        (here.case.pk, "letter on its way"),
    ]


def test_a_list_asks_as_often_for_many_as_for_one(here: Side, desk: Client, pdf: bytes) -> None:
    waiting(here, pdf, range(1, 2))
    desk.get(POST)
    asked_for = []
    for more in (range(2, 2), range(2, 12)):
        waiting(here, pdf, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(POST)
        asked_for.append(len(queries))
    assert asked_for[0] == asked_for[1]


def test_ticked_letters_become_a_batch(here: Side, desk: Client, post: list[Sending]) -> None:
    ticked = [str(post[0].letter.key), str(post[2].letter.key), "not a key", "z" * 36]
    response = desk.post(reverse("print-letters"), {"letter": ticked})
    batch = PrintBatch.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, page(batch))
    assert inside_it(batch) == ["Reader 1", "Reader 3"]
    again_ = desk.post(reverse("print-letters"), {"letter": ticked}, follow=True)
    assert "Choose at least one letter that waits for the post." in words(again_)
    desk.post(reverse("print-letters"), {"all": "1"})
    assert PrintBatch.objects.count() == 2


def test_the_bar_moves_by_itself_until_the_file_is_there(
    here: Side, desk: Client, post: list[Sending]
) -> None:
    batch = asked(here, post)
    bar = reverse("print-batch-progress", args=[batch.key])
    PrintBatch.objects.filter(pk=batch.pk).update(state="making", done=2)
    working = desk.get(bar)
    assert (working.headers.get("HX-Refresh"), 'max="3" value="2"' in working.content.decode()) == (
        None,
        True,
    )
    assert 'hx-trigger="every 2s"' in desk.get(page(batch)).content.decode()
    assert "2 of 3 letters are in the file." in words(desk.get(page(batch)))
    PrintBatch.objects.filter(pk=batch.pk).update(state="queued")
    make(here)
    ready = desk.get(bar)
    assert (ready.headers["HX-Refresh"], "hx-get" in ready.content.decode()) == ("true", False)
    assert "hx-get" not in desk.get(page(batch)).content.decode()


def test_the_files(here: Side, desk: Client, post: list[Sending]) -> None:
    batch = asked(here, post)
    assert desk.get(reverse("print-batch-file", args=[batch.key])).status_code == 404
    make(here)
    found = {
        name: desk.get(reverse(f"print-batch-{name}", args=[batch.key])) for name in ("file", "list", "table")
    }
    assert {name: one.headers["Content-Disposition"] for name, one in found.items()} == {
        "file": 'attachment; filename="2026-11-16-1200-letters.pdf"',
        "list": 'attachment; filename="2026-11-16-1200-list.pdf"',
        "table": 'attachment; filename="2026-11-16-1200-list.csv"',
    }
    assert {one.headers["Cache-Control"] for one in found.values()} == {"private, no-store"}
    assert found["file"].content.startswith(b"%PDF-")
    assert found["list"].content.startswith(b"%PDF-")
    assert found["table"].content.startswith("\ufeffNumber,Reference,To".encode())


def test_what_became_unsafe_is_not_handed_out(here: Side, desk: Client, post: list[Sending]) -> None:
    batch = made(here, post)
    Person.objects.filter(name="Reader 2").update(safe_contact="call")
    refused = desk.get(reverse("print-batch-file", args=[batch.key]), follow=True)
    assert "Reader 2 is written to only in the way that is safe for them (call only)." in words(refused)
    desk.post(page(batch), {"take_out": "2"})
    make(here)
    assert desk.get(reverse("print-batch-file", args=[batch.key])).content.startswith(b"%PDF-")


def test_marking_all_as_posted(here: Side, desk: Client, post: list[Sending]) -> None:
    batch = made(here, post)
    mark_posted(post[2], at=NOON, by=here.actor(Role.MANAGER))
    unread = desk.post(page(batch), {"posted": "1", "at": "this morning"})
    assert errors(unread) == ["Enter a date and time, such as 16/11/2026 14:30"]
    late = desk.post(page(batch), {"posted": "1", "at": "2026-11-14T09:00"})
    assert errors(late) == ["Say why it is entered late"]
    told = words(desk.post(page(batch), {"posted": "1", "at": "2026-11-16T12:00"}, follow=True))
    assert "2 letters are on record as posted." in told
    assert "Reader 3: somebody had settled this one before. It stays as it was." in told
    assert [fresh(one).marked_by for one in post] == [
        "Officer Larkspur",
        "Officer Larkspur",
        "Manager Larkspur",
    ]
    assert happened() == ["letter_sent"] * 3
    assert "This is not possible any more: the batch is posted" in " ".join(
        errors(desk.post(page(batch), {"posted": "1", "at": "2026-11-16T12:00"}))
    )


@pytest.mark.parametrize("typed", [{"take_out": "99"}, {"take_out": "x"}, {"take_out": "9" * 9}, {}])
def test_what_is_not_there_cannot_be_taken_out(
    here: Side, desk: Client, post: list[Sending], typed: dict[str, str]
) -> None:
    batch = made(here, post)
    assert "This letter is in the batch no longer." in words(desk.post(page(batch), typed, follow=True))
    assert (again(batch).state, len(inside_it(batch))) == ("ready", 3)


def test_a_batch_is_given_up_or_tried_again(here: Side, desk: Client, post: list[Sending]) -> None:
    batch = asked(here, post)
    PrintBatch.objects.filter(pk=batch.pk).update(state="failed", why="It took too long.", next_try_at=None)
    assert "It took too long." in words(desk.get(page(batch)))
    desk.post(page(batch), {"again": "1"})
    assert again(batch).state == "queued"
    desk.post(page(batch), {"give_up": "1"})
    assert (again(batch).state, inside_it(batch)) == ("given_up", [])


def test_giving_up_what_was_downloaded_asks_whether_it_was_posted(
    here: Side, desk: Client, post: list[Sending]
) -> None:
    batch = made(here, post)
    desk.head(reverse("print-batch-file", args=[batch.key]))
    assert again(batch).downloaded_at is None
    desk.get(reverse("print-batch-file", args=[batch.key]))
    asks = desk.post(page(batch), {"give_up": "1"})
    told = "3 letters were downloaded to be printed: Mon 16 Nov, 12 noon, Officer Larkspur."
    assert (asks.status_code, told in words(asks), errors(asks)) == (200, True, [])
    assert errors(desk.post(page(batch), {"give_up": "asked"})) == [
        "Say that nothing printed is in the post, or mark the batch as posted"
    ]
    assert (again(batch).state, len(inside_it(batch)), happened()) == ("ready", 3, [])
    desk.post(page(batch), {"give_up": "asked", "not_posted": "on"})
    assert (again(batch).state, inside_it(batch), happened()) == (
        "given_up",
        [],
        ["letter_print_given_up"] * 3,
    )


def test_a_letter_in_doubt_is_settled_from_the_list(here: Side, desk: Client) -> None:
    sending = queued(here)
    becomes(sending, "in_doubt", "timed out", message_id="<one@example.org>")
    shown = words(desk.get(f"{SHOW}doubt"))
    assert "<one@example.org>" in shown
    assert "Ask them whether it came" in shown
    assert 'value="yes" checked' in " ".join(
        desk.get(f"{letter_page(sending)}?went=yes").content.decode().split()
    )
    assert errors(desk.post(letter_page(sending), {"went": "yes", "reason": ""})) == ["Say how you know"]
    done = desk.post(letter_page(sending), {"went": "yes", "reason": "She rang"})
    assert (done.status_code, done.headers["Location"]) == (302, f"{SHOW}doubt")
    assert (fresh(sending).state, fresh(sending).result) == ("sent", "She rang")


def test_one_that_failed_is_noted(here: Side, desk: Client) -> None:
    sending = queued(here)
    becomes(sending, "failed", "550 No such user")
    assert "there is no such address" in words(desk.get(f"{SHOW}failed"))
    desk.post(letter_page(sending), {"reason": "Posted another"})
    assert (fresh(sending).marked_by, fresh(sending).result) == ("Officer Larkspur", "Posted another")
    assert numbers(desk) == {}


def test_one_that_waits_is_stopped(here: Side, desk: Client, post: list[Sending]) -> None:
    assert errors(desk.post(letter_page(post[0]), {"reason": ""})) == ["Write down why it does not go"]
    desk.post(letter_page(post[0]), {"reason": "She has moved"})
    assert (fresh(post[0]).state, fresh(post[0]).marked_by) == ("failed", "Officer Larkspur")
    assert happened() == ["letter_failed"]
    assert "There is nothing to say about this letter now." in words(desk.get(letter_page(post[0])))
    assert numbers(desk) == {"post": "2"}


def test_a_mail_server_that_is_away_is_told_with_the_next_try(here: Side, desk: Client) -> None:
    becomes(queued(here), "waiting", "[Errno 111] Connection refused", tries=2, next_try_at=NOON)
    shown = words(desk.get(f"{SHOW}going"))
    assert "Tried 2 times" in shown
    assert "The mail server cannot be reached. It goes again by itself; nothing is lost." in shown
    assert "Next try: Mon 16 Nov, 12 noon" in shown
