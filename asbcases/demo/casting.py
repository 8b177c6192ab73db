"""The invented people of a report and where they live."""

from random import Random

from asbcases.demo.content import content
from asbcases.demo.office import Office
from cases.choices import SafeContact
from cases.services.people import Told

DOMAINS = ("example.org", "example.com", "example.net")
NEEDS = (
    "Hard of hearing",
    "Needs large print",
    "Prefers an interpreter",
    "Uses a wheelchair",
    "Anxious on the phone",
)
SAFE = {
    SafeContact.CALL: "After 6pm only",
    SafeContact.TEXT: "Do not leave voicemail",
    SafeContact.EMAIL: "Shares a phone",
}
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def home(office: Office, rng: Random) -> tuple[str, str]:
    """Two addresses next to each other: of who tells us, and of whom it is about."""
    street = rng.choice(office.place["streets"])
    end = f"{street}, {office.place['town']}, {_postcode(office, rng)}"
    number, flat = rng.randrange(1, 90), rng.randrange(1, 24)
    if rng.random() < 0.4:
        return f"Flat {flat}, {number} {end}", f"Flat {flat + rng.choice((1, 2, 4))}, {number} {end}"
    return f"{number} {end}", f"{number + 2} {end}"


def nearby(rng: Random, address: str) -> str:
    """Another home of the same street."""
    where = address.split(", ")
    return ", ".join([f"{rng.randrange(1, 90)} {where[-3].lstrip('0123456789 ')}", *where[-2:]])


def teller(office: Office, rng: Random, kind: str, address: str, *, at_risk: bool) -> Told:
    """Somebody with a name and a way to reach them; who is at risk always says how."""
    name = person_name(rng)
    safe = rng.choice(list(SAFE)) if at_risk or rng.random() < 0.1 else SafeContact.ANY
    return Told(
        name=name,
        kind=kind,
        phone=_phone(rng),
        email=_email(name, rng) if rng.random() < 0.6 else "",
        address=address,
        safe_contact=safe,
        safe_contact_note=SAFE.get(safe, ""),
        needs=rng.choice(NEEDS) if rng.random() < 0.15 else "",
    )


def complained_about(rng: Random, kind: str, address: str) -> Told:
    """Often only an address is known."""
    return Told(name=person_name(rng) if rng.random() < 0.65 else "", kind=kind, address=address)


def person_name(rng: Random) -> str:
    people = content("landlords")
    return f"{rng.choice(people['first_names'])} {rng.choice(people['last_names'])}"


def _postcode(office: Office, rng: Random) -> str:
    return f"{office.place['postcode']} {rng.randrange(1, 9)}{rng.choice(LETTERS)}{rng.choice(LETTERS)}"


def _phone(rng: Random) -> str:
    """Numbers kept free for drama."""
    if rng.random() < 0.8:
        return f"07700 900{rng.randrange(1000):03}"
    return f"020 7946 0{rng.randrange(1000):03}"


def _email(name: str, rng: Random) -> str:
    local = ".".join("".join(letter for letter in part if letter.isalnum()) for part in name.lower().split())
    return f"{local[:50]}@{rng.choice(DOMAINS)}"
