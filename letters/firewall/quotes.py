"""Finding words of a report in a letter: six or more in a row that are the same, or nearly.

Whoever wrote them, or heard of them, would know them again. Words that stand in every letter do not count as anybody's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from letters.firewall.finds import Find
from letters.firewall.tokens import Letter, words
from letters.firewall.vocabulary import DAYS, MONTHS, terms

LEAST = ((6, 3), (7, 2), (8, 1))
"""Words the same, in order, before it is a quotation; and how many of them must say something."""
_SEED, _SLIP, _MOST_SEEDS, _FAR = 3, 3, 20, 400
_SAY_NOTHING = terms("say_nothing") | DAYS | MONTHS


@dataclass
class _Run:
    """Words of the letter from ``start`` to ``end`` that follow the report, ``same`` of them the same."""

    start: int
    end: int
    same: list[str]


def find_quotes(letter: Letter, reports: tuple[str, ...]) -> Iterator[Find]:
    written = [token.text for token in letter.tokens]
    for report in reports:
        place = 0
        seeds = _seeds(report)
        reported = words(report)
        while place <= len(written) - _SEED:
            run = _longest(written, place, reported, seeds.get(tuple(written[place : place + _SEED]), ()))
            if run is None:
                place += 1
                continue
            yield Find(letter.tokens[run.start].start, letter.tokens[run.end - 1].end, "quote", "quote")
            place = run.end


@lru_cache(maxsize=200)
def _seeds(report: str) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Where each three words in a row stand in a report, if they say something; only the first places of what is said
    all the time.
    """
    reported, found = words(report), dict[tuple[str, ...], list[int]]()
    for place in range(len(reported) - _SEED + 1):
        three = tuple(reported[place : place + _SEED])
        places = found.setdefault(three, [])
        if len(places) < _MOST_SEEDS and any(map(_telling, three)):
            places.append(place)
    return {three: tuple(places) for three, places in found.items()}


def _longest(written: list[str], at: int, reported: list[str], places: tuple[int, ...]) -> _Run | None:
    runs = [_follow(written, at, reported, place) for place in places]
    telling = [run for run in runs if _tells(run)]
    return max(telling, key=lambda run: run.end) if telling else None


def _tells(run: _Run) -> bool:
    telling = sum(map(_telling, run.same))
    return any(len(run.same) >= same and telling >= least for same, least in LEAST)


def _telling(word: str) -> bool:
    return word not in _SAY_NOTHING and not word[:1].isdigit()


def _follow(written: list[str], at: int, reported: list[str], place: int) -> _Run:
    """As far as both go on alike, to either side of where they do."""
    end, same = _alike(written[at : at + _FAR], reported[place : place + _FAR])
    begin, before = _alike(
        written[max(0, at - _FAR) : at][::-1], reported[max(0, place - _FAR) : place][::-1]
    )
    return _Run(at - begin, at + end, before + same)


def _alike(written: list[str], reported: list[str]) -> tuple[int, list[str]]:
    """How far, and the words they have in common; up to three words may be changed, added or left out where two words
    agree again.
    """
    here, there, end, same = 0, 0, 0, list[str]()
    while here < len(written) and there < len(reported):
        if written[here] == reported[there]:
            same.append(written[here])
            here, there = here + 1, there + 1
            end = here
            continue
        slip = _agree_again(written, here, reported, there)
        if slip is None:
            break
        here, there = here + slip[0], there + slip[1]
    return end, same


@lru_cache(maxsize=1)
def _slips() -> list[tuple[int, int]]:
    """How far to go on in letter and report, the nearest first."""
    steps = range(_SLIP + 1)
    return sorted(
        ((one, other) for one in steps for other in steps if one or other),
        key=lambda slip: (max(slip), sum(slip)),
    )


def _agree_again(written: list[str], here: int, reported: list[str], there: int) -> tuple[int, int] | None:
    for one, other in _slips():
        ahead = written[here + one : here + one + 2]
        if len(ahead) == 2 and ahead == reported[there + other : there + other + 2]:
            return one, other
    return None
