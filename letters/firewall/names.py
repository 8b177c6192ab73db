"""Finding the names of somebody: whole, in part, short, misspelt or disguised."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from letters.firewall.finds import Find
from letters.firewall.judging import initialled, named_after, title_before, used_as_name, used_beyond_doubt
from letters.firewall.parts import PARTICLES, Named
from letters.firewall.spelling import LONGEST
from letters.firewall.tokens import Letter, Token
from letters.firewall.vocabulary import is_word, ordinary, terms

_LOOKS_LIKE = dict(
    zip("oileastbg", ("o0", "i1l!|", "l1i|", "e3", "a4@", "s5$", "t7", "b8", "g9"), strict=True)
)
_SIGNS = r"\s.\-_*·,/'+~"
_BETWEEN = rf"(?:[ .]'[ .]|[{_SIGNS}]{{0,2}})"
_SHORTEST_SPREAD = 4
_SHORT = {"misspelt": 5, "short": 3}
"""Up to so many letters a misspelling or a pet form needs a capital, or a neighbour that tells."""
NOTHING = ("", "")


def find_names(letter: Letter, named: Named, known: Collection[str]) -> Iterator[Find]:
    """``known`` are the reader's own names, which are never a leak."""
    judge = _Judge(letter, named, known)
    for at in range(len(letter.tokens)):
        yield from judge.word(at)
    yield from _spread(letter, named)


class _Judge:
    """Looks at one word after another. What a word could be is worked out once for each spelling."""

    def __init__(self, letter: Letter, named: Named, known: Collection[str]) -> None:
        self.tokens, self.named, self.known = letter.tokens, named, frozenset(known)
        self.both = (
            {(named.first[:1].upper(), one.upper()) for one in named.initials} if named.first else set()
        )
        self.could_be = lru_cache(maxsize=None)(self._could_be)

    def word(self, at: int) -> Iterator[Find]:
        token = self.tokens[at]
        kind, why = self.could_be(token.text[:LONGEST])
        if kind and self._meant(at, why):
            title = title_before(self.tokens, at)
            yield Find(
                self.tokens[at if title is None else title].start, token.end, _altered(kind, token), why
            )
        elif self._initial(at) or self._initials(at):
            yield Find(self.tokens[at - 1].start, token.end, "name_part", "initial")

    def _could_be(self, text: str) -> tuple[str, str]:
        if text in self.known or len(text) < 2 or text.isdigit():
            return NOTHING
        return self.named.could_be(text)

    def _meant(self, at: int, why: str) -> bool:
        token, tokens = self.tokens[at], self.tokens
        others = self.named.all_forms - {token.text}
        if initialled(tokens, at, self.named.first[:1], self.named.initials) or self._in_pair(at):
            return True
        if used_beyond_doubt(tokens, at, others):
            return True
        if why == "perhaps" and not _stands_out(token):
            return False
        if named_after(tokens, at):
            return False
        doubtful = len(token.text) <= _SHORT.get(why, 0) or is_word(token.text)
        if token.text in ordinary() or why == "perhaps" or (doubtful and not token.capital):
            return used_as_name(tokens, at, others)
        return True

    def _in_pair(self, at: int) -> bool:
        """Beside another word that could be of the name, when they are not both ordinary words: dail wods."""
        return any(
            self._pair(at, place)
            for place in (self._neighbour(at, -1), self._neighbour(at, 1))
            if place is not None
        )

    def _pair(self, at: int, place: int) -> bool:
        one, other = self.tokens[at], self.tokens[place]
        if one.text == other.text or self.could_be(other.text[:LONGEST]) == NOTHING:
            return False
        return not (is_word(one.text) and is_word(other.text)) or self._in_order(
            min(at, place), max(at, place)
        )

    def _in_order(self, one: int, other: int) -> bool:
        """First name and surname, both words: frank castle; not “you will park” or “the summer price”."""
        first, surname, before = (
            self.tokens[one].text,
            self.tokens[other].text,
            self.tokens[max(0, one - 1)].text,
        )
        named = first == self.named.first and surname in self.named.surnames
        return named and first not in _MODALS and before not in terms("articles")

    def _neighbour(self, at: int, step: int) -> int | None:
        """The next word to that side, past words such as *bin* and *de*, if only signs stand between."""
        place = at
        while True:
            later, place = max(place, place + step), place + step
            if not (0 <= place < len(self.tokens)) or self.tokens[later].gap.strip(" ,.-/_*"):
                return None
            if self.tokens[place].text not in PARTICLES:
                return place

    def _initial(self, at: int) -> bool:
        """Mrs F: a title and the first letter of the surname, if the reader has not the same."""
        token = self.tokens[at]
        if len(token.text) != 1 or not token.capital or token.text not in self.named.initials:
            return False
        return title_before(self.tokens, at) == at - 1 and token.text not in {name[0] for name in self.known}

    def _initials(self, at: int) -> bool:
        """P. R. or P.R. for both names, unless another name follows, to which they would belong."""
        before, token = self.tokens[at - 1] if at else None, self.tokens[at]
        if (
            before is None
            or (before.raw, token.raw) not in self.both
            or "." not in token.gap
            or token.gap.strip(" .")
        ):
            return False
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return after is None or not after.capital or after.gap not in (" ", ". ", ".") or is_word(after.text)


_MODALS = ("will", "may")
_SAY_NOTHING = terms("say_nothing") | terms("shortened")


def _stands_out(token: Token) -> bool:
    """By a capital that neither the sentence nor the line asks for."""
    plain = token.first or token.shouted or token.raw.isupper() or token.text in _SAY_NOTHING
    return token.capital and not plain


def _altered(kind: str, token: Token) -> str:
    return "disguise" if token.altered and kind == "name_part" else kind


def _spread(letter: Letter, named: Named) -> Iterator[Find]:
    """Names with something between their letters, or with figures for letters."""
    for part in dict.fromkeys((named.first, *named.surnames)):
        if len(part) < _SHORTEST_SPREAD:
            continue
        for match in _pattern(part).finditer(letter.text):
            if _pulled_apart(match.group(), part):
                yield Find(match.start(), match.end(), "disguise", "spread")


@lru_cache(maxsize=1_000)
def _pattern(part: str) -> re.Pattern[str]:
    letters = (f"[{re.escape(_LOOKS_LIKE[one])}]" if one in _LOOKS_LIKE else re.escape(one) for one in part)
    return re.compile(rf"(?<![^\W_]){_BETWEEN.join(letters)}(?![^\W_])")


def _pulled_apart(written: str, part: str) -> bool:
    """Not the plain word, and not ordinary words that happen to follow one another (has an)."""
    pieces = [piece for piece in re.split(f"[{_SIGNS}]+", written) if piece]
    if len(pieces) == 1:
        return pieces[0] != part
    if all(len(piece) == 1 for piece in pieces) or not re.search(r"[\s,/]", written):
        return True
    return any(not is_word(piece) and piece not in ("a", "i") for piece in pieces)
