"""Text without its disguises: one plain form in which two ways of writing the same thing are equal.

Capitals, accents, full-width and mathematical letters, letters of other alphabets that look Latin, and characters that
do not show are all folded away. Every folded character knows where it came from, so that a place can be shown.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = "'’‘ʼʹ`´′＇‛"
_HYPHENS = "-‐‑‒–—―−﹣－"
_QUOTES = '"“”„«»‟'
_BLANKS = "\u115f\u1160\u3164\uffa0\u2800"
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""Not printed; see letters/pdf/stand_ins.py."""
_ALIKE = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "һ": "h",
    "ԁ": "d", "ԛ": "q", "ԝ": "w", "А": "a", "В": "b", "Е": "e", "К": "k", "М": "m", "Н": "h", "О": "o", "Р": "p",
    "С": "c", "Т": "t", "У": "y", "Х": "x", "Ѕ": "s", "І": "i", "Ј": "j", "в": "b", "к": "k", "м": "m", "н": "h",
    "т": "t", "г": "r", "п": "n", "ӏ": "l", "Ӏ": "l", "α": "a", "ο": "o", "ρ": "p", "ε": "e", "ι": "i", "κ": "k",
    "ν": "v", "υ": "u", "τ": "t", "χ": "x", "η": "n", "ω": "w", "γ": "y", "Α": "a", "Β": "b", "Ε": "e", "Ζ": "z",
    "Η": "h", "Ι": "i", "Κ": "k", "Μ": "m", "Ν": "n", "Ο": "o", "Ρ": "p", "Τ": "t", "Υ": "y", "Χ": "x", "ı": "i",
    "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "æ": "ae",
    "Æ": "ae", "œ": "oe", "Œ": "oe", "ħ": "h", "Ħ": "h", "ŋ": "n", "Ŋ": "n", "ɑ": "a", "ɡ": "g", "ɩ": "i", "ꓲ": "i",
    "օ": "o", "ս": "u", "ո": "n", "հ": "h", "ց": "g", "զ": "q", "ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e",
    "ɢ": "g", "ʜ": "h", "ɪ": "i", "ᴊ": "j", "ᴋ": "k", "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ᴏ": "o", "ᴘ": "p", "ʀ": "r",
    "ꜱ": "s", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ʏ": "y", "ᴢ": "z", "ƙ": "k", "ƒ": "f", "ß": "ss", "ẞ": "ss",
}  # fmt: skip
_PLAIN = {
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(_BLANKS, ""),
    **_ALIKE,
}


@dataclass(frozen=True)
class Folded:
    """``origin[i]`` is the place in ``original`` from which ``text[i]`` came."""

    original: str
    text: str
    origin: list[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the original; what does not show at its end is left out."""
        return self.origin[start], self.origin[end - 1] + 1

    def raw(self, start: int, end: int) -> str:
        first, last = self.source(start, end)
        return self.original[first:last]


def fold(original: str) -> Folded:
    pieces: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(original):
        plain = _folded(character)
        if plain:
            pieces.append(plain)
            origin.extend([place] * len(plain))
    return Folded(original, "".join(pieces), origin)


def plain(text: str) -> str:
    """Folded, with nothing at the ends and single spaces between."""
    return " ".join(fold(text).text.split())


def disguised(raw: str) -> bool:
    """Whether it has something in it that nobody types by accident: signs that do not show, letters drawn otherwise, or
    letters of another alphabet that pass for Latin ones.
    """
    hidden = any(unicodedata.category(one) in ("Cf", "Mn", "Me") or one in _BLANKS for one in raw)
    drawn = any(unicodedata.decomposition(one).startswith(_DRAWN) for one in raw)
    return hidden or drawn or _passes_for_latin(raw) or _odd_case(raw)


_DRAWN = ("<wide>", "<font>", "<circle>", "<square>")


def _passes_for_latin(raw: str) -> bool:
    """A word in its own alphabet has letters that look like no Latin one."""
    foreign = [one in _ALIKE and unicodedata.name(one, "").startswith(_ALPHABETS) for one in raw]
    rest = (one for one, is_foreign in zip(raw, foreign, strict=True) if not is_foreign)
    return any(foreign) and all(one.isascii() or "LATIN" in unicodedata.name(one, "") for one in rest)


_ALPHABETS = ("CYRILLIC", "GREEK", "ARMENIAN")


def _odd_case(raw: str) -> bool:
    """A capital after a small letter, other than in names such as McAllister and in words glued together."""
    inner = [one.isupper() for one in raw if one.isalpha()]
    return not all(inner) and sum(inner[1:]) >= 2


@lru_cache(maxsize=20_000)
def _folded(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character.isspace():
        return "\n" if character == "\n" else " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) in ("Cf", "Cc", "Cn", "Cs", "Mn", "Me") or character in _SKIN_TONES:
        return ""
    letters = (one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))
    return "".join(_PLAIN.get(one, " " if one.isspace() else one.casefold()) for one in letters)
