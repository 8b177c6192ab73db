"""Whatever somebody is called or typed: the right page, or words that say what to do."""

from dataclasses import replace

import pytest

from letters.pdf.drawing import draw, has_room
from letters.pdf.frames import Printing
from letters.pdf.workers import CannotRender, Printers
from tests.letters.pdf.reading import failures, opened, places, text_by_tag
from tests.letters.pdf.samples import ADDRESS, LOOK, PLAN, heading, items, letter, paragraph, printing

NAMES = ("سارة الخطيب", "דוד לוי", "Zoë 🌸 O’Shea", "{{ name }} {% now %}", "<b>Ann</b> & Co", "[reference]")
WIDEST_MM = 210 - 25


def _said(printers: Printers, made: Printing) -> list[str]:
    return [text for _tag, text in text_by_tag(printers.render(made))]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_printed_as_it_is(printers: Printers, name: str) -> None:
    """On the envelope, in the greeting, the heading, a list and who signs; and it can be read aloud.

    What runs from right to left is kept in a PDF as it is seen, from left to right.
    """
    document = replace(
        letter(
            paragraph(f"Dear {name}"),
            heading(name),
            items(name),
            paragraph("Yours sincerely"),
            paragraph(name),
        ),
        address=(name, *ADDRESS[1:]),
        subject=name,
    )
    made = printers.render(printing(document))
    said = [text for _tag, text in text_by_tag(made)]
    assert sum(name in one or name[::-1] in one for one in said) == 6
    assert failures(made) == []


@pytest.mark.parametrize("word", ["a" * 5_000, "ש" * 3_000, "https://example.org/" + "x/" * 400, "👍" * 500])
def test_a_word_without_an_end_stays_on_the_sheet(printers: Printers, word: str) -> None:
    made = printers.render(printing(letter(paragraph(word), items(word))))
    assert max(left for left, _top in places(made).values()) < WIDEST_MM
    with opened(made) as pdf:
        assert 1 <= len(pdf.pages) <= 12


def test_a_hundred_thousand_letters_of_own_words_are_all_printed(printers: Printers) -> None:
    sentence = "We heard it again at 2am. "
    made = _said(printers, printing(letter(*(paragraph(sentence * 40) for _part in range(100)))))
    assert sum(one.count("heard") for one in made) == 4_000


def test_more_than_a_letter_may_have_is_refused_in_words() -> None:
    endless = letter(*(paragraph("We heard it again. " * 100) for _part in range(2_000)))
    with (
        Printers(1, seconds=2) as hasty,
        pytest.raises(CannotRender, match=r"takes too long\. Make it shorter\."),
    ):
        hasty.render(printing(endless))


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        (ADDRESS, True),
        ((), True),
        (("Ann", "1", "2", "3", "4", "ZZ1 1AA"), True),
        (("Ann", "1", "2", "3", "4", "5", "Town", "ZZ1 1AA"), True),
        (tuple(f"Line {number}" for number in range(60)), False),
        (("Ann", "x" * 300, "ZZ1 1AA"), False),
        (("A" * 200, "14 Larkspur Court", "Harrowmere", "ZZ4 7QT"), False),
    ],
    ids=["short", "none", "six lines", "eight lines", "sixty lines", "one long line", "a long name"],
)
def test_an_address_that_has_no_room_in_the_window_is_known(address: tuple[str, ...], fits: bool) -> None:
    assert has_room(address) is fits


@pytest.mark.parametrize(
    "address",
    [
        ("W" * 25, "M" * 25, "14 Larkspur Court", "Harrowmere", "ZZ4 7QT"),
        (
            "Anne Ray",
            "Flat 12, Hawthorn House, Larkspur Court",
            "Fennel Road",
            "Old Town",
            "Harrowmere",
            "ZZ4 7QT",
        ),
    ],
    ids=["wide letters", "six lines"],
)
def test_an_address_that_has_room_stays_above_the_date(printers: Printers, address: tuple[str, ...]) -> None:
    assert has_room(address)
    found = places(printers.render(printing(replace(PLAN, address=address))))
    date = next(top for text, (_left, top) in found.items() if text.startswith("Wednesday"))
    window = [
        top for text, (_left, top) in found.items() if len(text) > 3 and any(text in line for line in address)
    ]
    assert len(window) >= len(address)
    assert max(window) < 92 < date


def test_a_letter_to_nobody_known_still_has_its_place(printers: Printers) -> None:
    found = places(printers.render(printing(replace(PLAN, address=()))))
    with_one = places(printers.render(printing(PLAN)))
    assert found["Dear Marguerite"] == with_one["Dear Marguerite"]


def test_an_empty_letter_is_a_page(printers: Printers) -> None:
    made = printers.render(Printing(draw(replace(letter(), subject=""), LOOK), "Letter", LOOK.colours))
    with opened(made) as pdf:
        assert len(pdf.pages) == 1
