"""The copy of a photo: the picture and nothing else."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from cases.evidence.copies import copy_of
from cases.evidence.sniffing import HEIC, JPEG, PDF, PNG, WEBP, FileType, Unwelcome
from tests.cases.evidence import files


def original(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "original"
    path.write_bytes(content)
    return path


def bomb(side: int) -> bytes:
    """A few kilobytes that unpack to a square of so many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" * (side // 8 + 1)) * side, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_nothing_but_the_picture_comes_along(tmp_path: Path) -> None:
    content = files.photo_with_place()
    with Image.open(io.BytesIO(content)) as before:
        assert before.getexif().get_ifd(0x8825)[2] == (52.0, 57.0, 0.0)
    for word in (b"Larkspur Cameras", b"Amina's kitchen", b"Foxglove Road"):
        assert word in content
    path = original(tmp_path, content)
    copy = copy_of(path, JPEG)
    assert copy is not None
    with Image.open(copy.path) as after:
        assert dict(after.getexif()) == {}
        assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert after.size == (20, 40)
    for word in (b"Larkspur Cameras", b"Amina's kitchen", b"Foxglove Road", b"Exif"):
        assert word not in copy.path.read_bytes()
    assert path.read_bytes() == content


@pytest.mark.parametrize(("kind", "written"), [(JPEG, "JPEG"), (PNG, "PNG"), (WEBP, "WEBP")])
def test_the_copy_is_a_picture_of_the_same(tmp_path: Path, kind: FileType, written: str) -> None:
    copy = copy_of(original(tmp_path, files.picture(written)), kind)
    assert copy is not None
    with Image.open(copy.path) as after:
        assert (after.format, after.size) == ("JPEG", (40, 20))
        assert after.convert("RGB").getpixel((5, 5)) == pytest.approx((0, 0, 128), abs=6)


def test_what_is_see_through_is_white(tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(made, "PNG")
    copy = copy_of(original(tmp_path, made.getvalue()), PNG)
    assert copy is not None
    with Image.open(copy.path) as after:
        assert after.getpixel((4, 4)) == (255, 255, 255)


def test_a_large_photo_is_made_smaller(tmp_path: Path) -> None:
    copy = copy_of(original(tmp_path, files.picture(size=(6400, 3200))), JPEG)
    assert copy is not None
    with Image.open(copy.path) as after:
        assert after.size == (3000, 1500)


def test_a_picture_that_unpacks_to_more_than_we_can_hold_is_refused_unopened(
    tmp_path: Path, root: Path
) -> None:
    content = bomb(20_000)
    assert len(content) < 100_000
    with pytest.raises(Unwelcome) as refused:
        copy_of(original(tmp_path, content), PNG)
    assert refused.value.why == "is larger than we can draw: 20000 by 20000 pixels. Ask for a smaller one"
    del refused
    assert files.everything_in(root) == []


def test_a_huge_jpeg_is_unpacked_at_a_fraction(tmp_path: Path, settings: Settings) -> None:
    settings.EVIDENCE_PIXELS = 6_000_000
    copy = copy_of(original(tmp_path, files.picture(size=(6400, 3200))), JPEG)
    assert copy is not None


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (JPEG, files.picture()[:200]),
        (JPEG, files.picture(size=(400, 400))[:-300]),
        (PNG, files.picture("PNG")[:50]),
        (WEBP, files.picture("WEBP")[:30]),
        (PNG, files.picture("JPEG")),
    ],
)
def test_a_broken_picture_is_refused(tmp_path: Path, kind: FileType, content: bytes) -> None:
    with pytest.raises(Unwelcome) as refused:
        copy_of(original(tmp_path, content), kind)
    assert refused.value.why == "is damaged: it cannot be shown. Ask for it again"


@pytest.mark.parametrize("kind", [HEIC, PDF])
def test_what_we_cannot_draw_has_no_copy(tmp_path: Path, kind: FileType) -> None:
    assert copy_of(original(tmp_path, b"anything"), kind) is None
