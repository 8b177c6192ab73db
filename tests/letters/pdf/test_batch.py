"""A day's letters in one file for the printer, and the list that goes with it."""

import csv
from hashlib import sha256
from io import BytesIO, StringIO

import pytest

from letters.pdf.batch import Finished, print_file
from letters.pdf.manifest import Entry, manifest
from letters.pdf.workers import Printers
from tests.letters.pdf.reading import elements, failures, opened, text_by_tag
from tests.letters.pdf.samples import letter, paragraph, printing

LONG = letter(*(paragraph(f"Paragraph {number}. " + "We write to you. " * 20) for number in range(12)))


@pytest.fixture(scope="module")
def letters(printers: Printers) -> list[Finished]:
    """Of one, two and one pages."""
    one, two = printers.render(printing()), printers.render(printing(LONG))
    return [
        Finished(one, "NM-1", "Ann", "7 Example Road, ZZ1 1ZZ"),
        Finished(two, "NM-2", "=cmd()", "＝1+1"),
        Finished(one, "NM-3", "Ólafur"),
    ]


def _file(letters: list[Finished], *, both_sides: bool = True) -> tuple[bytes, list[Entry]]:
    out = BytesIO()
    entries = print_file(letters, out, title="Letters of 30 December", both_sides=both_sides)
    return out.getvalue(), entries


def test_each_begins_on_a_new_sheet(letters: list[Finished]) -> None:
    made, entries = _file(letters)
    assert [(entry.number, entry.first_page, entry.pages) for entry in entries] == [
        (1, 1, 1),
        (2, 3, 2),
        (3, 5, 1),
    ]
    with opened(made) as pdf:
        printed = [len(one.obj.Contents.read_bytes()) > 0 for one in pdf.pages]
    assert printed == [True, False, True, True, True]


def test_on_one_side_no_page_is_empty(letters: list[Finished]) -> None:
    _made, entries = _file(letters, both_sides=False)
    assert [(entry.first_page, entry.pages) for entry in entries] == [(1, 1), (2, 2), (4, 1)]


def test_the_whole_can_still_be_read_aloud(letters: list[Finished]) -> None:
    made, _entries = _file(letters)
    assert failures(made) == []
    assert text_by_tag(made) == [text for one in letters for text in text_by_tag(one.pdf)]
    with opened(made) as pdf:
        assert (str(pdf.Root.Lang), str(pdf.docinfo.Title)) == ("en-GB", "Letters of 30 December")


def test_cells_name_a_column_of_their_own_letter(letters: list[Finished]) -> None:
    with opened(_file(letters)[0]) as pdf:
        names = [str(one.ID) for one in elements(pdf) if str(one.S) == "/TH"]
        cells = [str(name) for one in elements(pdf) if str(one.S) == "/TD" for name in one.A.Headers]
    assert len(set(names)) == 6
    assert cells == names[:3] * 2 + names[3:] * 2


def test_the_same_letters_make_the_same_file(letters: list[Finished]) -> None:
    assert _file(letters)[0] == _file(letters)[0]


def test_the_list_names_every_letter_and_proves_it(letters: list[Finished]) -> None:
    _made, entries = _file(letters)
    digests = [sha256(one.pdf).hexdigest() for one in letters]
    assert list(csv.reader(StringIO(manifest(entries)))) == [
        ["Number", "Reference", "To", "Address", "First page", "Pages", "SHA-256"],
        ["1", "NM-1", "Ann", "7 Example Road, ZZ1 1ZZ", "1", "1", digests[0]],
        ["2", "NM-2", "'=cmd()", "'＝1+1", "3", "2", digests[1]],
        ["3", "NM-3", "Ólafur", "", "5", "1", digests[2]],
    ]


def test_whoever_waits_hears_how_far_it_is(letters: list[Finished]) -> None:
    heard: list[int] = []
    print_file(letters, BytesIO(), title="x", progress=heard.append)
    assert heard == [1, 2, 3]


def test_no_letters_make_no_file() -> None:
    out = BytesIO()
    with pytest.raises(ValueError, match="no letters to print"):
        print_file([], out, title="x")
    assert out.getvalue() == b""
