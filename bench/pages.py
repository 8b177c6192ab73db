"""The pages people wait for, over landlords with many cases: through the whole of Django, as the application."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asbcases.demo.content import content
from asbcases.demo.loading import load_demo
from asbcases.memory import settle
from bench.copying import copy_cases
from bench.database import fresh
from bench.table import Line, timed_ms
from cases.lifecycle import OPEN_STATES
from cases.models import Case, Person
from landlords.middleware import SESSION_KEY
from landlords.models import Landlord, Membership
from landlords.permissions import Role
from landlords.services import add_member
from timeline.actors import system
from timeline.scope import landlord_scope

LANDLORDS = ("vivid", "derby-homes")
MORE_OFFICERS = 16
"""So that nobody holds more open cases than a person can."""
MOST_QUERIES = 15
COMMON_WORD = "music"
LIKE_A_REFERENCE = "Vijay Kapadia"
"""Twelve letters: it is looked up as the reference of a case or report before it is searched for."""


@dataclass(frozen=True)
class Seen:
    """What is measured: who looks, at which case, and for whom."""

    officer: Membership
    manager: Membership
    reference: str
    name: str
    cases: int
    held: int


def measure(cases: int) -> list[Line]:
    with fresh("pages") as owner:
        load_demo(LANDLORDS, processes=len(LANDLORDS))
        for key in LANDLORDS:
            _hire(key)
        people = content("landlords")
        copy_cases(owner, cases=cases, first=people["first_names"], last=people["last_names"])
        settle()  # as asbcases.wsgi does
        return list(_measured(_look(LANDLORDS[0])))


@transaction.atomic
def _hire(key: str) -> None:
    landlord = Landlord.objects.get(key=key)
    with landlord_scope(landlord.pk):
        for number in range(MORE_OFFICERS):
            email = f"officer{number}@{key}.example"
            add_member(email=email, name=f"Officer {number}", role=Role.OFFICER, by=system("Benchmark"))


@transaction.atomic
def _look(key: str) -> Seen:
    with landlord_scope(Landlord.objects.get(key=key).pk):
        mine = Case.objects.filter(status__in=OPEN_STATES, owner__isnull=False, restricted=False)
        busiest = mine.values_list("owner").annotate(held=Count("pk")).order_by("-held")[0]
        staff = Membership.objects.select_related("user")
        case = mine.filter(owner=busiest[0]).annotate(spoken=Count("contacts")).order_by("-spoken", "id")[0]
        return Seen(
            officer=staff.get(pk=busiest[0]),
            manager=staff.filter(role=Role.MANAGER, team__isnull=True)[0],
            reference=case.reference,
            name=Person.objects.filter(reports__incident__case=case)[0].name,
            cases=Case.objects.count(),
            held=busiest[1],
        )


def _measured(seen: Seen) -> Iterator[Line]:
    officer, manager = _signed_in(seen.officer), _signed_in(seen.manager)
    yield Line("Cases of the landlord", seen.cases, "cases")
    yield Line("Open cases of the officer", seen.held, "cases")
    yield from _page("My work", officer, reverse("my-work"), 60)
    yield from _page("My work of a manager", manager, reverse("my-work"), 60)
    yield from _page("Cases", officer, reverse("cases"), 60)
    yield from _page("Case", officer, reverse("case", args=[seen.reference]), 25)
    yield from _page("Search for a name", officer, _search(seen.name), 60)
    yield from _page("Search for a name like a reference", officer, _search(LIKE_A_REFERENCE), 60)
    yield from _page("Search for a common word", officer, _search(COMMON_WORD), 60)
    yield from _page("Overview", manager, reverse("overview"), 100)


def _search(words: str) -> str:
    return f"{reverse('cases')}?{urlencode({'q': words})}"


def _page(what: str, client: Client, address: str, limit: float) -> Iterator[Line]:
    _get(client, address)
    queries = _queries(client, address)
    taken = timed_ms(lambda: _get(client, address))
    yield Line(f"{what}: page", statistics.median(taken), "ms", limit)
    yield Line(f"{what}: page, fastest", min(taken), "ms")
    yield Line(f"{what}: queries", queries, "queries", MOST_QUERIES + 1 if what == "My work" else None)


def _queries(client: Client, address: str) -> int:
    """Counted at once: the next request forgets them."""
    with CaptureQueriesContext(connection) as captured:
        _get(client, address)
    number = len(captured)
    if number == 0:
        raise RuntimeError(f"{address}: no query was seen, so nothing was measured")
    return number


def _get(client: Client, address: str) -> None:
    response: Any = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")


def _signed_in(member: Membership) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(member.user)
    session = client.session
    session[SESSION_KEY] = member.pk
    session.save()
    return client
