"""What a file is, by what is in it. Its name is only believed where the two agree."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.evidence import containers

Group = Literal["image", "audio", "video", "document", "message"]
HEAD = 4096  # bytes looked at to tell what a file is


@dataclass(frozen=True)
class FileType:
    """``endings`` are those a file of this type may honestly have."""

    mime: str
    label: str | Promise
    group: Group
    endings: frozenset[str]


class Unwelcome(Exception):
    """A file we do not take; ``why`` goes on from its name: "is empty"."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def _type(mime: str, label: str | Promise, group: Group, endings: str) -> FileType:
    return FileType(mime, label, group, frozenset(endings.split()))


JPEG = _type("image/jpeg", gettext_lazy("JPEG photo"), "image", "jpg jpeg jpe jfif")
PNG = _type("image/png", gettext_lazy("PNG picture"), "image", "png")
WEBP = _type("image/webp", gettext_lazy("WebP picture"), "image", "webp")
HEIC = _type("image/heic", gettext_lazy("HEIC photo"), "image", "heic heif")
PDF = _type("application/pdf", gettext_lazy("PDF document"), "document", "pdf")
_FILM = "mp4 m4v m4a m4b mov qt 3gp 3g2"
MP4 = _type("video/mp4", gettext_lazy("MP4 video"), "video", _FILM)
MOV = _type("video/quicktime", gettext_lazy("QuickTime video"), "video", _FILM)
M4A = _type("audio/mp4", gettext_lazy("M4A recording"), "audio", _FILM)
MP3 = _type("audio/mpeg", gettext_lazy("MP3 recording"), "audio", "mp3")
WAV = _type("audio/wav", gettext_lazy("WAV recording"), "audio", "wav wave")
OGG = _type("audio/ogg", gettext_lazy("Ogg recording"), "audio", "ogg oga opus")
AAC = _type("audio/aac", gettext_lazy("AAC recording"), "audio", "aac")
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = _type(f"{_OFFICE}.wordprocessingml.document", gettext_lazy("Word document"), "document", "docx")
XLSX = _type(f"{_OFFICE}.spreadsheetml.sheet", gettext_lazy("Excel workbook"), "document", "xlsx")
TEXT = _type("text/plain", gettext_lazy("plain text"), "document", "txt text csv log")
EML = _type("message/rfc822", gettext_lazy("e-mail"), "message", "eml")
MSG = _type("application/vnd.ms-outlook", gettext_lazy("Outlook e-mail"), "message", "msg")

WANTED = gettext_lazy(
    "photos (JPEG, PNG, WebP, HEIC), sound (MP3, M4A, WAV, Ogg, AAC), video (MP4, MOV), PDF, Word, Excel, "
    "plain text and e-mails"
)
_PROGRAMS = (
    b"\x7fELF",
    b"\xfe\xed\xfa",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
)
_MARKUP = re.compile(rb"<(!doctype|html|head|body|script|svg|\?xml|iframe|meta|xml)[\s>/!]", re.IGNORECASE)
_HEADER = re.compile(rb"^(from|to|date|subject|received|return-path|mime-version|message-id):", re.I | re.M)


def sniff(path: Path, ending: str) -> FileType:
    """What the file is. Raises Unwelcome for what we do not take, and for one that its ending belies.

    ``ending`` is that of its name, small letters, without the dot; empty where it has none.
    """
    with path.open("rb") as file:
        found = _by_content(file, ending)
    if ending and ending not in found.endings:
        told = _(
            "is not what its name says: .%(ending)s, but inside %(type)s. Ask for the file as it was made"
        )
        raise Unwelcome(told % {"type": found.label, "ending": ending})
    return found


