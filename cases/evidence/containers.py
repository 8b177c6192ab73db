"""Looking into the containers that several kinds of file share, without unpacking anything."""

import os
import zipfile
from typing import BinaryIO

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old Office file, an Outlook e-mail and a Windows installer begin alike."""
_DIRECTORY = 1024 * 1024  # bytes: a list of contents longer than any document's is not read
_MOST_BOXES = 10_000


def zip_names(file: BinaryIO) -> frozenset[str]:
    """The names a zip file lists; none where it is damaged or lists more than a document ever has."""
    last = tail(file, 65_577)
    end = last.rpartition(b"PK\x05\x06")[2]
    told_elsewhere = (
        b"PK\x06\x07" in last
    )  # a second, larger directory: no document is so long as to need one
    if told_elsewhere or int.from_bytes(end[8:12], "little") > _DIRECTORY:
        return frozenset()
    try:
        with zipfile.ZipFile(file) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()


def is_outlook(file: BinaryIO, head: bytes) -> bool:
    """Whether a compound file is an e-mail: its directory begins with the streams only e-mails have."""
    size = 1 << int.from_bytes(head[30:32], "little")
    first = int.from_bytes(head[48:52], "little")
    if size not in (512, 4096):
        return False
    file.seek((first + 1) * size)
    return "__nameid_version1.0".encode("utf-16-le") in file.read(size * 4)


def tail(file: BinaryIO, length: int) -> bytes:
    file.seek(0, os.SEEK_END)
    file.seek(max(file.tell() - length, 0))
    return file.read(length)


def boxes_are_whole(file: BinaryIO, needed: bytes) -> bool:
    """Whether the boxes an MP4, MOV or HEIC consists of are there in full, the needed one among them.

    What some cameras write behind the last box is passed over.
    """
    file.seek(0, os.SEEK_END)
    end, at, seen = file.tell(), 0, set[bytes]()
    for _number in range(_MOST_BOXES):
        if at >= end:
            break
        size, kind = _box(file, at, end)
        if size < 8:
            break
        if at + size > end:
            return False
        seen.add(kind)
        at += size
    return needed in seen


def _box(file: BinaryIO, at: int, end: int) -> tuple[int, bytes]:
    """Its length in bytes with its header, and its four letters. Length 0 is "to the end", 1 "told in 64 bits"."""
    file.seek(at)
    head = file.read(16)
    size = int.from_bytes(head[:4], "big")
    if size == 1:
        size = int.from_bytes(head[8:16], "big")
    return (end - at if size == 0 and len(head) >= 8 else size), head[4:8]
