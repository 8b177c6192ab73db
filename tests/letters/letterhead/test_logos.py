"""What becomes of a file that somebody chose as a logo, and of one that is none."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from letters.pdf.logos import LARGEST, MOST_AS_PNG, Ready, ready
from letters.pdf.look import LARGEST_LOGO, NotAnImage
from tests.letters.letterhead.pictures import bomb, logo, noisy, see_through, turned, two_in_one

HIDDEN = b"<script>alert(1)</script>"


def _opened(made: Ready) -> Image.Image:
    return Image.open(BytesIO(made.content))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_it_is_drawn_anew(kind: str) -> None:
    made = ready(logo(kind) + HIDDEN)
    assert (made.media_type, made.width, made.height) == ("image/png", 400, 120)
    assert HIDDEN not in made.content
    assert _opened(made).getpixel((200, 60)) == pytest.approx((0, 99, 90), abs=2)


def test_the_same_file_gives_the_same_picture() -> None:
    assert ready(logo()) == ready(logo())


def test_what_is_see_through_stands_on_white() -> None:
    image = _opened(ready(see_through()))
    assert image.mode == "RGB"
    assert (image.getpixel((10, 10)), image.getpixel((10, 110))) == ((0, 99, 90), (255, 255, 255))


def test_it_is_no_larger_than_it_is_printed() -> None:
    made = ready(logo(size=(2_400, 400)))
    assert (made.width, made.height) == (LARGEST[0], 207)


def test_a_photograph_stays_small() -> None:
    made = ready(noisy())
    assert made.media_type == "image/jpeg"
    assert len(made.content) <= LARGEST_LOGO
    assert MOST_AS_PNG < LARGEST_LOGO


def test_a_photograph_stands_upright_and_keeps_no_notes() -> None:
    made = ready(turned())
    assert (made.width, made.height) == (100, 300)
    assert dict(_opened(made).getexif()) == {}
    assert b"Harrowmere" not in made.content


def test_of_two_pictures_in_one_file_the_first_is_taken() -> None:
    made = ready(two_in_one())
    assert (made.width, made.height) == (200, 100)
    assert _opened(made).getpixel((5, 5)) == pytest.approx((0, 99, 90), abs=2)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16"])
def test_every_way_to_hold_colours_can_be_read(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (200, 100)).save(out, "PNG")
    assert (ready(out.getvalue()).width, ready(out.getvalue()).height) == (200, 100)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a picture that can be printed"),
        (HIDDEN, "not a picture that can be printed"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture that can be printed"),
        (b"%PDF-1.7", "not a picture that can be printed"),
        (logo("GIF"), "not a picture that can be printed"),
        (logo("WEBP"), "not a picture that can be printed"),
        (logo()[:-30], "not a picture that can be printed"),
        (logo("JPEG")[:200], "not a picture that can be printed"),
        (bomb(), "more than 4 million pixels"),
        (logo(size=(4_000, 1_001)), "more than 4 million pixels"),
        (logo() + b"\0" * LARGEST_LOGO, "larger than 1 MB"),
        (logo(size=(400, 39)), "too small to print: 400 by 39 pixels"),
        (logo(size=(2_400, 60)), "too small to print: 1240 by 31 pixels"),
    ],
    ids=[
        *("nothing", "HTML", "SVG", "PDF", "GIF", "WebP", "cut off", "a piece of a JPEG", "a bomb"),
        *("many pixels", "many bytes", "low", "a line"),
    ],
)
def test_what_is_none_is_refused_with_its_reason(content: bytes, why: str) -> None:
    with pytest.raises(NotAnImage, match=why):
        ready(content)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_whatever_is_wrong_with_a_file_is_told_in_words(noise: bytes, at: int) -> None:
    good = logo()
    try:
        made = ready(good[:at] + noise + good[at + len(noise) :])
    except NotAnImage as refused:
        told = str(refused)
    else:
        told = f"The logo is {made.media_type}"
    assert told.startswith("The logo ")
