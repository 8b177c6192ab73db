"""Codes of letters and figures, however they are spaced, and with letters that look like figures."""

import re
from functools import lru_cache

BETWEEN = r"[\s.\-_*·]{0,3}"
_LOOKS_LIKE = {letter: alike for alike in ("0o", "1il", "5s", "8b", "2z") for letter in alike}


@lru_cache(maxsize=1_000)
def code_pattern(code: str) -> re.Pattern[str]:
    """A postcode or a vehicle plate, which is folded and without spaces."""
    return re.compile(rf"(?<![^\W_]){BETWEEN.join(map(_one, code))}(?![^\W_])")


def _one(character: str) -> str:
    return f"[{_LOOKS_LIKE[character]}]" if character in _LOOKS_LIKE else re.escape(character)
