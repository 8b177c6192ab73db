"""A name taken apart: what it is made of, what its bearer may also be called, and what a word could be of it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from letters.firewall.spelling import misspelt
from letters.firewall.tokens import words
from letters.firewall.vocabulary import also_called, is_word, terms

PARTICLES = terms("particles")
_TITLES = terms("titles")
_VOWELS = re.compile("[aeiouy]+")
_ENDINGS = ("", "a", "ka", "ik", "ek", "y", "ie", "i", "ey", "o", "s", "es", "sy", "ster", "ers", "za")
_LONGER = 6
"""How much a pet form may add to a whole first name: Joãozinho."""


@dataclass(frozen=True)
class Named:
    """``glued`` are neighbouring parts in one word; ``forms`` every listed other form of the first name."""

    first: str
    surnames: tuple[str, ...]
    glued: tuple[str, ...]
    forms: frozenset[str]

    @cached_property
    def parts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for part in (self.first, *self.surnames, *self.glued) if part))

    @cached_property
    def all_forms(self) -> frozenset[str]:
        return self.forms | frozenset(self.parts)

    @cached_property
    def initials(self) -> frozenset[str]:
        return frozenset(part[0] for part in self.surnames)

    def could_be(self, text: str) -> tuple[str, str]:
        """The kind of leak a word would be and why; two empty texts if it has nothing to do with the name."""
        exact = self._exact(text)
        if exact:
            return "name_part", exact
        if text in self.forms:
            return "nickname", "short"
        if is_word(text):
            return ("nickname", "perhaps") if pet_form(text, self.first) else ("", "")
        return self._nearly(text)

    def _nearly(self, text: str) -> tuple[str, str]:
        if any(len(part) >= 5 and part in text for part in self.parts):
            return "name_part", "inside"
        cut_off = len(text) >= 6 and any(name.startswith(text) for name in self.surnames)
        if cut_off or any(misspelt(text, part) or short_misspelt(text, part) for part in self.parts):
            return "misspelling", "misspelt"
        if pet_form(text, self.first):
            return "nickname", "short"
        begins = len(text) == 2 and len(self.first) > 3 and self.first.startswith(text)
        return ("nickname", "perhaps") if begins else ("", "")

    def _exact(self, text: str) -> str:
        """Which part of the name it is, also in the plural (the Featherstonehaughs)."""
        if text == self.first:
            return "first_name"
        surnames = {*self.surnames, *self.glued}
        plurals = {one + end for one in surnames if len(one) >= 4 for end in ("s", "es")}
        return "surname" if text in surnames or (text in plurals and not is_word(text)) else ""


def take_apart(name: str, known: Collection[str]) -> Named | None:
    """Without titles and small words such as *de* and *bin*, and without what the reader is called too."""
    whole = [word for word in words(name) if word not in _TITLES]
    telling = [word for word in whole if word not in PARTICLES] or whole
    if not telling:
        return None
    first = telling[0] if telling[0] not in known else ""
    surnames = tuple(word for word in (*telling[1:], *_clans(telling[1:])) if word not in known)
    glued = tuple(one + other for one, other in pairwise(whole))
    forms = also_called(first) - set(known) - set(surnames) if first else frozenset()
    return Named(first, surnames, glued, forms) if first or surnames else None


def _clans(surname: list[str]) -> Iterator[str]:
    """Mc for Mac, and Mac for Mc."""
    for word in surname:
        if word.startswith("mac") and len(word) > 5:
            yield "mc" + word[3:]
        elif word.startswith("mc") and len(word) > 4:
            yield "mac" + word[2:]


def pet_form(text: str, first: str) -> bool:
    """A beginning, middle or end of the first name, with or without a pet ending: Margie, Seun, Sammy, Gaz."""
    if len(first) < 3 or len(text) < 3:
        return False
    longer = text.startswith(first) and len(text) <= len(first) + _LONGER
    doubled = (
        len(text) >= 4 and text[: len(text) // 2] * 2 == text and first.startswith(text[: len(text) // 2])
    )
    if longer or doubled or _zed(text, first):
        return True
    inside = len(text) >= 4 and (
        (first.endswith(text) and len(first) >= 6) or (text in first and len(first) >= 8)
    )
    return inside or (len(first) >= 4 and any(_begins(text, ending, first) for ending in _ENDINGS))


def _zed(text: str, first: str) -> bool:
    """Gary is Gaz, Darren Dazza, Tariq Taz."""
    return len(first) >= 4 and any(text == first[:2] + ending for ending in ("z", "zz", "zza", "zzer"))


def _begins(text: str, ending: str, first: str) -> bool:
    stem = text.removesuffix(ending)
    if len(stem) < 3 or not text.endswith(ending):
        return False
    return first.startswith(stem) or (len(stem) > 3 and stem[-1] == stem[-2] and first.startswith(stem[:-1]))


def short_misspelt(text: str, part: str) -> bool:
    """Daye for Day, Wyll for Will, Wai for Wei: one letter more, or a vowel for another."""
    if not 3 <= len(part) <= 4 or not 3 <= len(text) <= len(part) + 1 or text[0] != part[0]:
        return False
    return _VOWELS.sub("*", text.removesuffix("e")) == _VOWELS.sub("*", part.removesuffix("e"))
