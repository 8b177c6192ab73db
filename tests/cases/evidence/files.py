"""Small true files of every kind that is taken, made here, and some that lie."""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

WAV = (
    b"RIFF\x30\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00"
    b"\x01\x00\x08\x00data\x0c\x00\x00\x00\x80\x90\x80\x70\x80\x90\x80\x70\x80\x90\x80\x70"
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 40
AAC = b"\xff\xf1\x50\x80" + b"\x00" * 60
OGG = b"OggS\x00\x02" + b"\x00" * 60
EML = (
    b"From: amina@larkspur.example\r\nTo: asb@landlord.example\r\nSubject: Again\r\n"
    b"Date: Mon, 16 Nov 2026 09:00:00 +0000\r\n\r\nIt started again.\r\n"
)
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 60
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def box(kind: bytes, content: bytes = b"") -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def film(brand: bytes = b"isom", needed: bytes = b"moov") -> bytes:
    return (
        box(b"ftyp", brand + b"\x00\x00\x02\x00" + brand)
        + box(needed, b"\x00" * 20)
        + box(b"mdat", b"\x01" * 50)
    )


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "navy").save(made, kind, **options)
    return made.getvalue()


def photo_with_place() -> bytes:
    """A JPEG lying on its side that says where, with what and by whom it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Larkspur Cameras"
    exif[0x0112] = 6  # to be turned upright
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (52.0, 57.0, 0.0)
    place[3], place[4] = "W", (1.0, 28.0, 12.0)
    return picture(exif=exif, comment=b"Amina's kitchen", xmp=b"<x:xmpmeta>Foxglove Road</x:xmpmeta>")


def office(inside: str, *more: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", inside, *more):
            archive.writestr(name, "<a/>")
    return made.getvalue()


def compound(stream: str) -> bytes:
    """The head of a compound file whose directory names this stream."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 22 + (9).to_bytes(2, "little")
    head += b"\x00" * 16 + (0).to_bytes(4, "little")
    names = [
        "Root Entry".encode("utf-16-le").ljust(128, b"\x00"),
        stream.encode("utf-16-le").ljust(384, b"\x00"),
    ]
    return head.ljust(512, b"\x00") + b"".join(names)


def upload(name: str = "night.wav", content: bytes = WAV) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def everything_in(folder: Path) -> list[str]:
    """Every file below, by its path from there."""
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def sparse(path: Path, size: int) -> Path:
    """A file so large that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path
