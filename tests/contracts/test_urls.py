"""Every address, as everybody: nobody, somebody without a landlord, each role, and another landlord's staff.

A new address without a line in ACCESS fails. Another landlord's object is 404; a missing role is 403.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.models import Case, Deadline, Incident, Report
from landlords.permissions import MAY, Permission, Role
from tests.factories.world import Side, World
from timeline.models import Event
from timeline.scope import landlord_scope

PUBLIC = "anybody"
SIGNED_IN = "anybody signed in"
MEMBER = "any member of staff"
TOKEN = "a partner system's token"

P = Permission
ACCESS: dict[str, str | Permission] = {
    "home": PUBLIC,
    "report-landlords": PUBLIC,
    "public-report": PUBLIC,
    "public-step": PUBLIC,
    "public-check": PUBLIC,
    "public-sent": PUBLIC,
    "public-exit": PUBLIC,
    "public-promises": PUBLIC,
    "progress": PUBLIC,
    "brand-css": PUBLIC,
    "sign-in": PUBLIC,
    "sign-out": SIGNED_IN,
    "choose-landlord": SIGNED_IN,
    "act-for": SIGNED_IN,
    "start": MEMBER,
    "resume": MEMBER,
    "notices": MEMBER,
    "mark-notices-read": MEMBER,
    "policy": MEMBER,
    "local-mail": MEMBER,
    "overview": P.SEE_OVERVIEW,
    "staff": P.MANAGE_STAFF,
    "change-staff": P.MANAGE_STAFF,
    "my-work": P.RECORD_CONTACT,
    "cases": P.SEE_CASES,
    "case": P.SEE_CASES,
    "case-looks": P.SEE_ACCESS,
    "record-contact": P.RECORD_CONTACT,
    "add-note": P.ADD_NOTE,
    "add-incident": P.ADD_INCIDENT,
    "recategorise": P.RECATEGORISE,
    "reassign": P.REASSIGN,
    "record-decision": P.RECORD_DECISION,
    "explain-miss": P.EXPLAIN_MISS,
    "confirm-met": P.CONFIRM_MET,
    "record-duty": P.RECORD_DUTY,
    "close-case": P.CLOSE_CASE,
    "reopen-case": P.CLOSE_CASE,
    "join-case": P.JOIN_CASES,
    "log-report": P.LOG_REPORT,
    "log-report-outcome": P.LOG_REPORT,
    "waiting-reports": P.DECIDE_ROUTE,
    "waiting-report": P.DECIDE_ROUTE,
    "api-reports": TOKEN,
    "api-report": TOKEN,
    "api-case": TOKEN,
    "api-nothing": PUBLIC,
    "api-schema": PUBLIC,
}
STAFF = {name: access for name, access in ACCESS.items() if isinstance(access, Permission)}
OF_A_CASE = [
    "case",
    "case-looks",
    "record-contact",
    "add-note",
    "add-incident",
    "recategorise",
    "reassign",
    "record-decision",
    "explain-miss",
    "confirm-met",
    "record-duty",
    "close-case",
    "reopen-case",
    "join-case",
]
"""Pages about one case: another landlord's, or a restricted one, is 404 whoever asks."""


@dataclass(frozen=True)
class Route:
    name: str
    arguments: frozenset[str]


def routes() -> list[Route]:
    return sorted(_walk(get_resolver().url_patterns), key=lambda route: route.name)


def _walk(patterns: list[URLPattern | URLResolver], before: frozenset[str] = frozenset()) -> Iterator[Route]:
    for pattern in patterns:
        arguments = before | set(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, arguments)
        else:
            yield Route(pattern.name or str(pattern.pattern), arguments)


def address(route: Route, side: Side, *, restricted: bool = False) -> str:
    case = side.restricted_case if restricted else side.case
    values = {
        "landlord": side.landlord.key,
        "reference": side.proposal.report.reference if route.name == "waiting-report" else case.reference,
        "colour": "6b2c91",
    }
    if route.name == "api-report":
        values["reference"] = side.submitted.report.reference
    values["question"] = "lead_agency" if side.landlord.key == "vivid" else "effect"
    if "key" in route.arguments:
        values["key"] = _key(route, side, case)
    return reverse(route.name, kwargs={name: values[name] for name in route.arguments})


def _key(route: Route, side: Side, case: Case) -> str:
    if route.name == "public-step":
        return "when"
    if route.name == "change-staff":
        return str(side.members[Role.ADMINISTRATOR].key)
    return str(_deadline(side, case).key)


