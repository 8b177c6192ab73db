"""What no typeface of ours has a shape for still says what it was."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.pdf.stand_ins import can_print, in_print, printable


@pytest.mark.parametrize(
    "text",
    [
        "Plain",
        "Łukasz Żółć",
        "Ağaoğlu",
        "Ελένη",
        "Олена",
        "مرحبا",
        "שלום",
        "€ £ – ‘’ “” … ✓ →",
        "😀 👨‍👩‍👧 🇬🇧",
        "Siân Ŵyn",
    ],
)
def test_what_can_be_printed_stays(text: str) -> None:
    assert in_print(text) == text
    assert can_print(text)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Dear 王小明", "Dear [Chinese letters]"),
        ("বাংলা লেখা here", "[Bengali letters] here"),
        ("ਪੰਜਾਬੀ, ગુજરાતી", "[Gurmukhi letters], [Gujarati letters]"),
        ("\U0001d11e", "[musical symbol g clef]"),
        ("a\ue000b", "a[a sign]b"),
        ("👍🏽", "👍"),
        ("bell\x07 and \ud800half", "bell and half"),
        ("e\u0301", "é"),
    ],
)
def test_what_cannot_is_told_in_words(text: str, printed: str) -> None:
    assert in_print(text) == printed


@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_everything_that_comes_out_can_be_printed(text: str) -> None:
    out = in_print(text)
    assert [one for one in out if not one.isascii() and ord(one) not in printable()] == []
    assert unicodedata.is_normalized("NFC", out) or out == text
