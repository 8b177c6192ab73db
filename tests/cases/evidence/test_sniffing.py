"""What a file is told to be, by what is in it; what is refused, and in which words."""

from pathlib import Path

import pytest

from cases.evidence.sniffing import Unwelcome, sniff
from tests.cases.evidence import files


def told(tmp_path: Path, content: bytes, ending: str) -> str:
    path = tmp_path / "file"
    path.write_bytes(content)
    try:
        return sniff(path, ending).mime
    except Unwelcome as unwelcome:
        return unwelcome.why


GOOD = {
    "jpg": (files.picture(), "image/jpeg"),
    "png": (files.picture("PNG"), "image/png"),
    "webp": (files.picture("WEBP"), "image/webp"),
    "heic": (files.film(b"heic", b"meta"), "image/heic"),
    "pdf": (files.PDF, "application/pdf"),
    "mp4": (files.film(), "video/mp4"),
    "mov": (files.film(b"qt  "), "video/quicktime"),
    "m4a": (files.film(b"M4A "), "audio/mp4"),
    "mp3": (files.MP3, "audio/mpeg"),
    "wav": (files.WAV, "audio/wav"),
    "ogg": (files.OGG, "audio/ogg"),
    "aac": (files.AAC, "audio/aac"),
    "docx": (
        files.office("word/document.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": (
        files.office("xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "txt": ("Dög barked 2–4am\r\n".encode(), "text/plain"),
    "eml": (files.EML, "message/rfc822"),
    "msg": (files.compound("__nameid_version1.0"), "application/vnd.ms-outlook"),
}


@pytest.mark.parametrize("ending", GOOD)
def test_every_kind_we_take_is_told_by_its_content(tmp_path: Path, ending: str) -> None:
    content, mime = GOOD[ending]
    assert told(tmp_path, content, ending) == mime
    if ending != "eml":  # a mail is plain text to anybody who does not say that it is one
        assert told(tmp_path, content, "") == mime


@pytest.mark.parametrize("ending", GOOD)
def test_every_kind_under_the_ending_of_a_program_is_told(tmp_path: Path, ending: str) -> None:
    assert told(tmp_path, GOOD[ending][0], "exe").startswith("is not what its name says: .exe, but inside ")


def test_a_phone_keeps_sound_as_a_film_and_its_name_tells(tmp_path: Path) -> None:
    assert told(tmp_path, files.film(b"mp42"), "m4a") == "audio/mp4"


def test_a_mail_may_be_written_as_a_web_page_because_nobody_opens_it_as_one(tmp_path: Path) -> None:
    assert told(tmp_path, files.EML + b"<html><b>Again</b></html>", "eml") == "message/rfc822"


def test_an_older_programs_text_is_text(tmp_path: Path) -> None:
    assert told(tmp_path, "Café noise – £20".encode("cp1252"), "txt") == "text/plain"


PROGRAM = "is a program. We do not take programs"
MARKUP = "is a web page or a drawing that can hold a program. Ask for a PDF or a photo of it"
DAMAGED = "is damaged or only came in part. Ask for it again"
WAYS = {
    "program": (files.EXE, "jpg", PROGRAM),
    "program of another system": (
        b"\x7fELF\x02\x01\x01" + b"\x00" * 60,
        "pdf",
        PROGRAM,
    ),
    "script": (b"#!/bin/sh\nrm -rf /\n", "txt", PROGRAM),
    "web page": (
        files.HTML,
        "html",
        MARKUP,
    ),
    "web page called text": (
        files.HTML,
        "txt",
        MARKUP,
    ),
    "drawing": (
        files.SVG,
        "svg",
        MARKUP,
    ),
    "macros": (
        files.office("word/document.xml", "word/vbaProject.bin"),
        "docx",
        "holds macros, which are programs. Ask for it without them, or as a PDF",
    ),
    "PDF called a recording": (
        files.PDF,
        "mp3",
        "is not what its name says: .mp3, but inside PDF document. Ask for the file as it was made",
    ),
    "cut PDF": (files.PDF[:-6], "pdf", DAMAGED),
    "cut film": (files.film()[:-10], "mp4", DAMAGED),
    "film without its index": (
        files.film(needed=b"free"),
        "mp4",
        DAMAGED,
    ),
}
NOT_TAKEN = {
    "zip": files.office("holiday.txt"),
    "installer": files.compound("!_StringData"),
    "noise": bytes(range(256)),
    "cut zip": files.office("word/document.xml")[:-30],
    "web page in two bytes a letter": "<html><script>alert(1)</script>".encode("utf-16"),
}


@pytest.mark.parametrize("what", WAYS)
def test_what_we_do_not_take_is_told_why(tmp_path: Path, what: str) -> None:
    content, ending, why = WAYS[what]
    assert told(tmp_path, content, ending) == why


@pytest.mark.parametrize("what", NOT_TAKEN)
def test_what_we_cannot_tell_says_what_we_take(tmp_path: Path, what: str) -> None:
    assert told(tmp_path, NOT_TAKEN[what], "bin") == (
        "is of a kind we cannot tell or do not take. We take photos (JPEG, PNG, WebP, HEIC), sound (MP3, M4A, WAV, "
        "Ogg, AAC), video (MP4, MOV), PDF, Word, Excel, plain text and e-mails"
    )


def test_a_zip_that_lists_more_than_a_document_has_is_not_read(tmp_path: Path) -> None:
    end = b"PK\x05\x06" + b"\x00" * 8 + (2**31).to_bytes(4, "little") + b"\x00" * 6
    assert told(tmp_path, b"PK\x03\x04" + b"\x00" * 100 + end, "docx").startswith(
        "is of a kind we cannot tell"
    )


def test_what_a_camera_writes_behind_the_last_box_is_passed_over(tmp_path: Path) -> None:
    assert told(tmp_path, files.film() + b"\x00\x00", "mp4") == "video/mp4"
