"""Four colours derived from a landlord's one, so that any colour they choose stays readable.

Ratios are WCAG 2.2 contrast ratios (1 to 21); 4.5 is what text needs at level AA.
"""

import colorsys
import re
from dataclasses import dataclass

READABLE = 4.5
RULES_VERSION = 1  # part of the address of a brand stylesheet: raise it when the rules below change
INK = "#14181c"
BLACK = "#000000"
WHITE = "#ffffff"
TINT_SHARE = 0.07
DARKEN_STEP = 0.01
LINEAR_BELOW = 0.04045

_HEX = re.compile(r"^#?([0-9a-f]{6})$", re.IGNORECASE)


@dataclass(frozen=True)
class Brand:
    """`brand` their colour; `on` text on it; `strong` links and buttons; `tint` washes. All `#rrggbb`."""

    brand: str
    on: str
    strong: str
    tint: str


SLATE = Brand(brand="#37474f", on=WHITE, strong="#37474f", tint="#f1f3f4")


def parse_colour(text: str) -> str | None:
    """Give `#rrggbb` in lower case, or None where the text is no such colour."""
    found = _HEX.match(text.strip())
    return f"#{found[1].lower()}" if found else None


def derive(colour: str) -> Brand:
    """Derive the four tokens; ValueError where `colour` is not six hexadecimal digits."""
    brand = parse_colour(colour)
    if brand is None:
        raise ValueError(f"expected a colour as #rrggbb, got {colour!r}")
    tint = _mix_into_white(brand, TINT_SHARE)
    strong = _darken_until_readable(brand, on=(WHITE, tint))
    return Brand(brand=brand, on=_text_on(brand), strong=strong, tint=tint)


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _text_on(brand: str) -> str:
    """White, else ink; a narrow band of mid tones is readable only under pure black."""
    return next((colour for colour in (WHITE, INK) if contrast(colour, brand) >= READABLE), BLACK)


def _darken_until_readable(colour: str, *, on: tuple[str, ...]) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_fractions(colour))
    while any(contrast(colour, background) < READABLE for background in on):
        lightness = max(0.0, lightness - DARKEN_STEP)
        colour = _hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def _mix_into_white(colour: str, share: float) -> str:
    red, green, blue = (1 - (1 - part) * share for part in _fractions(colour))
    return _hex((red, green, blue))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part) for part in _fractions(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    """sRGB to linear light, as WCAG defines relative luminance."""
    return part / 12.92 if part <= LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4


def _fractions(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
