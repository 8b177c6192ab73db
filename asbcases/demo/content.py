"""The words of the demonstration: invented people and places, what tenants say and what staff write."""

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "content"


@cache
def content(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def words_for(*path: str) -> list[str]:
    """The things staff write on an occasion. Raises KeyError for an occasion nobody thought of."""
    found: Any = content("casework")
    for step in path:
        found = found[step]
    return [str(words) for words in found]


def description(rng: Random, behaviour: str) -> str:
    """What somebody says happened, in their own way."""
    told = content("reports")
    body = _filled(rng, rng.choice(told["bodies"][behaviour]))
    opening, ending = rng.choice(told["openings"]), _filled(rng, rng.choice(told["endings"]))
    return _sentences(f"{opening}{body if opening.endswith('but ') else _capital(body)} {ending}".strip())


def what_else(rng: Random) -> str:
    return _sentences(_filled(rng, rng.choice(content("reports")["what_else"])))


def since(rng: Random) -> str:
    return str(rng.choice(content("reports")["since"]))


def _filled(rng: Random, text: str) -> str:
    told = content("reports")
    return text.format(**{slot: rng.choice(told[slot]) for slot in ("who", "when", "since")})


def _sentences(text: str) -> str:
    """Each sentence begins with a capital, whatever was put in its place."""
    parts = text.split(". ")
    return ". ".join(_capital(part) for part in parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
