"""Handing out files: to whom, how much of them, and that no browser ever opens one as a page of ours."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Evidence
from landlords.permissions import Role
from tests.cases.evidence import files
from tests.cases.evidence.pages import page, received
from tests.cases.evidence.scoped import scoped
from tests.factories.world import Side, World
from timeline.models import Access

pytestmark = pytest.mark.django_db(transaction=True)
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def looks(side: Side) -> list[str]:
    with scoped(side):
        return list(Access.objects.order_by("id").values_list("purpose", flat=True))


def mark(one: Evidence) -> str:
    return one.key.hex[:8]


def test_sound_is_played_and_the_original_is_saved(world: World, client: Client) -> None:
    here = world.here
    one = received(here, "Küche 夜.wav")
    here.sign_in(client)
    played = client.get(page("evidence-file", here, one.key))
    assert (played.status_code, body(played), played.headers["Content-Type"]) == (200, files.WAV, "audio/wav")
    assert played.headers["Content-Disposition"] == "inline"
    saved = client.get(page("evidence-original", here, one.key))
    assert body(saved) == files.WAV
    assert saved.headers["Content-Disposition"] == "attachment; filename*=utf-8''K%C3%BCche%20%E5%A4%9C.wav"
    for response in (played, saved):
        assert {name: response.headers[name] for name in SAFE} == SAFE
    assert looks(here) == [
        f"look at or listen to evidence {mark(one)}",
        f"download the original of evidence {mark(one)}",
    ]


def test_of_a_photo_the_copy_is_shown(world: World, client: Client) -> None:
    here, content = world.here, files.photo_with_place()
    one = received(here, "a.jpg", content)
    here.sign_in(client)
    shown = client.get(page("evidence-file", here, one.key))
    assert (shown.headers["Content-Type"], b"Exif" in body(shown)) == ("image/jpeg", False)
    original = client.get(page("evidence-original", here, one.key))
    assert original.headers["Content-Disposition"] == 'attachment; filename="a.jpg"'
    assert body(original) == content


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", files.PDF), ("a.eml", files.EML), ("a.txt", b"told on the phone"),
                          ("a.heic", files.film(b"heic", b"meta"))]
)  # fmt: skip
def test_everything_else_can_only_be_saved(world: World, client: Client, name: str, content: bytes) -> None:
    one = received(world.here, name, content)
    world.here.sign_in(client)
    assert client.get(page("evidence-file", world.here, one.key)).status_code == 404
    saved = client.get(page("evidence-original", world.here, one.key))
    assert (body(saved), saved.headers["Content-Disposition"]) == (content, f'attachment; filename="{name}"')


@pytest.mark.parametrize(
    ("asked", "status", "told", "content"),
    [
        ("bytes=0-3", 206, "bytes 0-3/56", files.WAV[:4]),
        ("bytes=50-", 206, "bytes 50-55/56", files.WAV[50:]),
        ("bytes=-6", 206, "bytes 50-55/56", files.WAV[50:]),
        ("bytes=-999", 206, "bytes 0-55/56", files.WAV),
        ("bytes=10-9999", 206, "bytes 10-55/56", files.WAV[10:]),
        ("bytes=55-55", 206, "bytes 55-55/56", files.WAV[55:]),
        ("bytes=56-", 416, "bytes */56", b""),
        ("bytes=5-4", 416, "bytes */56", b""),
        ("bytes=-0", 416, "bytes */56", b""),
        ("bytes=0-1,3-4", 200, None, files.WAV),
        ("bytes=-", 200, None, files.WAV),
        ("lines=1-2", 200, None, files.WAV),
        ("bytes=٣-", 200, None, files.WAV),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_player_asks_for_parts(
    world: World, client: Client, asked: str, status: int, told: str | None, content: bytes
) -> None:
    one = received(world.here)
    assert one.size == 56
    world.here.sign_in(client)
    response = client.get(page("evidence-file", world.here, one.key), headers={"Range": asked})
    assert (response.status_code, response.headers.get("Content-Range"), body(response)) == (
        status,
        told,
        content,
    )
    assert response.headers["Content-Length"] == str(len(content))
    assert response.headers["Accept-Ranges"] == "bytes"


def test_only_the_beginning_of_listening_is_written_down(world: World, client: Client) -> None:
    one = received(world.here)
    url = page("evidence-file", world.here, one.key)
    world.here.sign_in(client)
    for asked in ("bytes=0-", "bytes=10-20", "bytes=21-"):
        client.get(url, headers={"Range": asked})
    client.head(url)
    assert looks(world.here) == [f"look at or listen to evidence {mark(one)}"]


def test_who_has_opened_it_is_shown_to_those_who_may_know(world: World, client: Client) -> None:
    one = received(world.here)
    world.here.sign_in(client)
    client.get(page("evidence-file", world.here, one.key))
    seen = {}
    for role in (Role.MANAGER, Role.AUDITOR, Role.OFFICER):
        world.here.sign_in(client, role)
        seen[role] = (
            b"look at or listen to evidence"
            in client.get(page("evidence-piece", world.here, one.key)).content
        )
    assert seen == {Role.MANAGER: True, Role.AUDITOR: True, Role.OFFICER: False}


def addresses(side: Side, one: Evidence) -> list[str]:
    if one.case_id is None:
        return [
            reverse(name, args=[one.key])
            for name in ("unmatched-evidence", "unmatched-file", "unmatched-original")
        ]
    return [page(name, side, one.key) for name in ("evidence-piece", "evidence-file", "evidence-original")]


def test_another_landlords_evidence_does_not_exist(world: World, client: Client) -> None:
    pieces = [received(world.there), received(world.there, case=None)]
    for role in (Role.MANAGER, Role.AUDITOR, Role.OFFICER):
        world.here.sign_in(client, role)
        codes = {url: client.get(url).status_code for one in pieces for url in addresses(world.there, one)}
        assert set(codes.values()) == {404}
    assert looks(world.there) == []


def test_a_key_of_another_case_does_not_open_it_on_this_one(world: World, client: Client) -> None:
    hidden, unmatched = received(world.here, case=world.here.restricted_case), received(world.here, case=None)
    world.here.sign_in(client)
    for one in (hidden, unmatched):
        for name in ("evidence-piece", "evidence-file", "evidence-original"):
            assert client.get(page(name, world.here, one.key)).status_code == 404
    assert client.get(reverse("unmatched-file", args=[hidden.key])).status_code == 404
    assert looks(world.here) == []


def test_evidence_of_a_restricted_case_does_not_exist_for_others(world: World, client: Client) -> None:
    here = world.here
    one = received(here, case=here.restricted_case)
    urls = [
        reverse(name, args=[here.restricted_case.reference, one.key])
        for name in (
            "evidence-piece",
            "evidence-file",
            "evidence-original",
            "review-evidence",
            "evidence-court",
        )
    ]
    here.sign_in(client, Role.OFFICER)
    assert {client.get(url).status_code for url in urls} == {404}
    assert {client.post(url, {"finding": "x", "told": "on"}).status_code for url in urls[3:]} == {404}
    with scoped(here):
        assert (Evidence.objects.get().told_of_court, Evidence.objects.get().reviews.count()) == (False, 0)
    here.sign_in(client, Role.MANAGER)
    assert {client.get(url).status_code for url in urls} == {200}


def test_a_file_that_is_gone_is_told_and_nothing_else_is_opened(
    world: World, client: Client, root: Path
) -> None:
    one = received(world.here)
    with scoped(world.here):
        Evidence.objects.update(original_path="../../../etc/hostname")
    world.here.sign_in(client)
    assert client.get(page("evidence-original", world.here, one.key)).status_code == 404
    (root / one.original_path).unlink()
    with scoped(world.here):
        Evidence.objects.update(original_path=one.original_path)
    assert client.get(page("evidence-original", world.here, one.key)).status_code == 404


def test_nobody_gets_a_file_without_signing_in(world: World, client: Client) -> None:
    one = received(world.here)
    for url in addresses(world.here, one):
        assert client.get(url).headers["Location"].startswith("/sign-in/")
