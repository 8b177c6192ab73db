"""Tagged PDFs joined so that the whole can still be read aloud: their trees of tags become parts of one."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

A4 = (595.276, 841.89)
"""In points."""
VERSION = "1.7"
PACKED = pikepdf.ObjectStreamMode.generate


class Joined:
    """A PDF in the making. ``pages`` is how many it has so far."""

    def __init__(self, title: str, language: str = "en-GB") -> None:
        self._pdf = pikepdf.new()
        self._mapped: list[Any] = []
        self._sources = 0
        root = self._pdf.Root
        self._document = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        root.StructTreeRoot = self._pdf.make_indirect(
            Dictionary(Type=Name.StructTreeRoot, K=Array([self._document]))
        )
        self._document.P = root.StructTreeRoot
        root.Lang = String(language)
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        self._title(title)

    @property
    def pages(self) -> int:
        return len(self._pdf.pages)

    def blank(self) -> None:
        self._pdf.add_blank_page(page_size=A4)

    def add(self, source: pikepdf.Pdf) -> None:
        """All its pages, and what is read of them."""
        first, offset = self.pages, len(self._mapped) // 2
        self._sources += 1
        self._pdf.pages.extend(source.pages)
        tree = self._pdf.copy_foreign(source.Root.StructTreeRoot)
        for number in range(first, self.pages):
            page = self._pdf.pages[number].obj
            page.StructParents = int(page.StructParents) + offset
        numbers = list(tree.ParentTree.Nums)
        for place, mapped in zip(numbers[::2], numbers[1::2], strict=True):
            self._mapped += [int(place) + offset, mapped]
        for element in tree.K:
            self._take(element)

    def save(self, into: BinaryIO) -> None:
        """The same letters give the same bytes."""
        self._pdf.Root.StructTreeRoot.ParentTree = self._pdf.make_indirect(
            Dictionary(Nums=Array(self._mapped))
        )
        made = BytesIO()
        self._pdf.save(made, deterministic_id=True, min_version=VERSION, object_stream_mode=PACKED)
        into.write(made.getvalue())

    def _title(self, title: str) -> None:
        with self._pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as metadata:
            metadata["dc:title"] = title
            metadata["pdfuaid:part"] = "1"

    def _take(self, element: Any) -> None:
        """A letter's own document becomes a part; names of its table headings are made unlike those of others."""
        element.S, element.P = Name.Part, self._document
        self._document.K.append(element)
        for one in _elements(element):
            if "/ID" in one:
                one.ID = self._own(one.ID)
            if "/A" in one and "/Headers" in one.A:
                one.A.Headers = Array([self._own(name) for name in one.A.Headers])

    def _own(self, name: Any) -> String:
        return String(f"{self._sources}/{name}")


def _elements(element: Any) -> Iterator[Any]:
    """It and all below it; numbers among what it holds are marked content of a page."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [below for below in one.get("/K", []) if isinstance(below, Dictionary)]
