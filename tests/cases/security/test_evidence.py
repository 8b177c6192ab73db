"""Evidence in the hands of somebody who means harm: looks that leave no trace, files made to exhaust the machine."""

import io
import struct
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from cases.evidence.containers import zip_names
from cases.evidence.copies import copy_of
from cases.evidence.sniffing import JPEG, Unwelcome
from landlords.permissions import Role
from tests.cases.evidence import files
from tests.cases.evidence.pages import page, received
from tests.cases.evidence.scoped import scoped
from tests.factories.world import Side, World
from timeline.models import Access


def looks(side: Side) -> list[tuple[str, str]]:
    with scoped(side):
        return list(Access.objects.order_by("id").values_list("user_name", "purpose"))


def part(client: Client, url: str, asked: str) -> bytes:
    response: Any = client.get(url, headers={"Range": asked})
    return b"".join(response.streaming_content)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("asked", "first"), [("bytes=1-", 1), ("bytes=-999", 0), ("bytes=00-", 0)])
def test_a_part_from_the_middle_is_a_look_like_any_other(
    world: World, client: Client, asked: str, first: int
) -> None:
    here = world.here
    one = received(here)
    url, purpose = (
        page("evidence-original", here, one.key),
        f"download the original of evidence {one.key.hex[:8]}",
    )
    for role, seen in ((Role.OFFICER, "Officer"), (Role.MANAGER, "Manager")):
        here.sign_in(client, role)
        assert [part(client, url, asked) for _again in range(2)] == [files.WAV[first:]] * 2
        assert (f"{seen} Larkspur", purpose) in looks(here)
    assert {purpose for _who, purpose in looks(here)} == {purpose}


@pytest.mark.django_db(transaction=True)
def test_a_file_that_was_changed_on_the_disk_is_not_given_as_evidence(
    world: World, client: Client, root: Path
) -> None:
    one = received(world.here)
    url = page("evidence-original", world.here, one.key)
    world.here.sign_in(client)
    assert part(client, url, "") == files.WAV
    (root / one.original_path).chmod(0o600)
    (root / one.original_path).write_bytes(files.WAV[:-1] + b"?")
    answer = client.get(url)
    assert (answer.status_code, b"no longer as it came to us" in answer.content) == (403, True)


def photo(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "photo"
    path.write_bytes(content)
    return path


def test_a_photo_whose_camera_wrote_nonsense_is_shown_upright(tmp_path: Path, root: Path) -> None:
    """Its notes are read for how it was held and never written out again, which a broken one would not survive."""
    notes = Image.Exif()
    notes[0x0112], notes[0x011A] = 6, 72.0
    content = files.picture(size=(40, 20), exif=notes)
    broken = content.replace(b"\x01\x1a\x00\x05", b"\x01\x1a\x00\x02")
    assert broken != content
    copy = copy_of(photo(tmp_path, broken), JPEG)
    assert copy is not None
    with Image.open(copy.path) as shown:
        assert shown.size == (20, 40)


@pytest.mark.parametrize(("progressive", "taken"), [(False, True), (True, False)])
def test_a_photo_that_comes_in_passes_is_measured_whole(
    tmp_path: Path, root: Path, settings: Settings, progressive: bool, taken: bool
) -> None:
    """It cannot be unpacked at a fraction: twelve megabytes of it would fill six gigabytes of memory."""
    settings.EVIDENCE_PIXELS = 6_000_000
    path = photo(tmp_path, files.picture(size=(6400, 3200), progressive=progressive))
    if taken:
        assert copy_of(path, JPEG) is not None
        return
    with pytest.raises(Unwelcome) as refused:
        copy_of(path, JPEG)
    assert refused.value.why == "is larger than we can draw: 6400 by 3200 pixels. Ask for a smaller one"


def listing(entries: int) -> bytes:
    """A zip file whose contents are listed at the place that the format keeps for millions of them."""
    entry = struct.pack("<4s4B4H3L5H2L", b"PK\x01\x02", 20, 0, 20, *[0] * 8, 1, *[0] * 6) + b"a"
    start = b"PK\x03\x04" + bytes(26)
    length = entries * len(entry)
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, length, len(start))
    place = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(start) + length, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0x10, 0xFFFFFFFF, 0)
    return start + entry * entries + large + place + end


def test_a_second_longer_list_of_contents_is_not_read() -> None:
    assert zip_names(io.BytesIO(listing(3))) == frozenset()
    assert zip_names(io.BytesIO(files.office("word/document.xml"))) >= {"word/document.xml"}
