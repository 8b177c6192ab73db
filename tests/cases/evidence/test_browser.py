"""In a real browser: files are chosen and sent, sound is played from the middle, and every page fits a phone."""

import io
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from cases.models import Evidence
from tests.cases.evidence import files
from tests.cases.evidence.pages import page, received
from tests.cases.evidence.scoped import scoped
from tests.factories.world import World
from tests.triage.browsing import DESKTOP, PHONE, faults, opened, started, too_wide
from timeline.models import Access

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLAY_FROM_8_SECONDS = """async sound => {
    sound.muted = true;
    await sound.play();
    sound.currentTime = 8;
    await new Promise(done => sound.addEventListener("timeupdate", done, {once: true}));
    return [sound.duration, sound.currentTime >= 8];
}"""


@pytest.fixture
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


def silence(seconds: int) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x80" * 8000 * seconds)
    return made.getvalue()


def signed_in(world: World, client: Client) -> str:
    world.here.sign_in(client)
    return client.cookies["sessionid"].value


def test_chosen_sent_and_listened_to(
    browser: Browser, live_server: LiveServer, world: World, client: Client, tmp_path: Path
) -> None:
    here = world.here
    sound, photo = tmp_path / "Saturday 2am.wav", tmp_path / "door.jpg"
    sound.write_bytes(silence(12))
    photo.write_bytes(files.photo_with_place())
    shown = opened(browser, live_server.url, signed_in(world, client), width=DESKTOP)
    shown.goto(live_server.url + page("evidence", here))
    shown.get_by_role("button", name="Add evidence").click()
    shown.get_by_label("Files").set_input_files([sound, photo])
    shown.get_by_role("button", name="Add evidence").click()
    shown.get_by_role("link", name="door").click()
    expect(shown.get_by_role("img", name="Copy of door")).to_have_js_property("naturalHeight", 40)
    shown.go_back()
    shown.get_by_role("link", name="Saturday 2am").click()
    assert shown.locator("audio").evaluate(PLAY_FROM_8_SECONDS) == [12, True]
    shown.get_by_role("textbox", name="What it shows").fill("Nothing can be heard")
    shown.get_by_role("button", name="Save what it shows").click()
    expect(shown.get_by_text("Listened to")).to_be_visible()
    with scoped(here):
        recording = Evidence.objects.get(kind="recording")
        opened_it = Access.objects.filter(purpose__contains=recording.key.hex[:8]).count()
        assert recording.sha256 == files.fingerprint(sound.read_bytes())
        assert [one.finding for one in recording.reviews.all()] == ["Nothing can be heard"]
    assert opened_it >= 1


def test_every_page_fits_a_phone_and_has_no_fault(
    browser: Browser, live_server: LiveServer, world: World, client: Client
) -> None:
    here = world.here
    one, waiting = received(here, "a.jpg", files.picture()), received(here, case=None, from_words="By post")
    urls = [
        page("evidence", here),
        page("add-evidence", here),
        page("add-diary", here),
        page("evidence-piece", here, one.key),
        page("review-evidence", here, one.key),
        page("evidence-court", here, one.key),
        reverse("evidence-inbox"),
        reverse("add-unmatched-evidence"),
        reverse("unmatched-evidence", args=[waiting.key]),
    ]
    session = signed_in(world, client)
    for width in (DESKTOP, PHONE):
        shown = opened(browser, live_server.url, session, width=width)
        found = {}
        for url in urls:
            shown.goto(live_server.url + url)
            found[url] = (too_wide(shown), faults(shown))
        assert found == dict.fromkeys(urls, (False, []))
