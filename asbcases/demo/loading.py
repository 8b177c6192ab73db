"""The demonstration: a year at each landlord, lived through the real services under a set clock.

One transaction to a landlord, so that each is there whole or not at all and an interrupted load goes on where
it stopped.
"""

import datetime
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connections, transaction

from asbcases.demo.content import content
from asbcases.demo.diary import Diary
from asbcases.demo.file import File
from asbcases.demo.office import Office
from asbcases.demo.opening import expect
from asbcases.demo.planning import REPORTS, year_of_reports
from landlords.models import Landlord, Membership, User
from landlords.services import add_member
from policies.checking import check_files
from policies.selectors import policy_of, version_in_force
from policies.services import load_policies, local_today
from timeline import clock
from timeline.actors import system
from timeline.outbox import retire_before
from timeline.scope import landlord_scope

PASSWORD = "larkspur and foxglove"  # noqa: S105  (shown to everybody who starts the demonstration)
BY = system("Demonstration")
STILL_NEWS = datetime.timedelta(days=2)
"""Older notifications were read long ago, and their e-mails are not sent today."""


def load_demo(landlords: Sequence[str] = (), *, reports: int = REPORTS, processes: int = 1) -> list[str]:
    """Fill each of the landlords (all of them where none is named) that has no staff yet.

    Returns the names of those it filled. With several ``processes`` landlords are filled side by side; the caller
    may then not be in a transaction.
    """
    _publish_policies()
    _make_accounts()
    told = partial(_fill, ends=clock.now(), reports=reports)
    chosen = landlords or landlord_keys()
    if processes == 1:
        return [name for key in chosen if (name := told(key))]
    connections.close_all()
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        return [name for name in pool.map(told, chosen) if name]


def landlord_keys() -> list[str]:
    return list(content("landlords")["landlords"])


def staff_of(key: str) -> Iterator[dict[str, Any]]:
    """Everybody who works for one landlord, as the arguments of ``add_member``."""
    people = content("landlords")
    for person in people["landlords"][key]["staff"]:
        local = ".".join(person["name"].lower().replace("-", "").split())
        yield {"email": f"{local}@{key}.example", "team": "", **person}
    both = people["both"]
    if key in both["roles"]:
        team = both["teams"].get(key, "")
        yield {"email": both["email"], "name": both["name"], "role": both["roles"][key], "team": team}


def _publish_policies() -> None:
    """Only those not there yet: checking a policy file takes a while."""
    known = set(Landlord.objects.values_list("key", flat=True))
    missing = [path for key in landlord_keys() if key not in known for path in _policy_file(key)]
    if missing:
        load_policies(check_files(missing), by=BY)


def _policy_file(key: str) -> Iterator[Path]:
    return (settings.BASE_DIR / "fixtures").glob(f"*/{key}.yaml")


@transaction.atomic
def _fill(key: str, *, ends: datetime.datetime, reports: int) -> str:
    """The name of the landlord; empty where it has staff already."""
    landlord = Landlord.objects.get(key=key)
    with landlord_scope(landlord.pk):
        if Membership.objects.exists():
            return ""
        office = _office(landlord, ends)
        diary = Diary(landlord.pk)
        for plan in year_of_reports(office, reports):
            expect(File(office, diary, plan))
        diary.live_until(ends)
        retire_before(ends - STILL_NEWS)
    return landlord.name


def _office(landlord: Landlord, ends: datetime.datetime) -> Office:
    members = _staff(landlord.key)
    place = content("landlords")["landlords"][landlord.key]
    policy = policy_of(version_in_force(local_today()))
    return Office(landlord, policy, place, members, ends)


@transaction.atomic
def _make_accounts() -> None:
    """One password for all, hashed once: hashing is slow on purpose. An account alone opens nothing."""
    people = {person["email"]: person["name"] for key in landlord_keys() for person in staff_of(key)}
    known = set(User.objects.filter(email__in=people).values_list("email", flat=True))
    made = [User.objects.create_user(email, name).pk for email, name in people.items() if email not in known]
    if made:
        User.objects.filter(pk__in=made).update(password=make_password(PASSWORD))


def _staff(key: str) -> list[Membership]:
    for person in staff_of(key):
        positions = tuple(person.pop("positions", ()))
        add_member(**person, positions=positions, by=BY)
    return list(Membership.objects.select_related("user", "team").order_by("id"))
