"""Files on their way in: straight to the disk they stay on, hashed while they come, never whole in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from cases.evidence.storage import Waiting

CHUNK = 1024 * 1024  # bytes
View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Declares a page that files may be sent to, up to their own limit; every other page refuses so much."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


class Arrived(UploadedFile):  # type: ignore[type-arg]
    """A file that has come in. One larger than a file may be was not kept: ``waiting`` is None, ``size`` is true.

    Closing it, as Django does at the end of a request, removes it unless a committed record keeps it.
    """

    def __init__(self, name: str, size: int, sha256: str, waiting: Waiting | None) -> None:
        super().__init__(None, name, size=size)
        self.sha256 = sha256
        self.waiting = waiting

    def close(self) -> None:
        if self.waiting is not None:
            self.waiting.discard()


class ArrivingHandler(FileUploadHandler):
    """Writes each file of a request to where evidence waits. What is over a limit is counted and not kept.

    A stranger's files are read past: nobody who is not signed in for a landlord fills the disk.
    """

    chunk_size = CHUNK

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.files = 0
        self.arriving: _Arriving | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files += 1
        welcome = getattr(self.request, "membership_id", None) is not None
        self.arriving = _Arriving(keep=welcome and self.files <= settings.EVIDENCE_FILES_A_POST)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        assert self.arriving is not None
        self.arriving.write(raw_data)

    def file_complete(self, file_size: int) -> Arrived:
        assert self.arriving is not None
        arrived = self.arriving.arrived(self.file_name or "")
        self.arriving = None
        return arrived

    def upload_interrupted(self) -> None:
        self.arriving = None


class _Arriving:
    """One file while it is written."""

    def __init__(self, *, keep: bool) -> None:
        self.waiting = Waiting() if keep else None
        self.file = self.waiting.path.open("wb") if self.waiting else None
        self.size = 0
        self.hash = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > settings.EVIDENCE_FILE_SIZE:
            self._stop()
        if self.file is None:
            return
        self.hash.update(data)
        try:
            self.file.write(data)
        except OSError:  # the disk is full
            self._stop()
            raise

    def arrived(self, name: str) -> Arrived:
        if self.file is not None:
            self.file.close()
        return Arrived(name, self.size, self.hash.hexdigest(), self.waiting)

    def _stop(self) -> None:
        if self.waiting is not None:
            self.waiting.discard()
        self.file = self.waiting = None


def arrive(upload: UploadedFile[Any]) -> Arrived:
    """The same for a file that came another way: a command, an import, a test."""
    if isinstance(upload, Arrived):
        return upload
    arriving = _Arriving(keep=True)
    for chunk in upload.chunks(CHUNK):
        arriving.write(chunk)
    return arriving.arrived(upload.name or "")
