"""Places of a letter that may stand as they are: the officer's name, the landlord's number, the reader's own street."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from letters.firewall.finds import Find
from letters.firewall.folding import plain
from letters.firewall.tokens import Letter


def stretches(letter: Letter, texts: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of the texts stands, as whole words, in order; those that overlap are one."""
    found: list[tuple[int, int]] = []
    for text in {plain(text) for text in texts} - {""}:
        pattern = re.compile(rf"(?<!\w){r'[ ]+'.join(map(re.escape, text.split()))}(?!\w)")
        found += [match.span() for match in pattern.finditer(letter.text)]
    return _joined(sorted(found))


def within(find: Find, places: list[tuple[int, int]]) -> bool:
    """Wholly inside one of them."""
    at = bisect_right(places, (find.start, len(places) and places[-1][1])) - 1
    return at >= 0 and find.end <= places[at][1]


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
