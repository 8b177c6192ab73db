"""A logo becomes a picture that can stand on a letter: drawn anew, on white, no larger than it is printed."""

import struct
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import ExifTags, Image

from cases.evidence.copies import UPRIGHT
from letters.pdf.look import LOGO_TYPES, NotAnImage, logo_type

LARGEST = (1240, 460)
"""Pixels: what is printed on 70 by 26 mm, at 450 to the inch."""
SMALLEST = 40
"""Pixels of either edge; fewer are a smudge."""
MOST_AS_PNG = 400_000
"""Bytes. What is larger is a photograph, and smaller as a JPEG."""


@dataclass(frozen=True)
class Ready:
    """A logo as it is kept and printed."""

    content: bytes
    media_type: str
    width: int
    height: int


def ready(content: bytes) -> Ready:
    """Nothing of the file but its picture comes along: no notes, no second picture, nothing behind its end.

    Raises NotAnImage, which says why in the user's words.
    """
    logo_type(content)
    try:
        with Image.open(BytesIO(content), formats=tuple(LOGO_TYPES)) as opened:
            image = _drawn(opened)
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as why:
        raise NotAnImage(_("The logo is damaged. Choose another PNG or JPEG.")) from why
    if min(image.size) < SMALLEST:
        size = {"width": image.width, "height": image.height, "least": SMALLEST}
        told = _("The logo is too small to print: %(width)d by %(height)d pixels. Each side needs %(least)d.")
        raise NotAnImage(told % size)
    made, kind = _encoded(image)
    return Ready(made, LOGO_TYPES[kind], image.width, image.height)


def _drawn(opened: Image.Image) -> Image.Image:
    """Upright, on white where it is see-through."""
    turn = UPRIGHT.get(opened.getexif().get(ExifTags.Base.Orientation, 1))
    see_through = (opened if turn is None else opened.transpose(turn)).convert("RGBA")
    see_through.thumbnail(LARGEST)
    drawn = Image.new("RGB", see_through.size, "white")
    drawn.paste(see_through, mask=see_through.getchannel("A"))
    return drawn


def _encoded(image: Image.Image) -> tuple[bytes, str]:
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    if out.tell() <= MOST_AS_PNG:
        return out.getvalue(), "PNG"
    out = BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue(), "JPEG"
