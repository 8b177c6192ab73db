"""A letter as HTML, before anything is printed."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landlords.brand import READABLE, WHITE, contrast
from letters.composing.document import Document, Items, Paragraph, Run, Table
from letters.pdf.drawing import WINDOW_LINES, draw
from letters.pdf.look import Look, NotAnImage
from letters.pdf.words import Mark
from tests.letters.pdf.samples import ADDRESS, LOOK, PLAN, heading, items, letter, paragraph, picture

TAG = re.compile(r"<[^>]*>")
NASTY = """<script>alert(1)</script> {{ settings.SECRET_KEY }} {% load x %} "quoted" & 'single' <b>bold</b>"""
ESCAPED = (
    "&lt;script&gt;alert(1)&lt;/script&gt; {{ settings.SECRET_KEY }} {% load x %} &quot;quoted&quot;"
    " &amp; &#x27;single&#x27; &lt;b&gt;bold&lt;/b&gt;"
)


def _text(html: str) -> list[str]:
    """Line by line; what keeps words on one line is a space."""
    html = html.replace("\u00a0", " ")
    return [line.strip() for line in TAG.sub("\n", html).split("\n") if line.strip()]


def _after_address(html: str) -> list[str]:
    text = _text(html)
    return text[text.index("Our reference: NM-7K4M-2QX") + 1 :]


def test_a_letter_is_read_in_its_order() -> None:
    assert _after_address(draw(PLAN, LOOK)) == [
        "Dear Marguerite",
        "Your action plan",
        "Thank you for talking it through with me today. This letter is what we agreed.",
        "What we will do",
        *("Action", "Who", "By"),
        *("Speak to you every 7 days", "Sunita", "first call by Tuesday 5 January"),
        *("Fit a door viewer", "Repairs team", "Thursday 31 December"),
        "What we ask you to do",
        "Tell us about anything else that happens",
        "Keep a record of dates and times",
        "Yours sincerely",
        "Sunita Rao-Bellingham",
        "You may ask your council for an ASB case review.",
        "If you are unhappy with us, you can complain.",
        "NM-7K4M-2QX · Action plan",
    ]


def test_a_passage_under_its_own_heading_stays_where_it_is() -> None:
    review = paragraph("You may ask for a review.", "case_review")
    html = draw(letter(heading("The case review"), review, paragraph("Yours sincerely")), LOOK)
    assert _after_address(html)[1:4] == ["The case review", "You may ask for a review.", "Yours sincerely"]
    assert "asb-paper__note" not in html


def test_a_passage_with_other_words_stays_where_it_is() -> None:
    mixed = Paragraph((Run("Remember: "), Run("you may ask for a review.", "case_review")))
    html = draw(letter(mixed, paragraph("Yours sincerely")), LOOK)
    assert _after_address(html)[1:3] == ["Remember: you may ask for a review.", "Yours sincerely"]


def test_every_text_of_the_document_is_drawn_once() -> None:
    drawn, texts = Counter(_text(draw(PLAN, LOOK))), Counter(PLAN.texts())
    assert {text: drawn[text] for text in texts} == texts


@pytest.mark.parametrize(
    ("top", "levels"), [(1, ["h1", "h2", "h2"]), (2, ["h2", "h3", "h3"])], ids=["on paper", "in a page"]
)
def test_headings_follow_those_around_them(top: int, levels: list[str]) -> None:
    assert re.findall(r"<(h\d)", draw(PLAN, LOOK, top=top)) == levels


@pytest.mark.parametrize(
    ("rows", "tag"),
    [
        ((("", ""),) * 3, '<table class="asb-paper__form">'),
        ((("Ann", ""), ("Sunita", "")), '<table class="asb-paper__form asb-paper__form--named">'),
        ((("Ann", ""), ("Sunita", "x")), "<table>"),
        ((), "<table>"),
    ],
    ids=["a diary", "signatures", "a table", "no rows"],
)
def test_what_is_to_be_written_on_has_room(rows: tuple[tuple[str, ...], ...], tag: str) -> None:
    assert re.findall("<table[^>]*>", draw(letter(Table(("Name", "Signature"), rows)), LOOK)) == [tag]


def test_headings_of_columns_say_so() -> None:
    assert draw(PLAN, LOOK).count('<th scope="col">') == 3


def test_nothing_anybody_typed_becomes_markup() -> None:
    nasty = Document(
        NASTY, (NASTY, NASTY), (heading(NASTY), paragraph(NASTY), items(NASTY), Table((NASTY,), ((NASTY,),)))
    )
    look = replace(
        LOOK,
        landlord=NASTY,
        address=(NASTY,),
        phone=NASTY,
        email=NASTY,
        reference=NASTY,
        kind=NASTY,
        date=NASTY,
    )
    html = draw(nasty, look)
    assert "<script" not in html
    assert "<b>" not in html
    in_document, in_head, in_feet = 8, 6, 4
    assert html.count(ESCAPED) == in_document + in_head + in_feet


def test_a_letter_brings_no_style_or_script_of_its_own() -> None:
    html = draw(PLAN, replace(LOOK, logo=picture(), large_print=True, easy_read=True))
    assert re.findall(r"<style|<script|<link|\sstyle=|\son\w+=", html) == []


@given(st.text(max_size=300))
def test_any_text_can_be_drawn(text: str) -> None:
    html = draw(Document(text, (text,), (paragraph(text), items(text), Table(("A",), ((text,),)))), LOOK)
    assert html.startswith("<article")
    assert "\x00" not in html


def test_what_is_only_looked_at_says_that_it_is_not_sent() -> None:
    assert _text(draw(PLAN, replace(LOOK, sent=False)))[-1] == "Not sent"
    assert "Not sent" not in draw(PLAN, LOOK)


def test_a_long_address_shares_lines_so_that_all_of_it_shows() -> None:
    lines = tuple(f"line {number}" for number in range(1, 10))
    html = draw(replace(PLAN, address=lines), LOOK)
    block = html.partition('asb-paper__to">')[2].partition("</div>")[0]
    shown = [TAG.sub("", line) for line in block.split("</p>") if line]
    assert shown == ["line 1", "line 2", "line 3", "line 4, line 5, line 6, line 7", "line 8", "line 9"]
    assert len(shown) == WINDOW_LINES


@pytest.mark.parametrize("lines", range(7))
def test_an_address_that_fits_stays_as_it_is(lines: int) -> None:
    address = tuple(f"line {number}" for number in range(lines))
    html = draw(replace(PLAN, address=address), LOOK)
    assert [line for line in _text(html) if line.startswith("line")] == list(address)


def test_large_print_and_easy_read_are_classes() -> None:
    html = draw(PLAN, replace(LOOK, large_print=True, easy_read=True))
    assert html.startswith('<article class="asb-paper asb-paper--large asb-paper--easy">')


def test_text_says_which_way_it_runs() -> None:
    html = draw(letter(paragraph("مرحبا بكم"), paragraph("“Good” שלום"), items("שלום", "two")), LOOK)
    assert '<p dir="rtl">مرحبا بكم</p>' in html
    assert "<p>“Good” שלום</p>" in html
    assert '<ul dir="rtl">' in html


def test_what_was_found_is_marked_where_it_stands() -> None:
    texts = list(PLAN.texts())
    line = texts.index("Fit a door viewer")
    marks = [Mark(0, 0, 10, 1), Mark(line, 6, 10, 2)]
    html = draw(PLAN, LOOK, marks=marks)
    assert '<mark class="asb-leak">Marguerite<sup>1</sup></mark> Okonkwo-Featherstonehaugh' in html
    assert 'Fit a <mark class="asb-leak">door<sup>2</sup></mark> viewer' in html
    assert html.count("<mark") == 2


@given(
    st.lists(
        st.builds(Mark, st.just(0), st.integers(-5, 50), st.integers(-5, 50), st.integers(1, 9)), max_size=6
    )
)
def test_marks_never_lose_or_repeat_a_letter(marks: list[Mark]) -> None:
    html = draw(PLAN, LOOK, marks=marks)
    block = html.partition('asb-paper__to">')[2].partition("</p>")[0]
    assert TAG.sub("", re.sub("<sup>.*?</sup>", "", block)) == ADDRESS[0]


def test_a_telephone_number_stays_on_one_line() -> None:
    html = draw(letter(paragraph("Call 020 7946 0123 or 07700 900123.")), LOOK)
    assert "<p>Call 020\u00a07946\u00a00123 or 07700\u00a0900123.</p>" in html


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Write to asb@plus-dane.example.", "asb@plus-dane.example."),
        ("See (example.org/a-b) for more", "(example.org/a-b)"),
        ("Go to housing-ombudsman.org.uk.", "housing-ombudsman.org.uk."),
        ("At last/first, and/or 8.30am", ""),
        ("A well-meant word, self-help. Re-read it", ""),
        (f"Write to {'a' * 40}@long.example", ""),
        ("@home or me@", ""),
    ],
)
def test_an_address_of_the_net_is_never_broken(text: str, kept: str) -> None:
    html = draw(letter(paragraph(text)), LOOK).partition("asb-paper__subject")[2]
    assert re.findall('<span class="asb-paper__together">(.*?)</span>', html) == ([kept] if kept else [])
    assert text in TAG.sub("", html)


def test_a_day_stays_with_its_month() -> None:
    html = draw(letter(paragraph("By Friday 8 January 2027, not 12 Maybe.")), LOOK)
    assert "<p>By Friday 8\u00a0January 2027, not 12 Maybe.</p>" in html


@pytest.mark.parametrize(
    ("end", "closing"),
    [
        (("Yours faithfully,", ("Ann Ray", "officer")), " asb-paper__closing--by-hand"),
        (("Thank you", ("Ann Ray", "officer"), ("Officer", "officer_title")), ""),
        ((("Ann Ray", "officer"), ("Officer", "officer_title")), ""),
    ],
    ids=["by hand", "with thanks", "only the name"],
)
def test_who_writes_is_kept_together(end: tuple[str | tuple[str, str], ...], closing: str) -> None:
    blocks = [paragraph(one) if isinstance(one, str) else paragraph(*one) for one in end]
    html = draw(letter(paragraph("Thank you"), paragraph("We rang."), *blocks), LOOK)
    before, mark, after = html.partition(f'<div class="asb-paper__closing{closing}">')
    assert _text(before)[-2:] == ["Thank you", "We rang."]
    assert _text(mark + after.partition("</div>")[0]) == [
        one if isinstance(one, str) else one[0] for one in end
    ]


def test_who_writes_may_be_named_in_the_text() -> None:
    named = Paragraph((Run("Ask for "), Run("Ann Ray", "officer"), Run(" at our office.")))
    assert "asb-paper__closing" not in draw(letter(named, paragraph("Goodbye.")), LOOK)


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "#00635a;}", "url(x)", ""])
def test_a_colour_that_is_none_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="expected a colour"):
        replace(LOOK, brand_colour=colour)


def test_words_in_a_pale_colour_are_darkened_until_they_can_be_read() -> None:
    area, words = replace(LOOK, brand_colour="#FFCC00").colours
    assert area == "#ffcc00"
    assert contrast(area, WHITE) < READABLE <= contrast(words, WHITE)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_shown_with_the_name_of_the_landlord(kind: str) -> None:
    html = draw(PLAN, replace(LOOK, logo=picture(kind)))
    assert '<img class="asb-paper__logo" src="logo:" alt="Northmoor Homes">' in html


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
        (b"%PDF-1.7", "not a picture"),
        (picture()[:-30], "not a picture"),
        (picture("GIF"), "not a picture"),
        (picture(size=(4_000, 1_001)), "4 million pixels"),
        (picture() + b"\0" * 1_000_000, "larger than 1 MB"),
    ],
    ids=["nothing", "SVG", "PDF", "cut off", "GIF", "many pixels", "many bytes"],
)
def test_a_logo_that_is_none_is_refused_with_its_reason(content: bytes, why: str) -> None:
    with pytest.raises(NotAnImage, match=why):
        replace(LOOK, logo=content)


def test_a_look_can_do_without_what_a_landlord_has_not() -> None:
    bare = Look("Northmoor Homes", "#00635a", (), "", "", "NM-1", "Update", "Monday 4 January 2027")
    text = _text(draw(Document("", (), (Items(()),)), bare))
    assert text[-5:] == [
        "Northmoor Homes", "Monday 4 January 2027", "Our reference: NM-1", "NM-1 · Update ·", "Not sent",
    ]  # fmt: skip
