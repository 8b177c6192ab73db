"""How a leak may be written: the twelve kinds, each in many ways."""

import random
import unicodedata
from collections.abc import Callable

from bench.leaks.people import Someone

Way = Callable[[random.Random, Someone], str]
NUMBERS = {
    1: "one",
    2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven",
    12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen",
    19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty",
    90: "ninety",
}  # fmt: skip
SHORT_STREETS = {
    "Court": ("Ct", "Crt", "court", "COURT"), "Road": ("Rd", "Rd.", "road"), "Close": ("Cl", "Clo.", "close"),
    "Street": ("St", "St.", "Str"), "Avenue": ("Ave", "Av", "Ave."), "Lane": ("Ln", "La", "lane"),
    "Drive": ("Dr", "Drv", "drive"), "Gardens": ("Gdns", "Gardens", "Gdn"), "Crescent": ("Cres", "Cresc", "Cr"),
    "Terrace": ("Terr", "Ter", "terrace"), "Square": ("Sq", "Sq."), "Way": ("Wy", "way"), "Place": ("Pl", "Plc"),
    "Grove": ("Gr", "Grv"),
}  # fmt: skip
LOOKALIKES = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")


def _in_words(number: str) -> str:
    digits = int("".join(filter(str.isdigit, number)))
    ones = NUMBERS.get(digits % 10, "")
    return NUMBERS.get(digits) or f"{NUMBERS[digits // 10 * 10]}-{ones}"


