"""What goes to and fro between a process that wants letters and one that sets them: length first, then content."""

import struct
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from json import dumps, loads

LENGTH = struct.Struct(">I")
MADE, REFUSED = b"+", b"-"
IDLE = 120
"""Seconds without a letter after which the process ends by itself."""
LARGEST = 64 * 1024 * 1024
"""Bytes of one PDF."""


@dataclass(frozen=True)
class Printing:
    """What one PDF is made of: ``html`` as ``draw`` gives it, and ``Look.colours``."""

    html: str
    title: str
    colours: tuple[str, str]
    language: str = "en-GB"
    logo: bytes | None = None


def packed(content: bytes) -> bytes:
    return LENGTH.pack(len(content)) + content


def as_bytes(printing: Printing) -> bytes:
    logo = b64encode(printing.logo).decode() if printing.logo else None
    return dumps({**asdict(printing), "logo": logo}).encode()


def from_bytes(content: bytes) -> Printing:
    found = loads(content)
    logo = b64decode(found["logo"]) if found["logo"] else None
    return Printing(**{**found, "logo": logo, "colours": tuple(found["colours"])})
