"""Who the letters are about and who reads them, drawn from the invented people beside this file."""

import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from letters.firewall.engine import Protected, Reader

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Someone:
    """One protected person, with how others may write their name. ``flat`` is empty in a house without flats."""

    first: str
    surname: str
    short: tuple[str, ...]
    wrong_first: tuple[str, ...]
    wrong_surname: tuple[str, ...]
    number: str
    flat: str
    building: str
    street: str
    town: str
    postcode: str
    phone: str
    email: str
    plate: str
    words: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.surname}"

    @property
    def address(self) -> str:
        before = f"Flat {self.flat}, " if self.flat else ""
        return f"{before}{self.building or self.number + ' ' + self.street}, {self.town}, {self.postcode}"

    def protected(self) -> Protected:
        return Protected(
            "complainant",
            (self.name,),
            (self.address,),
            (self.phone,),
            (self.email,),
            (self.plate,),
            (self.words,),
        )


@lru_cache
def content(name: str) -> Any:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def half(items: list[Any], held_out: bool) -> list[Any]:
    """Every second one: the sets share neither people nor words."""
    return items[int(held_out) :: 2]


def someone(rng: random.Random, held_out: bool) -> Someone:
    people = content("people")
    first, surname, short, wrong_first, wrong_surname = (
        part.strip() for part in _five(rng.choice(_pool("people", held_out)))
    )
    flat = str(rng.randint(2, 29)) if rng.random() < 0.5 else ""
    street = rng.choice(_pool("streets", held_out))
    in_house = flat and rng.random() < 0.4
    return Someone(
        first,
        surname,
        _parts(short),
        _parts(wrong_first),
        _parts(wrong_surname),
        number=str(rng.randint(2, 99)) + (rng.choice("ab") if rng.random() < 0.08 else ""),
        flat=flat,
        building=f"{rng.choice(half(people['houses'], held_out))}, {street}" if in_house else "",
        street=street,
        town=rng.choice(people["towns"]),
        postcode=_postcode(rng),
        phone=_phone(rng),
        email=_email(rng, first, rng.choice(people["domains"])),
        plate=f"ZZ{rng.randint(51, 75)} {''.join(rng.choices('BCDFGHJKLMNPRTVWXY', k=3))}",
        words=rng.choice(half(content("reports"), held_out))["text"],
    )


def reader(rng: random.Random, them: Someone, leak: str = "") -> tuple[Reader, str]:
    """The addressee and their address: mostly in the same street, often in the same block, sometimes elsewhere.

    What they share with the complainant is no leak, so they never share what is planted.
    """
    people = content("people")
    name = rng.choice([one for one in people["readers"] if one.split()[0] != them.first])
    place = 1.0 if leak == "postcode" else rng.random()
    house = int("".join(filter(str.isdigit, them.number)))
    other = next(str(house + more) for more in (rng.choice((1, 2, 3)), 4) if str(house + more) != them.flat)
    if them.flat and place < 0.5 and (them.building or leak not in ("address", "home_number")):
        flat = str(int(them.flat) + rng.choice((1, 2)))
        address = them.address.replace(f"Flat {them.flat},", f"Flat {flat},")
    elif place < 0.8:
        address = f"{other} {them.street}, {them.town}, {them.postcode}"
    else:
        address = f"{other} Example Road, Castlebeck, ZZ9 9ZZ"
    return Reader((name,), (address,), (_phone(rng),), ("reader@example.com",), ()), address


def _pool(which: str, held_out: bool) -> list[str]:
    people = content("people")
    more: list[str] = [] if held_out else people[f"more_{which}"]
    return half(people[which], held_out) + more


def _five(line: str) -> list[str]:
    parts = line.split("|")
    return parts if len(parts) == 5 else [*parts[:2], "", *parts[2:]]


def _parts(listed: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in listed.split(",") if part.strip())


def _postcode(rng: random.Random) -> str:
    return f"ZZ{rng.randint(2, 8)} {rng.randint(1, 9)}{''.join(rng.choices('ABDEFGHJLNPQRSTUWXYZ', k=2))}"


def _phone(rng: random.Random) -> str:
    return f"07700 900{rng.randint(100, 999)}" if rng.random() < 0.7 else f"0113 496 0{rng.randint(100, 999)}"


def _email(rng: random.Random, first: str, domain: str) -> str:
    """One in two has nothing of the name in it."""
    plain = "".join(letter for letter in first.lower() if letter.isascii() and letter.isalpha())
    own = (
        f"{plain}.{rng.randint(50, 99)}"
        if rng.random() < 0.5
        else f"{rng.choice(_HANDLES)}{rng.randint(10, 99)}"
    )
    return f"{own}@{domain}"


_HANDLES = ("blue.kettle", "garden_gate", "sea-urchin", "nightbus", "tall.poppy", "two-left-feet")
