"""House numbers as people write them, in figures and in words."""

import re
from functools import lru_cache

from letters.firewall.vocabulary import terms

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_COUNTED = "|".join(sorted(terms("counted") | terms("months")))
AFTER = (
    r"(?![\w%°]|[.:,]\d|/\d+(?!\d|\s+[a-z])|\s*%|-\d|\s*-\s*(?:day|week|month|hour|year|minute)\b"
    rf"|\s*(?:{_COUNTED}|o'?clock|per\s+cent|of\s+them|or\s+more)\b)"
)
"""What must not follow the number of a home: it would be an amount, a time or a date."""
BEFORE = r"(?:(?<![\w£$€:])(?<!\d[.,])|(?<=\bno)|(?<=\bnumber)|(?<=\bflat))"


@lru_cache(maxsize=1_000)
def pattern(number: str) -> re.Pattern[str]:
    """The number of a home, where it is not an amount, a time or a date."""
    return re.compile(f"{BEFORE}(?:{spellings(number)})(?P<possessive>'s)?{AFTER}")


@lru_cache(maxsize=1_000)
def spellings(number: str) -> str:
    """As part of a pattern: 14a is also 14 a, 14-a and fourteen a."""
    digits, letter = re.fullmatch(r"(\d+)([a-z]?)", number).groups()  # type: ignore[union-attr]  # made by ``home``
    figures = "0*" + r" ?".join(digits)
    either = "|".join((figures, *in_words(int(digits))))
    return rf"(?:{either})\s?-?{letter}" if letter else f"(?:{either})"


def in_words(number: int) -> list[str]:
    """As part of a pattern; numbers above 99 are written in figures."""
    if number < 20:
        return [ONES[number]]
    if number < 100:
        tens, ones = TENS[number // 10 - 2], number % 10
        return [rf"{tens}[\s-]*{ONES[ones]}" if ones else rf"{tens}(?![\s-]*(?:{'|'.join(ONES[1:10])}))"]
    return []
