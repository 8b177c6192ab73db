"""Handing out a file: never as a page of ours, in parts where a player asks for them."""

import datetime
import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.evidence.copies import COPY_TYPE
from cases.evidence.storage import kept
from cases.models import Evidence
from cases.selectors.evidence import mark_of
from landlords.permissions import Refused
from timeline import clock
from timeline.models import Access
from timeline.services import record_access

logger = logging.getLogger(__name__)

BLOCK = 256 * 1024  # bytes
LOOK = gettext_lazy("look at or listen to evidence")
DOWNLOAD = gettext_lazy("download the original of evidence")
A_LOOK = datetime.timedelta(hours=12)
"""As long as anybody is signed in: so long a player may go on asking for parts of what it has begun."""
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def write_down(request: Any, evidence: Evidence, what: Any) -> None:
    """Who opens a file is on record, on whatever case it lies and on none (decision 25); once for each look at it."""
    purpose = f"{what} {mark_of(evidence)}"
    if request.method == "GET" and (begins(request) or not _has_begun(evidence, purpose, request.user.pk)):
        record_access(evidence.case_id, by=request.actor, purpose=purpose, opened=evidence.key)


def _has_begun(evidence: Evidence, purpose: str, user_id: int) -> bool:
    """Whether this person's look is written down already: a part from the middle may be all that is asked for."""
    looks = Access.objects.filter(opened=evidence.key, user_id=user_id, purpose=purpose)
    return looks.filter(at__gte=clock.now() - A_LOOK).exists()


def shown(request: Any, evidence: Evidence) -> HttpResponse:
    """What the page shows: of a photo its copy, of sound and video the original, as the browser plays them."""
    played = evidence.content_type.startswith(("audio/", "video/"))
    if evidence.copy_path:
        return _file(request, evidence.copy_path, COPY_TYPE, content_disposition_header(False, "copy.jpg"))
    if not played:
        raise Http404(_("There is nothing to show here; download the original."))
    return _file(request, evidence.original_path, evidence.content_type, "inline")


def original(request: Any, evidence: Evidence) -> HttpResponse:
    """The bytes as they came, to be saved; no browser opens them as a page. What is no longer the same is not given."""
    if begins(request):
        _check_unchanged(evidence)
    disposition = content_disposition_header(True, evidence.file_name)
    return _file(request, evidence.original_path, evidence.content_type, disposition)


def _check_unchanged(evidence: Evidence) -> None:
    """Raises Refused where the file is not the one whose fingerprint was taken as it came in."""
    with (
        suppress(ValueError, FileNotFoundError),
        kept(evidence.original_path).open("rb") as file,
    ):
        if hashlib.file_digest(file, "sha256").hexdigest() != evidence.sha256:
            logger.error("evidence %s is not the file that came in", evidence.key)
            raise Refused(_("This file is no longer as it came to us. Tell your landlord administrator."))


def begins(request: Any) -> bool:
    """Whether this asks for the beginning of a file: a player then asks for the rest in many more requests."""
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    return found is None or found[1] == "0"


def _file(request: Any, place: str, content_type: str, disposition: str | None) -> HttpResponse:
    try:
        path = kept(place)
    except (ValueError, FileNotFoundError):
        raise Http404(_("This file is not here.")) from None
    size = path.stat().st_size
    response = _answer(request.headers.get("Range", ""), path, size)
    response["Content-Type"] = content_type
    response["Content-Disposition"] = disposition or "attachment"
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _answer(asked: str, path: Path, size: int) -> HttpResponse:
    """The whole file, the one part asked for, or that there is no such part. Several parts at once: the whole."""
    part = _part(asked, size)
    if part is None:
        return _stream(path, 0, size, status=200)
    first, last = part
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = _stream(path, first, last - first + 1, status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte; first after last where there is no such part. None: no part was asked for."""
    found = _RANGE.fullmatch(asked)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        return size - length, size - 1
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    return int(found[1]), last


def _stream(path: Path, first: int, length: int, *, status: int) -> HttpResponse:
    response = StreamingHttpResponse(_blocks(path, first, length), status=status)
    response["Content-Length"] = str(length)
    return cast(HttpResponse, response)  # whoever passes it on only sets headers


def _blocks(path: Path, first: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        while length > 0 and (block := file.read(min(BLOCK, length))):
            length -= len(block)
            yield block
