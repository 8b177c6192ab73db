"""Files that somebody might choose as a logo."""

import struct
import zlib
from io import BytesIO

from PIL import Image

GREEN = "#00635a"


def logo(
    kind: str = "PNG", size: tuple[int, int] = (400, 120), mode: str = "RGB", colour: str = GREEN
) -> bytes:
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind)
    return out.getvalue()


def see_through() -> bytes:
    """A green bar above nothing."""
    image, out = Image.new("RGBA", (400, 120), (0, 0, 0, 0)), BytesIO()
    image.paste(GREEN, (0, 0, 400, 60))
    image.save(out, "PNG")
    return out.getvalue()


def noisy() -> bytes:
    """What a PNG cannot make small."""
    bands = [Image.effect_noise((1_000, 400), 90) for _band in range(3)]
    image, out = Image.merge("RGB", bands), BytesIO()
    image.save(out, "JPEG", quality=60)
    return out.getvalue()


def turned() -> bytes:
    """A photograph that stands upright only if its notes are read."""
    exif, out = Image.Exif(), BytesIO()
    exif[0x0112] = 6
    exif[0x010F] = "Harrowmere"
    Image.new("RGB", (300, 100), GREEN).save(out, "JPEG", exif=exif)
    return out.getvalue()


def two_in_one() -> bytes:
    """As telephones take them."""
    one, out = Image.new("RGB", (200, 100), GREEN), BytesIO()
    one.save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (200, 100), "red")])
    return out.getvalue()


def bomb() -> bytes:
    """A few hundred bytes that say they are a hundred thousand million pixels."""
    head = struct.pack(">IIBBBBB", 300_000, 300_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"\0" * 1_000))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