def _wide(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def _inside(text: str, put: str, rng: random.Random) -> str:
    """Something invisible, or a sign, somewhere inside."""
    place = rng.randint(1, max(1, len(text) - 1))
    return text[:place] + put + text[place:]


def _typo(rng: random.Random, name: str) -> str:
    """One letter dropped, doubled or swapped with its neighbour, not the first; long names only."""
    place = rng.randint(2, len(name) - 3)
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return rng.choice((name[:place] + name[place + 1 :], name[:place] + name[place] + name[place:], swapped))


def _long(them: Someone) -> str:
    return max((them.first, *them.surname.replace("-", " ").split()), key=len)


def _last(them: Someone) -> str:
    return them.surname.replace("-", " ").split()[-1]


def _case(text: str) -> str:
    return "".join(one.upper() if place % 2 else one.lower() for place, one in enumerate(text))


FULL_NAME: list[Way] = [
    lambda rng, them: them.name,
    lambda rng, them: them.name.upper(),
    lambda rng, them: them.name.lower(),
    lambda rng, them: f"{them.surname}, {them.first}",
    lambda rng, them: f"{them.surname.upper()}, {them.first}",
    lambda rng, them: f"{them.surname} {them.first}",
    lambda rng, them: them.name.replace(" ", "  "),
    lambda rng, them: them.name.replace(" ", "\u00a0"),
    lambda rng, them: f"{rng.choice(('Mr', 'Mrs', 'Ms', 'Miss', 'Dr.'))} {them.name}",
    lambda rng, them: f"{them.first} {rng.choice('JKP')}. {them.surname}",
    lambda rng, them: them.name.replace("-", " ").replace("’", "'"),
    lambda rng, them: f"{them.name} (tenant)",
]
NAME_PART: list[Way] = [
    lambda rng, them: f"{rng.choice(('Mrs', 'Mr', 'Ms.', 'Miss', 'Dr'))} {them.surname}",
    lambda rng, them: f"{them.first[0]}. {them.surname}",
    lambda rng, them: f"{them.first[0]} {them.surname}",
    lambda rng, them: f"the {them.surname} family",
    lambda rng, them: f"Mrs {_last(them)}",
    lambda rng, them: f"{them.surname}, {them.first[0]}.",
    lambda rng, them: them.first,
    lambda rng, them: them.surname,
    lambda rng, them: f"MRS {them.surname.upper()}",
    lambda rng, them: f"mrs {them.surname.lower()}",
    lambda rng, them: f"young {them.first}",
]
NICKNAME: list[Way] = [
    lambda rng, them: rng.choice(them.short),
    lambda rng, them: rng.choice(them.short),
    lambda rng, them: f"{rng.choice(them.short)} from upstairs",
    lambda rng, them: f"“{rng.choice(them.short)}”",
    lambda rng, them: f"our {rng.choice(them.short)}",
]
MISSPELLING: list[Way] = [
    lambda rng, them: rng.choice(them.wrong_first),
    lambda rng, them: f"Mrs {rng.choice(them.wrong_surname)}",
    lambda rng, them: f"{rng.choice(them.wrong_first)} {rng.choice(them.wrong_surname)}",
    lambda rng, them: _typo(rng, _long(them)) if len(_long(them)) >= 7 else rng.choice(them.wrong_first),
    lambda rng, them: rng.choice(them.wrong_first).lower() + " " + rng.choice(them.wrong_surname).lower(),
    lambda rng, them: f"{them.first[0]}. {rng.choice(them.wrong_surname)}",
]
DISGUISE: list[Way] = [
    lambda rng, them: _inside(_long(them), "\u200b", rng),
    lambda rng, them: _inside(_long(them), "\u00ad", rng),
    lambda rng, them: _inside(_long(them), "\u2060", rng),
    lambda rng, them: _wide(_long(them)),
    lambda rng, them: " ".join(_long(them)),
    lambda rng, them: ".".join(_long(them)),
    lambda rng, them: "\u00a0".join(_long(them).upper()),
    lambda rng, them: _long(them).translate(LOOKALIKES),
    lambda rng, them: _inside(_long(them), "-", rng),
    lambda rng, them: _case(_long(them)),
    lambda rng, them: f"{them.first}_{them.surname}",
    lambda rng, them: unicodedata.normalize("NFD", _long(them)),
    lambda rng, them: "\u0301".join(_long(them)),
    lambda rng, them: f"{them.first}{them.surname}".replace(" ", ""),
    lambda rng, them: (
        _long(them).replace("o", "0").replace("i", "1")
        if set("oi") & set(_long(them))
        else _case(_long(them))
    ),
    lambda rng, them: f"*{_long(them)}*",
]


def _house(them: Someone) -> str:
    return them.flat if them.building else them.number


def _where(them: Someone) -> str:
    return them.building.split(",")[0] if them.building else them.street


def _short_street(rng: random.Random, where: str) -> str:
    *name, last = where.split()
    return " ".join((*name, rng.choice(SHORT_STREETS.get(last, (last,)))))


ADDRESS: list[Way] = [
    lambda rng, them: f"{_house(them)} {_where(them)}",
    lambda rng, them: f"{_house(them)}, {_where(them)}",
    lambda rng, them: f"{_house(them)} {_short_street(rng, _where(them))}",
    lambda rng, them: f"{_house(them)} {_short_street(rng, _where(them))}",
    lambda rng, them: f"number {_house(them)} {_where(them)}",
    lambda rng, them: f"No. {_house(them)} {_short_street(rng, _where(them))}",
    lambda rng, them: f"No.{_house(them)}, {_where(them)}",
    lambda rng, them: f"{_in_words(_house(them)).capitalize()} {_where(them)}",
    lambda rng, them: f"{_house(them)} {_where(them)}".upper(),
    lambda rng, them: f"{_house(them)} {_where(them)}".lower(),
    lambda rng, them: f"{_where(them)}, number {_house(them)}",
    lambda rng, them: f"{_house(them)} in {_where(them)}",
    lambda rng, them: (
        f"{_house(them)} {_typo(rng, _where(them).split()[0])} {_where(them).split()[-1]}"
        if len(_where(them).split()[0]) > 6 and " " in _where(them)
        else f"{_house(them)} {_where(them)}"
    ),
    lambda rng, them: them.address,
    lambda rng, them: _wide(_house(them)) + " " + _where(them),
    lambda rng, them: f"{_house(them)}\u200b {_where(them)}",
]
HOME_NUMBER: list[Way] = [
    lambda rng, them: f"number {_house(them)}",
    lambda rng, them: f"no. {_house(them)}",
    lambda rng, them: f"No.{_house(them)}",
    lambda rng, them: f"No {_house(them)}",
    lambda rng, them: f"NUMBER {_house(them)}",
    lambda rng, them: f"number {_in_words(_house(them))}",
    lambda rng, them: f"flat {them.flat or them.number}",
    lambda rng, them: f"Flat No. {them.flat or them.number}",
    lambda rng, them: f"house number {_house(them)}",
    lambda rng, them: f"#{_house(them)}",
    lambda rng, them: f"numbers {int(''.join(filter(str.isdigit, _house(them)))) + 5} and {_house(them)}",
]
NEAR: list[Way] = [
    lambda rng, them: f"the neighbour at number {_house(them)}",
    lambda rng, them: f"the people at {_house(them)}",
    lambda rng, them: f"next door at {_house(them)}",
    lambda rng, them: f"the lady at {_house(them)}",
    lambda rng, them: f"your neighbour in {_house(them)}",
    lambda rng, them: f"the family who live at {_house(them)}",
    lambda rng, them: f"the tenant of {_house(them)}",
    lambda rng, them: f"somebody at no {_house(them)}",
    lambda rng, them: f"the residents of flat {them.flat or them.number}",
]
POSTCODE: list[Way] = [
    lambda rng, them: them.postcode,
    lambda rng, them: them.postcode.replace(" ", ""),
    lambda rng, them: them.postcode.lower(),
    lambda rng, them: them.postcode.replace(" ", "").lower(),
    lambda rng, them: them.postcode.replace(" ", "-"),
    lambda rng, them: them.postcode.replace(" ", "  "),
    lambda rng, them: them.postcode.replace(" ", "\u00a0"),
    lambda rng, them: " ".join(them.postcode.replace(" ", "")),
    lambda rng, them: _wide(them.postcode.replace(" ", "")),
    lambda rng, them: them.postcode.replace(" ", "."),
]
SPOKEN = {"0": "oh", **{str(figure): NUMBERS[figure] for figure in range(1, 10)}}
PHONE: list[Way] = [
    lambda rng, them: them.phone,
    lambda rng, them: them.phone.replace(" ", ""),
    lambda rng, them: "+44 " + them.phone[1:],
    lambda rng, them: "+44" + them.phone[1:].replace(" ", ""),
    lambda rng, them: "0044 " + them.phone[1:],
    lambda rng, them: "+44 (0)" + them.phone[1:],
    lambda rng, them: f"({them.phone[:5].strip()}) {them.phone[5:].strip()}",
    lambda rng, them: them.phone.replace(" ", "-"),
    lambda rng, them: them.phone.replace(" ", "."),
    lambda rng, them: " ".join(them.phone.replace(" ", "")),
    lambda rng, them: f"a number ending {them.phone[-3:]}",
    lambda rng, them: f"the number ending in {them.phone[-4:]}",
    lambda rng, them: them.phone.replace("0", "O"),
    lambda rng, them: " ".join(SPOKEN[one] for one in them.phone if one.isdigit()),
    lambda rng, them: them.phone.replace(" ", "")[-6:],
    lambda rng, them: _wide(them.phone.replace(" ", "")),
    lambda rng, them: them.phone.replace(" ", "/"),
]
EMAIL: list[Way] = [
    lambda rng, them: them.email,
    lambda rng, them: them.email.upper(),
    lambda rng, them: them.email.replace("@", " @ "),
    lambda rng, them: them.email.replace("@", " at ").replace(".", " dot "),
    lambda rng, them: them.email.replace("@", " (at) "),
    lambda rng, them: them.email.replace("@", "[at]").replace(".", "[dot]"),
    lambda rng, them: _wide(them.email),
    lambda rng, them: f"<{them.email}>",
    lambda rng, them: f"mailto:{them.email}",
    lambda rng, them: them.email.partition("@")[0],
    lambda rng, them: _inside(them.email, "\u200b", rng),
]
PLATE: list[Way] = [
    lambda rng, them: them.plate,
    lambda rng, them: them.plate.replace(" ", ""),
    lambda rng, them: them.plate.lower(),
    lambda rng, them: them.plate.lower().replace(" ", ""),
    lambda rng, them: them.plate.replace(" ", "-"),
    lambda rng, them: them.plate.replace(" ", "."),
    lambda rng, them: " ".join(them.plate.replace(" ", "")),
    lambda rng, them: them.plate.replace("5", "S"),
    lambda rng, them: f"ending {them.plate[-3:]}",
    lambda rng, them: _wide(them.plate),
]


def _passage(rng: random.Random, them: Someone, least: int = 8) -> list[str]:
    words = them.words.split()
    length = rng.randint(least, 15)
    start = rng.randint(0, len(words) - length)
    return words[start : start + length]


def _replaced(rng: random.Random, them: Someone) -> str:
    words = _passage(rng, them, 12)
    words[rng.randint(4, len(words) - 5)] = "something"
    return " ".join(words)


def _left_out(rng: random.Random, them: Someone) -> str:
    words = _passage(rng, them, 12)
    del words[rng.randint(4, len(words) - 5)]
    return " ".join(words)


_OTHER_PERSON = {
    "my": "their",
    "i": "they",
    "me": "them",
    "he": "you",
    "she": "you",
    "our": "their",
    "him": "you",
}


def _told_by_us(rng: random.Random, them: Someone) -> str:
    return " ".join(_OTHER_PERSON.get(word.lower(), word) for word in _passage(rng, them, 13))


QUOTE: list[Way] = [
    lambda rng, them: " ".join(_passage(rng, them)),
    lambda rng, them: " ".join(_passage(rng, them)).upper(),
    lambda rng, them: " ".join(word.strip(".,").lower() for word in _passage(rng, them)),
    lambda rng, them: "… " + " ".join(_passage(rng, them)) + " …",
    lambda rng, them: "  ".join(_passage(rng, them)),
    _replaced,
    _left_out,
    _told_by_us,
    lambda rng, them: ", ".join(_passage(rng, them)),
]
KINDS: dict[str, list[tuple[str, list[Way]]]] = {
    "full_name": [("person", FULL_NAME)],
    "name_part": [("person", NAME_PART)],
    "nickname": [("person", NICKNAME)],
    "misspelling": [("person", MISSPELLING)],
    "disguise": [("person", DISGUISE)],
    "address": [("place", ADDRESS)],
    "home_number": [("place", HOME_NUMBER), ("near", NEAR)],
    "postcode": [("postcode", POSTCODE)],
    "phone": [("phone", PHONE)],
    "email": [("email", EMAIL)],
    "plate": [("plate", PLATE)],
    "quote": [("quote", QUOTE)],
}
"""Of each kind: in which slots it may stand, and the ways it may be written."""
