"""Whether a word is another, misspelt: few letters apart, or the same to the ear. Both are folded already."""

import re

LONGEST = 40
"""Longer words are compared by their beginning: nobody's name is longer, and hostile text may be."""

_SOUNDS = (
    (r"^[ij]?y(?=[aeiou])", ""),
    (r"^h(?=[aeiou])", "h"),
    (r"aw|au|(?<![aeiouy])or(?=[^aeiouy]|$)|oar", "O"),
    (r"ph|v|w(?=[aeiouy])|bh", "f"),
    (r"gh(?=[^aeiou]|$)", ""),
    (r"tch|cz|sz|sch|ch|sh", "s"),
    (r"[sz]c(?=[eiy])", "s"),
    (r"c(?=[eiy])", "s"),
    (r"[cqkx]+", "k"),
    (r"z", "s"),
    (r"dg|j|g(?=[eiy])", "j"),
    (r"th|d", "t"),
    (r"r(?=[^aeiouy]|$)", ""),
    (r"m(?=[bptf])", "n"),
    (r"(?<!^)[aeiouyhw]", ""),
    (r"^[aeiouy]", "a"),
)
_COMPILED = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)


def misspelt(written: str, name: str) -> bool:
    """How much may differ grows with the length; names of three letters or fewer are never guessed at."""
    written, name = written[:LONGEST], name[:LONGEST]
    allowed = _allowed(len(name))
    if not allowed or abs(len(written) - len(name)) > allowed + 1:
        return False
    near = distance(written, name, allowed)
    if near <= allowed:
        return (near <= 1 and _same_start(written, name, len(name))) or (
            near > 1 and _alike_start(written, name)
        )
    return sounds_like(written, name)


def sounds_like(written: str, name: str) -> bool:
    """The same consonants to the ear, and not much else apart."""
    most = max(2, (len(name) + 1) // 3)
    alike = len(name) >= 4 and len(written) >= 3 and sound(written) == sound(name)
    return alike and distance(written, name, most) <= most


def sound(word: str) -> str:
    """Its consonants as they are heard, without doubles."""
    for pattern, heard in _COMPILED:
        word = pattern.sub(heard, word)
    return re.sub(r"(.)\1+", r"\1", word)


def distance(one: str, other: str, most: int) -> int:
    """Letters changed, added, left out or swapped with their neighbour; more than ``most`` is not counted out."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, its in enumerate(other, start=1):
            best = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                best = min(best, before[column - 2] + 1)
            now.append(best)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]


def _allowed(length: int) -> int:
    if length <= 3:
        return 0
    return 1 if length <= 6 else 2 if length <= 11 else 3


def _same_start(written: str, name: str, length: int) -> bool:
    """Short names differ by one letter all the time (Dane, Jane); the first is seldom what is misspelt."""
    return length >= 6 or _alike_start(written, name)


def _alike_start(written: str, name: str) -> bool:
    return written[:1] == name[:1] or sound(written)[:1] == sound(name)[:1]
