"""Everything that is looked at before a file becomes evidence. What is wrong is told all at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cases.evidence.arriving import Arrived, arrive
from cases.evidence.copies import copy_of
from cases.evidence.sniffing import FileType, Unwelcome, sniff
from cases.evidence.storage import Waiting
from landlords.permissions import Refused

LONGEST_NAME = 200


@dataclass(frozen=True)
class Examined:
    """A file found good. ``name`` is what the sender called it, for people to read, never part of a path."""

    name: str
    arrived: Arrived
    waiting: Waiting
    type: FileType
    copy: Waiting | None

    @property
    def title(self) -> str:
        return PurePosixPath(self.name).stem or self.name


def examine(uploads: Iterable[UploadedFile[Any]]) -> list[Examined]:
    """Raises Refused with every reason against every file; none of them is kept then."""
    uploads = list(uploads)
    found, reasons = list[Examined](), list[str]()
    if len(uploads) > settings.EVIDENCE_FILES_A_POST:
        told = _("At most %(most)d files can be added at a time. You chose %(number)d")
        reasons.append(told % {"most": settings.EVIDENCE_FILES_A_POST, "number": len(uploads)})
    for upload in uploads[: settings.EVIDENCE_FILES_A_POST]:
        name = readable(upload.name or "")
        try:
            found.append(_examined(arrive(upload), name))
        except Unwelcome as unwelcome:
            reasons.append(_("“%(name)s” %(why)s") % {"name": name, "why": unwelcome.why})
    if reasons:
        raise Refused(*reasons)
    return found


def _examined(arrived: Arrived, name: str) -> Examined:
    if arrived.size == 0:
        raise Unwelcome(_("is empty. Ask for it again"))
    if arrived.waiting is None:
        told = _("is %(size)s. A file can be at most %(most)s. Ask for a shorter one, or for it in parts")
        sizes = {
            "size": size_words(arrived.size or 0),
            "most": size_words(settings.EVIDENCE_FILE_SIZE),
        }
        raise Unwelcome(told % sizes)
    found = sniff(arrived.waiting.path, PurePosixPath(name).suffix[1:].lower())
    return Examined(name, arrived, arrived.waiting, found, copy_of(arrived.waiting.path, found))


def size_words(size: int) -> str:
    """ "100 MB", "2.1 KB"."""
    return filesizeformat(size).replace(".0\xa0", "\xa0")


def readable(name: str) -> str:
    """A file's name without its folders and without characters that hide or turn what stands around them."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(one for one in last if unicodedata.category(one)[0] != "C").strip()
    return shorten(plain or _("file without a name"))


def shorten(name: str) -> str:
    """At most 200 characters, with its ending."""
    path = PurePosixPath(name)
    return (
        name if len(name) <= LONGEST_NAME else path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix[:50]
    )
