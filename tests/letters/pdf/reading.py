"""A PDF read back as an aid for the blind would read it: by its tags."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import page
import pikepdf

ARTIFACT = -1
MM_OF_PIXEL = 25.4 / 96
"""Text is placed in pixels of CSS, from the top of the sheet."""


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def failures(pdf: bytes) -> list[tuple[str, str]]:
    """What a checker of PDF/UA-1 has against it."""
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert report.rules.total > 100
    return [(failure.rule_id, failure.message) for failure in report.failures]


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """In the order in which they are read."""
    yield from _below(pdf.Root.StructTreeRoot)


def tags(pdf: pikepdf.Pdf) -> list[str]:
    return [str(one.S) for one in elements(pdf)]


def text_by_tag(pdf: bytes) -> list[tuple[str, str]]:
    """The text of each paragraph, heading, list item and cell, in the order of the tags."""
    with opened(pdf) as file:
        read = {
            (number, mcid): text
            for number, one in enumerate(file.pages)
            for mcid, text in _marked(one).items()
        }
        pages = {one.obj.objgen: number for number, one in enumerate(file.pages)}
        return [
            (str(one.S), "".join(_texts(one, pages, read)))
            for one in elements(file)
            if str(one.S) in {"/H1", "/H2", "/P", "/LBody", "/TH", "/TD"}
        ]


def feet(pdf: bytes) -> list[str]:
    """The text of each page that is not read aloud."""
    with opened(pdf) as file:
        return [_marked(one)[ARTIFACT] for one in file.pages]


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    return [font for one in pdf.pages for font in one.obj.Resources.Font.values()]


def _below(element: Any) -> Iterator[Any]:
    for one in element.K:
        if isinstance(one, pikepdf.Dictionary):
            yield one
            yield from _below(one)


def _texts(element: Any, pages: dict[Any, int], read: dict[tuple[int, int], str]) -> Iterator[str]:
    for one in element.K:
        if isinstance(one, pikepdf.Dictionary):
            yield from _texts(one, pages, read)
        else:
            yield read[pages[element.Pg.objgen], int(one)]


def _marked(one: pikepdf.Page) -> dict[int, str]:
    """The text of a page by the number of its marked content."""
    found, characters = {ARTIFACT: ""}, _characters(one)
    mcid, font = ARTIFACT, ""
    for operands, name in _instructions(one):
        if name == "BDC":
            mcid = int(operands[1].MCID)
            found[mcid] = ""
        elif name == "Tf":
            font = str(operands[0])
        elif name == "TJ":
            found[mcid] += _said(operands[0], characters[font])
        elif name in {"EMC", "BMC"}:
            mcid = ARTIFACT
    return found


def _characters(one: pikepdf.Page) -> dict[str, dict[str, str]]:
    """What each code of a font of this page stands for, from the font's own table; an empty page has none."""
    return {
        name: {
            code.decode(): bytes.fromhex(to.decode()).decode("utf-16-be")
            for code, to in re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", font.ToUnicode.read_bytes())
        }
        for name, font in (one.obj.Resources.Font.items() if "/Font" in one.obj.Resources else ())
    }


def places(pdf: bytes) -> dict[str, tuple[float, float]]:
    """Where each piece of text of the first page begins: millimetres from its left and its top, on its baseline."""
    with opened(pdf) as file:
        characters = _characters(file.pages[0])
        found: dict[str, tuple[float, float]] = {}
        at, font = (0.0, 0.0), ""
        for operands, name in _instructions(file.pages[0]):
            if name == "Tm":
                at = (float(operands[4]) * MM_OF_PIXEL, float(operands[5]) * MM_OF_PIXEL)
            elif name == "Tf":
                font = str(operands[0])
            elif name == "TJ":
                found[_said(operands[0], characters[font])] = at
        return found


def _instructions(one: pikepdf.Page) -> Iterator[tuple[Any, str]]:
    for instruction in pikepdf.parse_content_stream(one):
        yield instruction.operands, str(instruction.operator)


def _said(parts: Any, characters: dict[str, str]) -> str:
    codes = re.findall(
        "....", "".join(bytes(part).hex() for part in parts if isinstance(part, pikepdf.String))
    )
    return "".join(characters.get(code, "") for code in codes)
