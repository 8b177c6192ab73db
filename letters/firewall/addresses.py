"""Finding the home of somebody: number and street, number alone where it can only mean a home, name, postcode."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from letters.firewall import numbers
from letters.firewall.finds import Find
from letters.firewall.homes import TYPES, Home, Place
from letters.firewall.numbers import in_words
from letters.firewall.spelling import LONGEST, distance
from letters.firewall.spread import code_pattern
from letters.firewall.tokens import Letter, Token
from letters.firewall.vocabulary import terms

_WORD_NUMBERS = "|".join(sorted({word for number in range(1, 100) for word in in_words(number)}))
_LIST = rf"(?:(?:\d+[a-z]?|{_WORD_NUMBERS})\s*(?:,|and|or|&|/|to|-)\s*)*"
_CUE = (
    r"(?P<cue>flats?|flt|apartments?|apt|maisonettes?|houses?|doors?|homes?|numbers?|nos?|num|nr|n°|(?<!#)#(?!\s|#))"
    r"[\s.:]*(?:numbers?|nos?\b|num|n°|#)?[\s.:#]*"
)
_CUED = re.compile(
    rf"(?:(?P<other>(?:{'|'.join(terms('numbered'))})(?:'s)?)[\s-]+)?(?<![^\W_]){_CUE}{_LIST}$"
)
_PEOPLE = rf"(?:next\s*-?\s*door|{'|'.join(sorted(terms('dwellers')))})"
_BARE = re.compile(
    rf"(?:\b{_PEOPLE}(?:\s+(?:up|down|over|across|round|there|here))?\s*,?\s+(?:at|in|of|from|on|is)\s+|"
    rf"\b(?:outside|opposite|beside|next\s+to|next\s*-?\s*door|next\s+door\s+(?:at|to))\s+){_LIST}$"
)
_OF_A_PAPER = re.compile(
    r"\s*(?:of|in|on)\s+(?:the|your|our|this|these)\s+(?:conditions?|terms?|rules?|agreement|tenancy|list|policy|contract|clauses?|"
    r"order|schedule|letter|report|bus|route)\b|\s+bus\b"
)
_CONNECTING = frozenset(["in", "at", "of", "on", "the", "st", "saint", "block", "flat", "number", "no"])
_CUES = frozenset(["number", "no", "num", "nr", "flat", "house", "apartment"])
_ENDS = re.compile(r"\s*(?:[.,;:)\n]|$)")
_JOINED = re.compile(r"[\s,()/#-]*(?:'s)?[\s,()/#-]*|\.? *")
_APART = re.compile(r"[\s,(.#-]*")
_LOOK_BACK = 80


def find_homes(letter: Letter, home: Home, readers: Collection[Home]) -> Iterator[Find]:
    for number in sorted(home.numbers):
        for match in numbers.pattern(number).finditer(letter.text):
            yield from _at_number(letter, match, number, home, readers)
    yield from _called(letter, home)
    for postcode in sorted(home.postcodes):
        for match in code_pattern(postcode).finditer(letter.text):
            yield Find(match.start(), match.end(), "postcode", "postcode")


def _at_number(
    letter: Letter, match: re.Match[str], number: str, home: Home, readers: Collection[Home]
) -> Iterator[Find]:
    for place in home.places:
        if not any(number in reader.numbers_at(place) for reader in readers):
            span = _with_place(letter, match, place, home)
            if span:
                yield Find(*span, "address", "address")
    start = _cued(letter.text, match, number, home, readers)
    if start is not None:
        yield Find(start, match.end(), "home_number", "home_number")


def _with_place(letter: Letter, match: re.Match[str], place: Place, home: Home) -> tuple[int, int] | None:
    """The number directly before the name of the street, or directly after it."""
    after = bisect_left(letter.starts, match.end())
    for skipped in range(len(place.name) + 3):
        if after + skipped >= len(letter.tokens):
            break
        if not _JOINED.fullmatch(letter.tokens[after + skipped].gap):
            break
        end = _named_at(letter.tokens, after + skipped, place)
        if end and match.end("possessive") < 0:
            return match.start(), letter.tokens[end - 1].end
        if not _leads_on(letter.tokens[after + skipped], place, home):
            break
    return _after_place(letter, match, place)


def _leads_on(token: Token, place: Place, home: Home) -> bool:
    """A word that may stand between the number and the word of the street that tells most."""
    return token.text in _CONNECTING or token.text in place.name or token.text in home.numbers


def _after_place(letter: Letter, match: re.Match[str], place: Place) -> tuple[int, int] | None:
    """Larkspur Court 14, Larkspur Court (14): where nothing follows that the number could belong to."""
    number = at = bisect_left(letter.starts, match.start())
    while at and letter.tokens[at - 1].text in _CUES:
        at -= 1
    ends = _ENDS.match(letter.text[match.end() : match.end() + 10])
    if not (ends or at < number) or at >= len(letter.tokens) or not _APART.fullmatch(letter.tokens[at].gap):
        return None
    for begin in range(max(0, at - 2 - len(place.name)), at):
        if _named_at(letter.tokens, begin, place) == at:
            return letter.tokens[begin].start, match.end()
    return None


def _named_at(tokens: list[Token], at: int, place: Place) -> int:
    """Where the name of the place ends that has its telling word here; 0 if it has not."""
    if not _spelt(_comparable(tokens[at].text, place.telling), place.telling):
        return 0
    end = at + 1
    while end < len(tokens) and tokens[end].text in place.name and not tokens[end].gap.strip(" ,"):
        end += 1
    kind = TYPES.get(tokens[end].text, "") if end < len(tokens) and tokens[end].gap.strip(" ,") == "" else ""
    if kind and (kind == place.kind or not place.kind):
        return end + 1
    written = [token.text for token in tokens[end - len(place.name) : end]]
    whole = not place.kind and _full(written) == _full(place.name)
    return end if whole or not place.ordinary else 0


def _comparable(written: str, telling: str) -> str:
    """A street that is only called by its kind (The Crescent) may have it shortened. Nothing is longer than a name."""
    return TYPES.get(written, "") if telling in TYPES else written[:LONGEST]


def _full(words: Iterable[str]) -> list[str]:
    return [TYPES.get(word, word) for word in words]


@lru_cache(maxsize=10_000)
def _spelt(written: str, name: str) -> bool:
    if written == name or len(name) < 5:
        return written == name
    allowed = 1 if len(name) < 8 else 2
    return distance(written, name, allowed) <= allowed


def _cued(text: str, match: re.Match[str], number: str, home: Home, readers: Collection[Home]) -> int | None:
    """Where a mention of a home by its number alone begins; nothing where it is another sort of number."""
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()].rpartition("\n")[2]
    if _OF_A_PAPER.match(text, match.end("possessive") if match["possessive"] else match.end()):
        return None
    cued = _CUED.search(before)
    if cued and ("," not in cued.group() or cued["cue"].endswith("s")):
        if cued["other"] or _readers_own(number, cued["cue"], home, readers) or _counts(cued, text, match):
            return None
        return match.start() - (len(before) - cued.start("cue"))
    if _own(number, readers):
        return None
    bare = _BARE.search(before)
    if bare:
        return match.start() - (len(before) - bare.start())
    return match.start() if match["possessive"] and not re.search(r"\bunder[\s-]*$", before) else None


def _counts(cue: re.Match[str], text: str, match: re.Match[str]) -> bool:
    """“There are no two ways about it” and “homes 12 …” are not numbers of homes."""
    in_words = match.group()[:1].isalpha()
    return cue.group().strip() == "no" and in_words and not _ENDS.match(text[match.end() : match.end() + 10])


def _readers_own(number: str, cue: str, home: Home, readers: Collection[Home]) -> bool:
    """“Flat 2” is the reader's own only if their flat is; “number 2” also if their house is."""
    if cue.startswith(("flat", "flt", "ap", "mais")):
        return any(number in (reader.flats or reader.houses) for reader in readers)
    return _own(number, readers)


def _own(number: str, readers: Collection[Home]) -> bool:
    return any(number in reader.numbers for reader in readers)


def _called(letter: Letter, home: Home) -> Iterator[Find]:
    """A house that has a name and no number."""
    for name in home.called:
        pattern = r"[\s.\-_]+".join("'?".join(word) for word in name.split())
        for match in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", letter.text):
            yield Find(match.start(), match.end(), "address", "house_name")
