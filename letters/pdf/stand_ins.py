"""What no typeface of ours can print, in words that can be read.

A character without a shape would print as an empty box; its name in brackets says what was there.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from fontTools.ttLib import TTFont

from letters.pdf.fonts import FONTS

INVISIBLE = frozenset(
    {"\n", "\t", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufe0e", "\ufe0f", "\ufeff"}
)
"""Printed as nothing: joiners, marks of direction, and what chooses between two shapes."""
SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Nothing that anybody means to print, what would print letters in another order than they were searched in, and what a
PDF may not hold."""
AGAIN = re.compile(r"(\[[A-Z][a-z ]+ letters\])(?:[\s\u200c\u200d]*\1)+")


@lru_cache(maxsize=1)
def printable() -> frozenset[int]:
    """Every character that has a shape in one of our typefaces."""
    found: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found | {ord(one) for one in INVISIBLE})


def can_print(text: str) -> bool:
    """Whether it prints as it stands."""
    return text.isascii() or all(ord(one) in printable() for one in unicodedata.normalize("NFC", text))


def in_print(text: str) -> str:
    """The text with a stand-in for each sign without a shape, and one for a whole run of foreign letters."""
    text = CONTROLS.sub("", text)
    if text.isascii():
        return text
    text = SKIN_TONES.sub("", unicodedata.normalize("NFC", text))
    if can_print(text):
        return text
    parts = [(one, "" if ord(one) in printable() else _stand_in(one)) for one in text]
    words = "".join(
        f"[{name}]" if name else "".join(one for one, _ in run)
        for name, run in groupby(parts, key=lambda part: part[1])
    )
    return AGAIN.sub(r"\1", words)


def _stand_in(character: str) -> str:
    """Letters are told by their script, anything else by its own name."""
    name = unicodedata.name(character, "").lower()
    if unicodedata.category(character)[0] in "LMN":
        script = name.split(" ")[0].split("-")[0].capitalize() or "unknown"
        return f"{'Chinese' if script == 'Cjk' else script} letters"
    return name or "a sign"
