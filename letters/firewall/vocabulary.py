"""Which words are ordinary English, and which names are forms of one another. Read once from the lists in ``data``."""

import re
from functools import lru_cache
from pathlib import Path

from letters.firewall.folding import plain

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def _terms() -> dict[str, frozenset[str]]:
    text = re.sub(r"(?m)^#.*$", "", (DATA / "terms.txt").read_text(encoding="utf-8"))
    found = re.split(r"\[(\w+)\]", text)[1:]
    return {name: frozenset(listed.split()) for name, listed in zip(found[::2], found[1::2], strict=True)}


def terms(name: str) -> frozenset[str]:
    """A short list of words that are good for one thing."""
    return _terms()[name]


@lru_cache(maxsize=1)
def streets() -> dict[str, str]:
    """Every way of writing a kind of street, with its full word."""
    lines = (DATA / "streets.txt").read_text(encoding="utf-8").splitlines()
    kinds = [line.split() for line in lines if line and not line.startswith("#")]
    return {spelling: kind[0] for kind in kinds for spelling in kind}


MONTHS, DAYS = terms("months"), terms("days")


@lru_cache(maxsize=1)
def ordinary() -> frozenset[str]:
    """The some eleven thousand words that are met everywhere."""
    return _words("ordinary.txt").union(MONTHS, DAYS, terms("shortened"), terms("towns"), terms("peoples"))


@lru_cache(maxsize=1)
def rarer() -> frozenset[str]:
    return _words("rarer.txt")


def is_word(text: str) -> bool:
    """An English word, in any of its forms."""
    return text in ordinary() or text in rarer()


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    """Each name with all the names somebody called so may also go by."""
    known: dict[str, set[str]] = {}
    for line in (DATA / "nicknames.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group = set(re.findall(r"\w+", plain(line)))
            for name in group:
                known.setdefault(name, set()).update(group)
    return {name: frozenset(group) for name, group in known.items()}


def also_called(name: str) -> frozenset[str]:
    """Other forms of a first name, which is folded already; from the list only."""
    return _groups().get(name, frozenset()) - {name}


def is_listed_name(name: str) -> bool:
    return name in _groups()


def _words(file: str) -> frozenset[str]:
    return frozenset((DATA / file).read_text(encoding="utf-8").split())
