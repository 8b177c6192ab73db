"""How a letter looks beside its words: the landlord's head, the foot, the size of the letters."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from struct import error

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, UnidentifiedImageError

from landlords.brand import SLATE, derive

LOGO_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
SEVERAL = "MPO"
"""What Pillow calls a JPEG that a telephone took with a second picture behind it."""
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, error)
"""Whatever a picture that is none makes of its reader."""
LARGEST_LOGO = 1_000_000
"""Bytes."""
MOST_PIXELS = 4_000_000
TOO_MANY = gettext_lazy("The logo has more than 4 million pixels. Choose a smaller PNG or JPEG.")
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
"""So many pixels that they are not even counted."""


class NotAnImage(ValueError):
    """A logo that cannot be printed; the message says why, for whoever chose it."""


@dataclass(frozen=True)
class Look:
    """``kind`` names the letter in its foot, ``date`` is written out. Raises ValueError for a colour that is none and
    NotAnImage for a logo that is none. ``sent`` is False while it is only looked at, and the foot says so.
    """

    landlord: str
    brand_colour: str
    address: tuple[str, ...]
    phone: str
    email: str
    reference: str
    kind: str
    date: str
    large_print: bool = False
    easy_read: bool = False
    logo: bytes | None = None
    sent: bool = False

    def __post_init__(self) -> None:
        derive(self.brand_colour)
        if self.logo is not None:
            logo_type(self.logo)

    @property
    def colours(self) -> tuple[str, str]:
        """Their colour as it is, for areas, and one that can be read on white, for words."""
        brand = derive(self.brand_colour or SLATE.brand)
        return brand.brand, brand.strong

    @cached_property
    def head(self) -> tuple[str, ...]:
        return tuple(line for line in (*self.address, self.phone, self.email) if line)


def fingerprint(content: bytes) -> str:
    """By which a logo is found."""
    return sha256(content).hexdigest()


def logo_type(content: bytes) -> str:
    """Its media type, found by looking into it. Raises NotAnImage."""
    if len(content) > LARGEST_LOGO:
        raise NotAnImage(_("The logo is larger than 1 MB. Choose a smaller PNG or JPEG."))
    try:
        with Image.open(BytesIO(content), formats=tuple(LOGO_TYPES)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotAnImage(TOO_MANY)
            image.load()
            return LOGO_TYPES["JPEG" if image.format == SEVERAL else image.format or ""]
    except BOMBS as why:
        raise NotAnImage(TOO_MANY) from why
    except UNREADABLE as why:
        if isinstance(why, NotAnImage):
            raise
        raise NotAnImage(_("The logo is not a picture that can be printed. Choose a PNG or JPEG.")) from why
