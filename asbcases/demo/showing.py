"""What somebody who has just started the demonstration needs to know."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from asbcases.demo.content import content
from asbcases.demo.due_soon import DueSoon, running_case
from asbcases.demo.loading import PASSWORD, landlord_keys, staff_of
from landlords.models import Landlord, User
from policies.working_time import LONDON

COLUMNS = "  {:<20}{:<48}{}"


def guide() -> str:
    """Sign-ins, addresses and things to try. Before the demonstration is loaded, how to load it."""
    if not User.objects.filter(email=content("landlords")["both"]["email"]).exists():
        return "The demonstration is not loaded. Load it with: manage.py load_demo"
    return "\n".join([*_sign_ins(), "", *_addresses(), "", *_to_try(running_case())])


def what_will_happen(case: DueSoon) -> str:
    """Where to look before and after the promise is missed."""
    due = case.due_at.astimezone(LONDON)
    return (
        f"{case.landlord} {case.reference}: first contact is due at {due:%H:%M:%S}. Sign in as {case.email} and watch\n"
        f"     {_address('case', case.reference)} turn into a miss; {case.officer} also gets an e-mail about it."
    )


def _sign_ins() -> Iterator[str]:
    names = dict(Landlord.objects.values_list("key", "name"))
    yield f'Sign in at {_address("sign-in")} with any of these and the password "{PASSWORD}":'
    for key in landlord_keys():
        for number, person in enumerate(_one_of_each_role(key)):
            yield COLUMNS.format("" if number else names[key], person["email"], _role(person))


def _one_of_each_role(key: str) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for person in staff_of(key):
        found.setdefault(person["role"], person)
    return list(found.values())


def _role(person: dict[str, str]) -> str:
    team = f", {person['team'].replace('_', ' ')}" if person["team"] else ""
    return f"{person['role']}{team}"


def _addresses() -> Iterator[str]:
    yield f"  {'Report something':<20}{_address('home')}"
    yield f"  {'Desk':<20}{_address('my-work')}"
    yield f"  {'API':<20}{settings.SITE_URL}/api/v1/schema/"
    yield f"  {'E-mails sent':<20}{_address('local-mail')}"


def _to_try(case: DueSoon | None) -> Iterator[str]:
    yield "Try:"
    both = content("landlords")["both"]["email"]
    steps = [
        "Report something as a neighbour would, without signing in; keep the reference and ask how it goes.",
        "Sign in as an officer of the same landlord: the report is in the list with its promises counted.",
        "Record an attempt, then a contact: only the contact meets the promise.",
        f"Sign in as {both}, who works for two landlords, and look for the one's cases at the other.",
    ]
    last = (
        what_will_happen(case)
        if case
        else "manage.py seed_due_soon opens a case that is missed in two minutes."
    )
    for number, step in enumerate([*steps, last], start=1):
        yield f"  {number}. {step}"


def _address(name: str, *parts: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=parts)}"
