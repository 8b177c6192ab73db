"""An address taken apart into what gives a home away: its numbers, the names of its street and block, its postcode."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from letters.firewall.folding import plain
from letters.firewall.vocabulary import is_word, streets

TYPES = streets()
"""Every way of writing a kind of street or block, with its full word."""
_FLAT = r"(?:flat|apartment|apt|maisonette|studio|unit|room|flt)"
_NUMBER = r"\d{1,4}\s?[a-z]?(?![a-z\d])"
_BEGINS = re.compile(
    rf"^\s*(?P<flat>{_FLAT}\b)?[\s.:#]*(?:number|no\b|nos\b)?[\s.:#]*(?P<number>{_NUMBER})(?P<more>(?:\s*[-/&]\s*{_NUMBER})*)"
)
_FLAT_LETTER = re.compile(rf"^\s*(?P<cue>{_FLAT})\s+(?P<letter>[a-z])\b")
_MOST_PLACES = 2
"""A block and its street; what is named after them is a town."""
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")


@dataclass(frozen=True)
class Place:
    """A street or a block: the words of its name and what kind it is, in full; the kind may be unknown."""

    name: tuple[str, ...]
    kind: str

    @property
    def telling(self) -> str:
        """The word of the name that says most."""
        return max((word for word in self.name if word not in ("saint", "the")), key=len, default="")

    @property
    def ordinary(self) -> bool:
        """Whether its name alone could stand in a sentence that is about something else."""
        return is_word(self.telling) or len(self.telling) < 4 or self.telling in TYPES

    def same(self, other: "Place") -> bool:
        return self.name == other.name and (self.kind == other.kind or not self.kind or not other.kind)


@dataclass(frozen=True)
class Home:
    """``called``: the name of a house or a flat without a number. ``rooms``: what flats are called in this address."""

    flats: frozenset[str]
    houses: frozenset[str]
    places: tuple[Place, ...]
    called: tuple[str, ...]
    postcodes: frozenset[str]
    rooms: frozenset[str] = frozenset()

    @property
    def numbers(self) -> frozenset[str]:
        return self.flats | self.houses

    def without(self, postcodes: Collection[str], called: Collection[str]) -> "Home":
        """What is left of it for a reader who has these too."""
        names = tuple(name for name in self.called if name not in called)
        return replace(self, called=names, postcodes=self.postcodes - frozenset(postcodes))

    def numbers_at(self, place: Place) -> frozenset[str]:
        """The numbers it has in that street or block."""
        return self.numbers if any(place.same(one) for one in self.places) else frozenset()


def home(address: str) -> Home:
    """Any text can be taken apart; of one that is no address little is found."""
    text = plain(address.replace("\n", ","))
    postcodes = frozenset("".join(match.groups()) for match in _POSTCODE.finditer(text))
    segments = [part for part in re.split(r"\s*[,;]\s*", _POSTCODE.sub("", text)) if part]
    reading = _Reading()
    for segment in segments:
        reading.segment(segment)
    return Home(
        frozenset(reading.flats),
        frozenset(reading.houses),
        tuple(dict.fromkeys(reading.places))[:_MOST_PLACES],
        tuple(reading.called),
        postcodes,
        frozenset(reading.rooms),
    )


def phrases(address: str) -> list[str]:
    """The parts of an address that may stand in a letter to whoever lives there: its lines, and its street alone."""
    text = plain(address.replace("\n", ","))
    lines = [part for part in re.split(r"\s*[,;]\s*", text) if part]
    streets = [re.sub(rf"^\s*(?:{_FLAT}\s*)?[\d/a-z]*\d[a-z]?\s+", "", part) for part in lines]
    return [
        one
        for one in dict.fromkeys((*lines, *streets, *_POSTCODE.sub("", text).split(",")))
        if len(one.strip()) > 2
    ]


class _Reading:
    """Takes one part of an address after another."""

    def __init__(self) -> None:
        self.flats: list[str] = []
        self.houses: list[str] = []
        self.places: list[Place] = []
        self.called: list[str] = []
        self.rooms: list[str] = []
        self.numbered = False

    def segment(self, text: str) -> None:
        rest, had = text, False
        while match := _BEGINS.match(rest):
            self._number(match)
            rest, had = rest[match.end() :].strip(" /-"), True
        if letter := _FLAT_LETTER.match(rest):
            self.called.append(f"{letter['cue']} {letter['letter']}")
            rest, had = rest[letter.end() :], True
        self._named(rest.strip(), had)
        self.numbered = self.numbered or had

    def _number(self, match: re.Match[str]) -> None:
        into = self.flats if match["flat"] else self.houses
        found = [one.replace(" ", "") for one in re.findall(_NUMBER, match["number"] + match["more"])]
        into += [*found, *(one.rstrip("abcdefghijklmnopqrstuvwxyz") for one in found)]
        if match["flat"]:
            self.rooms.append(match["flat"])

    def _named(self, text: str, had_number: bool) -> None:
        """The name of a street, of a block, or, first of all and without a number, of the house itself."""
        words = re.findall(r"[^\W_]+", text.replace("'", ""))
        if not words:
            return
        kinds = [at for at, word in enumerate(words) if word in TYPES and words[:at] not in ([], ["the"])]
        if kinds:
            end = kinds[-1] if not had_number else kinds[0]
            self.places.append(_place(words[:end], TYPES[words[end]]))
        elif had_number:
            self.places.append(_place(words, ""))
        elif not (self.numbered or self.places or self.called):
            self.called.append(" ".join(words))


def _place(words: Iterable[str], kind: str) -> Place:
    return Place(tuple("saint" if word == "st" else word for word in words), kind)
