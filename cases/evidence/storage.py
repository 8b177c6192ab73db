"""Where evidence is kept, so that a record never stands without its file and a file never without its record.

A file comes in under ``incoming``, on the same disk, and is hashed while it is written. When its record is made it
is given a name there that says where it belongs (``originals.vivid.3f.3f2a….…``), and only when the transaction
commits is it moved, in one step, to that place (``originals/vivid/3f/3f2a…``). A transaction that fails drops the
last reference to it, which removes it. A process that dies between the two leaves it under ``incoming``, where
:func:`leftovers` finds it: with a record it is moved to its place, without one it is removed after an hour.

Names are made of the landlord's key and the SHA-256 of the content; what a person called the file is never part of a
path. The folders are open to the application's own user only, and what is kept cannot be written to.
"""

import contextlib
import os
import re
import uuid
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import transaction

from timeline import clock

INCOMING = "incoming"
LEFT_OVER_AFTER = 60 * 60  # seconds; no request lives so long
_PLACE = re.compile(r"(originals|copies)/[a-z0-9_-]+/[0-9a-f]{2}/[0-9a-f]{64}")

Folder = Literal["originals", "copies"]


def root() -> Path:
    return Path(settings.EVIDENCE_ROOT)


def place_of(folder: Folder, landlord_key: str, sha256: str) -> str:
    """Where a file belongs, from the root; the copy of an original is named after the original."""
    return f"{folder}/{landlord_key}/{sha256[:2]}/{sha256}"


def kept(place: str) -> Path:
    """The file at a place. Raises ValueError for a text that is not a place, FileNotFoundError where it is gone."""
    if not _PLACE.fullmatch(place):
        raise ValueError("not a place of evidence")
    path = root() / place
    if not path.is_file():
        raise FileNotFoundError(place)
    return path


class Waiting:
    """A file under ``incoming`` that is not yet kept. Whoever loses the last reference to it removes it."""

    def __init__(self) -> None:
        self.path = _made(root() / INCOMING) / f"{uuid.uuid4().hex}.part"
        self.path.touch(mode=0o600, exist_ok=False)
        self._end = _removing(self, self.path)

    def hold(self, place: str) -> None:
        """Keep it at ``place`` if the present transaction commits. Its content is on the disk when this returns."""
        with self.path.open("rb") as file:
            os.fsync(file.fileno())
        self._end.detach()
        self.path = self.path.rename(self.path.with_name(f"{place.replace('/', '.')}.{uuid.uuid4().hex}"))
        self._end = _removing(self, self.path)
        transaction.on_commit(lambda: self._settle(place), robust=True)

    def discard(self) -> None:
        """Remove it, unless it is kept by now."""
        self._end()

    def _settle(self, place: str) -> None:
        self._end.detach()  # its record is there: whatever fails now, a later look at the leftovers mends it
        _move(self.path, place)


@dataclass(frozen=True)
class Leftover:
    """A file that a process left behind. ``place`` is empty for one that never got a record."""

    path: Path
    landlord_key: str = ""
    place: str = ""

    def keep(self) -> None:
        _move(self.path, self.place)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


def leftovers() -> Iterator[Leftover]:
    """What has been under ``incoming`` for longer than any request lasts."""
    folder = root() / INCOMING
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if clock.now().timestamp() - path.stat().st_mtime > LEFT_OVER_AFTER:
            place = path.name.rpartition(".")[0].replace(".", "/")
            held = _PLACE.fullmatch(place)
            yield Leftover(path, place.split("/")[1], place) if held else Leftover(path)


def _removing(owner: Waiting, path: Path) -> "weakref.finalize[[], Waiting]":
    """Remove the file with its last owner, or when called."""
    return weakref.finalize(owner, path.unlink, missing_ok=True)


def _move(path: Path, place: str) -> None:
    """The same content twice is kept once."""
    target = root() / place
    _made(target.parent)
    path.chmod(0o400)
    path.replace(target)
    _flush_folder(target.parent)


def _made(folder: Path) -> Path:
    """The folder and those between it and the root, each closed to everybody else."""
    root().parent.mkdir(parents=True, exist_ok=True)
    for one in reversed([folder, *folder.parents][: len(folder.relative_to(root()).parts) + 1]):
        one.mkdir(mode=0o700, exist_ok=True)
    return folder


def _flush_folder(folder: Path) -> None:
    """So that the name survives a power cut; not every file system can do it."""
    descriptor = os.open(folder, os.O_RDONLY)
    with contextlib.suppress(OSError):
        os.fsync(descriptor)
    os.close(descriptor)