def _by_content(file: BinaryIO, ending: str) -> FileType:
    head = file.read(HEAD)
    if head.startswith(_PROGRAMS) or (head[:2] == b"MZ" and b"\0" in head):
        raise Unwelcome(_("is a program. We do not take programs"))
    found = next((kind for starts, kind in _SIGNATURES if starts(head)), None)
    if found is None:
        found = (
            _boxes(head, ending) or _zipped(file, head) or _outlook(file, head) or _words(file, head, ending)
        )
    if found is None:
        raise Unwelcome(
            _("is of a kind we cannot tell or do not take. We take %(wanted)s") % {"wanted": WANTED}
        )
    if not _whole(file, found):
        raise Unwelcome(_("is damaged or only came in part. Ask for it again"))
    return found


def _starts(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(beginnings)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


_SIGNATURES: tuple[tuple[Callable[[bytes], bool], FileType], ...] = (
    (_starts(b"\xff\xd8\xff"), JPEG),
    (_starts(b"\x89PNG\r\n\x1a\n"), PNG),
    (_riff(b"WEBP"), WEBP),
    (_riff(b"WAVE"), WAV),
    (_starts(b"%PDF-"), PDF),
    (_starts(b"OggS"), OGG),
    (_starts(b"\xff\xf1", b"\xff\xf9"), AAC),
    (_starts(b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xe3"), MP3),
)
_BRANDS: dict[bytes, FileType] = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"M4A ", b"M4B "), M4A),
    b"qt  ": MOV,
    **dict.fromkeys(
        (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"), MP4
    ),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3g2a", b"MSNV", b"mmp4"), MP4),
}


def _boxes(head: bytes, ending: str) -> FileType | None:
    """Sound alone is often kept as if it were a film: there the name tells which."""
    found = _BRANDS.get(head[8:12]) if head[4:8] == b"ftyp" else None
    return M4A if found is MP4 and ending in ("m4a", "m4b") else found


def _zipped(file: BinaryIO, head: bytes) -> FileType | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    names = containers.zip_names(file)
    if any(name.rpartition("/")[2].lower().startswith("vbaproject") for name in names):
        raise Unwelcome(_("holds macros, which are programs. Ask for it without them, or as a PDF"))
    if "[Content_Types].xml" not in names:
        return None
    return DOCX if "word/document.xml" in names else XLSX if "xl/workbook.xml" in names else None


def _outlook(file: BinaryIO, head: bytes) -> FileType | None:
    return MSG if head.startswith(containers.COMPOUND) and containers.is_outlook(file, head) else None


def _words(file: BinaryIO, head: bytes, ending: str) -> FileType | None:
    if not _is_text(file):
        return None
    if ending == "eml" and len(_HEADER.findall(head)) >= 2:
        return EML
    if _MARKUP.search(head[:1024]):
        raise Unwelcome(
            _("is a web page or a drawing that can hold a program. Ask for a PDF or a photo of it")
        )
    return TEXT


def _is_text(file: BinaryIO) -> bool:
    """UTF-8 or, from older Windows programs, cp1252; nothing that no typewriter has."""
    for encoding in ("utf-8", "cp1252"):
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            if all(_is_typed(decoder.decode(chunk)) for chunk in iter(lambda: file.read(65536), b"")):
                decoder.decode(b"", final=True)
                return True
        except UnicodeDecodeError:
            continue
    return False


def _is_typed(text: str) -> bool:
    return not re.search(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]", text)


def _whole(file: BinaryIO, found: FileType) -> bool:
    """Whether its end is there too, as far as the format tells. Photos are read in full when they are copied."""
    if found is PDF:
        return b"%%EOF" in containers.tail(file, 2048)
    if found.mime in ("video/mp4", "audio/mp4", "video/quicktime", "image/heic"):
        return containers.boxes_are_whole(file, b"meta" if found is HEIC else b"moov")
    return True


KNOWN_TYPES: dict[str, FileType] = {
    one.mime: one
    for one in (JPEG, PNG, WEBP, HEIC, PDF, MP4, MOV, M4A, MP3, WAV, OGG, AAC, DOCX, XLSX, TEXT, EML, MSG)
}
"""By the content type we give it; the one the sender's browser claims is never used."""
