"""Whatever colour a landlord chooses, every word on the page stays readable (WCAG 2.2 AA: 4.5:1)."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from landlords.brand import BLACK, INK, READABLE, SLATE, WHITE, contrast, derive, parse_colour

LANDLORDS = {
    "vivid": "#6b2c91",
    "places-for-people": "#00635d",
    "believe": "#a3195b",
    "derby-homes": "#1d4f91",
    "plus-dane": "#19b5d8",
}
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize("landlord", ["vivid", "places-for-people", "believe", "derby-homes"])
def test_a_dark_colour_is_used_as_it_is_with_white_on_it(landlord: str) -> None:
    brand = derive(LANDLORDS[landlord])
    assert (brand.brand, brand.on, brand.strong) == (LANDLORDS[landlord], WHITE, LANDLORDS[landlord])


def test_a_bright_colour_carries_ink_and_gets_a_darker_companion() -> None:
    brand = derive(LANDLORDS["plus-dane"])
    assert (brand.brand, brand.on) == ("#19b5d8", INK)
    assert contrast(brand.strong, WHITE) >= READABLE > contrast(brand.brand, WHITE)


def test_the_tint_is_seven_hundredths_of_the_colour_in_white() -> None:
    assert derive("#6b2c91").tint == "#f5f0f7"


def test_a_mid_tone_on_which_neither_white_nor_ink_can_be_read_carries_black() -> None:
    grey = "#777777"
    assert (contrast(WHITE, grey) < READABLE, contrast(INK, grey) < READABLE) == (True, True)
    assert derive(grey).on == BLACK


@given(colours)
@example("#000000")
@example("#ffffff")
@example("#777777")
def test_every_pair_of_text_and_ground_is_readable(colour: str) -> None:
    brand = derive(colour)
    pairs = [(brand.on, brand.brand), (brand.strong, WHITE), (brand.strong, brand.tint), (INK, brand.tint)]
    assert [pair for pair in pairs if contrast(*pair) < READABLE] == []


def test_slate_is_readable_too() -> None:
    assert contrast(SLATE.on, SLATE.brand) >= READABLE
    assert contrast(SLATE.strong, SLATE.tint) >= READABLE


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(WHITE, BLACK) == pytest.approx(21)
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(("text", "colour"), [("#6B2C91", "#6b2c91"), (" 6b2c91 ", "#6b2c91")])
def test_a_colour_may_be_written_in_either_case_and_without_the_hash(text: str, colour: str) -> None:
    assert parse_colour(text) == colour


@pytest.mark.parametrize("text", ["", "#fff", "purple", "#6b2c9g", "6b2c91}*{", "#6b2c911", "6b2c91\n}"])
def test_anything_else_is_no_colour(text: str) -> None:
    assert parse_colour(text) is None
    with pytest.raises(ValueError, match="expected a colour as #rrggbb"):
        derive(text)
