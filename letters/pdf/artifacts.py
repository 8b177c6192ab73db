"""Feet of pages are no part of what is read aloud: they become artifacts, as PDF/UA asks (ISO 14289-1, 7.1).

WeasyPrint 70 tags what stands in the margins of a page, but leaves it out of the tree of what is read, so that it is
neither.
"""

from typing import Any

import pydyf

Elements = dict[int, Any]


def margins_as_artifacts(_document: object, pdf: Any) -> None:
    """Given to ``write_pdf`` as its finisher."""
    elements: Elements = {one.number: one for one in pdf.objects if _is_element(one)}
    root = next(one for one in pdf.objects if _is(one, "/StructTreeRoot"))
    read = _reachable(_numbers(root["K"]), elements)
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    for place, mapped in zip(numbers[::2], numbers[1::2], strict=True):
        if isinstance(mapped, list):
            unread = [mcid for mcid, one in enumerate(_numbers(mapped)) if one not in read]
            _unmark(_object(pdf, pdf.page_references[place]), pdf, unread)
            for mcid in unread:
                mapped[mcid] = "null"


def _is(one: object, kind: str) -> bool:
    return isinstance(one, pydyf.Dictionary) and one.get("Type") == kind


def _is_element(one: object) -> bool:
    return _is(one, "/StructElem")


def _number(reference: Any) -> int:
    """Of ``b'12 0 R'``."""
    return int(reference.split()[0])


def _numbers(references: Any) -> list[int]:
    """Of those that are references; what is marked content of a page is a plain number."""
    return [_number(one) for one in references if isinstance(one, bytes)]


def _object(pdf: Any, reference: Any) -> Any:
    return pdf.objects[_number(reference)]


def _reachable(numbers: list[int], elements: Elements) -> set[int]:
    found: set[int] = set()
    while numbers:
        number = numbers.pop()
        if number in elements and number not in found:
            found.add(number)
            numbers += _numbers(elements[number]["K"])
    return found


def _unmark(page: Any, pdf: Any, unread: list[int]) -> None:
    """Marked content is a tag, ``{"MCID": 4}`` and ``BDC``, one after the other in the stream of its page."""
    stream = _object(pdf, page["Contents"]).stream
    for at, part in enumerate(stream):
        if isinstance(part, dict) and part.get("MCID") in unread:
            stream[at - 1 : at + 2] = [b"/Artifact", b"", b"BMC"]
