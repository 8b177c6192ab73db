"""The PDF can be read aloud: PDF/UA-1, by a checker and read back by hand."""

from dataclasses import replace

import pytest

from letters.composing.document import Document, Table
from letters.pdf.look import Look
from letters.pdf.workers import Printers
from tests.letters.pdf.reading import elements, failures, feet, fonts, opened, places, tags, text_by_tag
from tests.letters.pdf.samples import LOOK, PLAN, heading, items, letter, paragraph, picture, printing

ODD = letter(
    paragraph("مرحبا بكم في رسالتنا، رقم الهاتف 020 7946 0123"),
    paragraph("שלום and 😀 👨‍👩‍👧 🇬🇧 王小明 \U0001d11e"),
    heading("{{ x }} <b>"),
    Table(("<i>", "{% y %}"), (("w" * 60, "one\ntwo"), ("", "&amp;"))),
    items("one", "مرحبا"),
)
LONG = letter(
    *(paragraph(f"Paragraph {number}. " + "We write about what we were told. " * 8) for number in range(40))
)
MANY_ROWS = letter(Table(("Action", "By"), tuple((f"Action {number}", "any time") for number in range(120))))


@pytest.fixture(scope="module")
def plan(printers: Printers) -> bytes:
    return printers.render(printing())


@pytest.mark.parametrize(
    ("document", "look"),
    [
        (PLAN, LOOK),
        (PLAN, replace(LOOK, large_print=True)),
        (PLAN, replace(LOOK, easy_read=True, sent=False)),
        (PLAN, replace(LOOK, logo=picture(), brand_colour="#ffcc00")),
        (PLAN, replace(LOOK, logo=picture("JPEG"))),
        (ODD, LOOK),
        (LONG, LOOK),
        (MANY_ROWS, LOOK),
        (Document("", (), ()), replace(LOOK, address=(), phone="", email="")),
    ],
    ids=["plan", "large", "easy", "logo", "jpeg", "odd", "long", "rows", "empty"],
)
def test_a_checker_of_pdf_ua_finds_nothing(printers: Printers, document: Document, look: Look) -> None:
    titled = replace(printing(document, look), title=document.subject or "Letter")
    assert failures(printers.render(titled)) == []


def test_it_says_that_it_is_tagged_its_language_and_its_title(plan: bytes) -> None:
    with opened(plan) as pdf:
        root = pdf.Root
        assert (bool(root.MarkInfo.Marked), str(root.Lang)) == (True, "en-GB")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        metadata = pdf.open_metadata()
        assert (metadata["dc:title"], metadata["pdfuaid:part"]) == ("Your action plan", "1")


def test_another_language_is_told(printers: Printers) -> None:
    with opened(printers.render(replace(printing(), language="cy"))) as pdf:
        assert str(pdf.Root.Lang) == "cy"


def test_it_is_read_in_the_order_of_the_letter(plan: bytes) -> None:
    assert text_by_tag(plan) == [
        ("/P", "Northmoor Homes"),
        ("/P", "Harrowmere Office"),
        ("/P", "1 Example Quay, Harrowmere ZZ1 1AA"),
        ("/P", "020\u00a07946\u00a00123"),
        ("/P", "asb@northmoor.example.org"),
        ("/P", "Marguerite Okonkwo-Featherstonehaugh"),
        ("/P", "14 Larkspur Court"),
        ("/P", "Harrowmere"),
        ("/P", "ZZ4 7QT"),
        ("/P", "Wednesday 30 December 2026"),
        ("/P", "Our reference: NM-7K4M-2QX"),
        ("/P", "Dear Marguerite"),
        ("/H1", "Your action plan"),
        ("/P", "Thank you for talking it through with me today. This letter is what we agreed."),
        ("/H2", "What we will do"),
        *[("/TH", "Action"), ("/TH", "Who"), ("/TH", "By")],
        *[
            ("/TD", "Speak to you every 7 days"),
            ("/TD", "Sunita"),
            ("/TD", "first call by Tuesday 5\u00a0January"),
        ],
        *[("/TD", "Fit a door viewer"), ("/TD", "Repairs team"), ("/TD", "Thursday 31\u00a0December")],
        ("/H2", "What we ask you to do"),
        ("/LBody", "Tell us about anything else that happens"),
        ("/LBody", "Keep a record of dates and times"),
        ("/P", "Yours sincerely"),
        ("/P", "Sunita Rao-Bellingham"),
        ("/P", "You may ask your council for an ASB case review."),
        ("/P", "If you are unhappy with us, you can complain."),
    ]


def test_heads_and_feet_of_pages_are_not_read(plan: bytes) -> None:
    assert [text for _tag, text in text_by_tag(plan) if "Page 1" in text or "Action plan" in text] == []
    with opened(plan) as pdf:
        numbered = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        read = {one.objgen for one in elements(pdf)}
        assert [one for one in numbered if one is not None and one.objgen not in read] == []


def test_cells_name_their_column(plan: bytes) -> None:
    with opened(plan) as pdf:
        names = [str(one.ID) for one in elements(pdf) if str(one.S) == "/TH"]
        cells = [[str(name) for name in one.A.Headers] for one in elements(pdf) if str(one.S) == "/TD"]
    assert len(set(names)) == 3
    assert cells == [[name] for name in names] * 2


def test_lists_are_lists(plan: bytes) -> None:
    with opened(plan) as pdf:
        found = tags(pdf)
    assert [found.count(tag) for tag in ("/L", "/LI", "/Lbl", "/LBody")] == [1, 2, 2, 2]


def test_a_logo_says_whose_it_is(printers: Printers) -> None:
    with opened(printers.render(printing(look=replace(LOOK, logo=picture())))) as pdf:
        assert [str(one.Alt) for one in elements(pdf) if str(one.S) == "/Figure"] == ["Northmoor Homes"]


def test_every_typeface_is_one_of_ours_and_is_inside(printers: Printers) -> None:
    with opened(printers.render(printing(ODD))) as pdf:
        names = set()
        for font in fonts(pdf):
            below = font.DescendantFonts[0]
            names.add(str(below.BaseFont).partition("+")[2])
            assert len(below.FontDescriptor.FontFile2.read_bytes()) > 0
    assert names == {"Atkinson-Hyperlegible", "Atkinson-Hyperlegible-Bold", "DejaVu-Sans", "Noto-Emoji"}


def test_the_sheet_is_a4_and_every_page_has_its_number(printers: Printers) -> None:
    made = printers.render(printing(LONG, replace(LOOK, sent=False)))
    with opened(made) as pdf:
        sizes = [tuple(round(float(side), 1) for side in one.mediabox) for one in pdf.pages]
    assert sizes == [(0.0, 0.0, 595.3, 841.9)] * 4
    assert feet(made) == [f"NM-7K4M-2QX · Action plan · Not sentPage {number} of 4" for number in range(1, 5)]


@pytest.mark.parametrize("large_print", [False, True])
def test_the_window_of_the_envelope_shows_the_address_and_nothing_else(
    printers: Printers, large_print: bool
) -> None:
    """Millimetres from the left and the top of the sheet; see letters/pdf/print.css."""
    lines = tuple(f"Line {number}" for number in range(6))
    made = printers.render(printing(replace(PLAN, address=lines), replace(LOOK, large_print=large_print)))
    where = places(made)
    for line in lines:
        left, baseline = where.pop(line)
        assert left >= 20
        assert 57 + 2 <= baseline <= 81
    in_window = [text for text, (left, baseline) in where.items() if left < 110 and 46 < baseline < 92 + 3]
    assert in_window == []
