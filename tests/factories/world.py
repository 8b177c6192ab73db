"""Two landlords with staff of every role, somebody who works for both, and somebody who works for neither.

Nobody at "there" may ever see a byte of "here"; ``outsider`` may see neither.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.test import Client

from cases.models import Case, Person
from cases.services.people import Told
from landlords.middleware import SESSION_KEY
from landlords.models import Landlord, Membership, User
from landlords.permissions import Role
from landlords.services import add_member
from tests.factories.policies import load
from tests.factories.standing import Standing, commits, lives_in, neighbours, uses_database
from timeline.actors import Actor, system
from timeline.clock import clock_at
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.models import Proposal
from triage.services import Submission, Submitted, submit_report

MONDAY = datetime.datetime(2026, 11, 16, 10, 0, tzinfo=datetime.UTC)
"""A working Monday at 10 in the morning, London time too: when everything in the world was reported."""
NOON = MONDAY + datetime.timedelta(hours=2)
"""What the clock says while a test runs."""
PASSWORD = "correct horse battery staple"


@dataclass
class Side:
    """One landlord of the world. ``canary`` stands in every text told to it and must never leave it."""

    landlord: Landlord
    canary: str
    members: dict[str, Membership] = field(default_factory=dict)
    case: Case = field(init=False)
    restricted_case: Case = field(init=False)
    submitted: Submitted = field(init=False)
    proposal: Proposal = field(init=False)

    def actor(self, role: str = Role.OFFICER) -> Actor:
        return self.members[role].actor()

    def sign_in(self, client: Client, role: str = Role.OFFICER) -> Client:
        membership = self.members[role]
        client.force_login(membership.user)
        session = client.session
        session[SESSION_KEY] = membership.pk
        session.save()
        return client

    @property
    def complainant(self) -> Person:
        person = self.submitted.report.reporter
        assert person is not None
        return person


@dataclass
class World:
    here: Side
    there: Side
    outsider: User
    both: User


def report(side: Side, *behaviours: str, by: Actor | None = None, **facts: object) -> Submitted:
    """Somebody tells the landlord something, at MONDAY unless the clock says otherwise."""
    told = {
        "received_at": MONDAY,
        "channel": "telephone",
        "reporter": "tenant",
        "respondent": "tenant",
        **facts,
    }
    canary = side.canary
    return submit_report(
        Submission(
            Facts.model_validate({"behaviours": behaviours, **told}),
            description=f"It happened again {canary}",
            location=f"16 {canary} Court",
            reporter=Told(
                name=f"Amina {canary}", phone="07700 900123", email=f"amina@{canary.lower()}.example"
            ),
            respondent=Told(name=f"Dale {canary}", address=f"18 {canary} Court"),
        ),
        by=by or system("Tests"),
    )


def build_side(key: str, canary: str) -> Side:
    landlord = Landlord.objects.get(key=key)
    side = Side(landlord, canary)
    with transaction.atomic(), landlord_scope(landlord.pk):
        for role in Role.values:
            email = f"{role}@{key}.example"
            team = "neighbourhood" if key == "vivid" and role == Role.OFFICER else ""
            member = add_member(
                email=email, name=f"{role.title()} {canary}", role=role, team=team, by=system("Tests")
            )
            side.members[role] = member
        side.submitted = report(side, "noise")
        assert side.submitted.case is not None
        side.case = side.submitted.case
        restricted = report(side, "domestic_abuse")
        assert restricted.case is not None
        side.restricted_case = restricted.case
        report(side, "noise", respondent="private", reporter="non_customer")
        side.proposal = Proposal.objects.select_related("report").get()
    return side


def build_world() -> World:
    load("vivid", "derby-homes")
    here, there = build_side("vivid", "Larkspur"), build_side("derby-homes", "Foxglove")
    outsider = User.objects.create_user("outsider@example.org", "Charlie Outsider", PASSWORD)
    both = User.objects.create_user("both@example.org", "Bob Both", PASSWORD)
    for side in (here, there):
        with transaction.atomic(), landlord_scope(side.landlord.pk):
            add_member(email=both.email, name=both.name, role=Role.OFFICER, by=system("Tests"))
    return World(here, there, outsider, both)


def _on_monday() -> World:
    with clock_at(MONDAY):
        return build_world()


standing = Standing(_on_monday)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    neighbours(items, "world")


@pytest.fixture(autouse=True)
def _stands_or_not(request: pytest.FixtureRequest) -> None:
    """Before the test's own savepoint, which is inside the world's transaction."""
    if uses_database(request.node):
        request.getfixturevalue("django_db_setup")
        with request.getfixturevalue("django_db_blocker").unblock():
            standing.put_up() if lives_in(request.node, "world") else standing.take_down()


@pytest.fixture
def world(request: pytest.FixtureRequest, db: None) -> Iterator[World]:
    """The world at NOON on the Monday everything was reported."""
    built = _on_monday() if commits(request.node) else standing.copied()
    with clock_at(NOON):
        yield built


@pytest.fixture
def here(world: World) -> Iterator[Side]:
    """Inside the scope of the first landlord (VIVID), as a service runs."""
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        yield world.here