def _deadline(side: Side, case: Case) -> Deadline:
    with landlord_scope(side.landlord.pk):
        return Deadline.objects.filter(case=case, kind="initial_contact")[0]


def _everything(side: Side) -> tuple[int, ...]:
    with landlord_scope(side.landlord.pk):
        return tuple(model.objects.count() for model in (Case, Report, Incident, Event))


ROUTES = {route.name: route for route in routes()}


def test_every_address_says_who_may_open_it() -> None:
    assert sorted(ROUTES) == sorted(ACCESS)


NOT_YET = {"reopen-case", "confirm-met", "explain-miss", "case-looks", "change-staff"}
"""Refused with a reason on a case that is open, not restricted and has missed nothing, and on oneself."""


def test_nobody_is_sent_to_sign_in(world: World, client: Client) -> None:
    closed = {name for name, access in ACCESS.items() if access not in (PUBLIC, TOKEN)}
    sent = set()
    for name in closed:
        answers = [method(address(ROUTES[name], world.here)) for method in (client.get, client.post)]
        if all(one.status_code == 302 and one.headers["Location"].startswith("/sign-in/") for one in answers):
            sent.add(name)
    assert sent == closed


def test_somebody_without_a_landlord_is_sent_to_choose_one(world: World, client: Client) -> None:
    client.force_login(world.outsider)
    before = _everything(world.here)
    answers = {}
    for name in STAFF:
        for method in (client.get, client.post):
            response = method(address(ROUTES[name], world.here))
            if response.status_code != 405:
                answers[name] = response.headers.get("Location")
    assert answers == dict.fromkeys(STAFF, "/choose-landlord/")
    assert _everything(world.here) == before


@pytest.mark.parametrize("role", Role.values)
def test_a_role_opens_what_it_may_and_is_told_why_not(world: World, client: Client, role: str) -> None:
    world.here.sign_in(client, role)
    before = _everything(world.here)
    opened, refused = set[str](), set[str]()
    for name in STAFF:
        codes = {
            method(address(ROUTES[name], world.here)).status_code for method in (client.get, client.post)
        }
        assert codes <= {200, 302, 400, 403, 405} or name in NOT_YET, (name, codes)
        (refused if codes <= {403, 404, 405} else opened).add(name)
    may = {name for name, permission in STAFF.items() if permission in MAY[role]}
    assert opened | (may & NOT_YET) == may
    assert refused - NOT_YET == set(STAFF) - may - NOT_YET
    assert _everything(world.here) == before


@pytest.mark.parametrize("role", Role.values)
def test_another_landlords_case_does_not_exist(world: World, client: Client, role: str) -> None:
    world.here.sign_in(client, role)
    before = _everything(world.there)
    assert _answers(client, world.there, role) == {}
    assert _everything(world.there) == before


@pytest.mark.parametrize("role", [Role.ADVISER, Role.OFFICER, Role.SPECIALIST, Role.AUDITOR])
def test_a_restricted_case_does_not_exist_for_others(world: World, client: Client, role: str) -> None:
    world.here.sign_in(client, role)
    before = _everything(world.here)
    assert _answers(client, world.here, role, restricted=True) == {}
    assert _everything(world.here) == before


def _answers(client: Client, side: Side, role: str, *, restricted: bool = False) -> dict[str, int]:
    """Pages about a case that answer with anything but "there is no such thing"."""
    found = {}
    for name in OF_A_CASE:
        if STAFF[name] not in MAY[role]:
            continue
        for method in (client.get, client.post):
            response = method(address(ROUTES[name], side, restricted=restricted))
            if response.status_code not in (404, 405) or side.case.title.encode() in response.content:
                found[name] = response.status_code
    return found


def test_no_page_of_one_landlord_holds_a_word_of_another(world: World, client: Client) -> None:
    """The leak was possible: the same words stand on the other landlord's own pages."""
    for side, other in ((world.here, world.there), (world.there, world.here)):
        for role in Role.values:
            side.sign_in(client, role)
            for name in (
                "my-work",
                "cases",
                "waiting-reports",
                "overview",
                "notices",
                "policy",
                "log-report",
            ):
                assert other.canary.encode() not in client.get(reverse(name)).content
            found = client.get(reverse("cases"), {"q": other.canary}).content
            assert other.case.reference.encode() not in found
        side.sign_in(client, Role.MANAGER)
        assert side.canary.encode() in client.get(reverse("cases")).content
