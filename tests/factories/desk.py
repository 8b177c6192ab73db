"""One landlord with a case, and one member of staff for each role and each position of its policy."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.test import Client

from cases.models import Case, Party
from cases.services.people import Told
from landlords.middleware import SESSION_KEY
from landlords.models import Landlord, Membership, Team
from landlords.permissions import Role
from landlords.services import add_member
from policies.schema import Policy
from policies.selectors import policy_of
from tests.factories.policies import load
from tests.factories.world import MONDAY, NOON
from timeline.actors import Actor, system
from timeline.clock import clock_at
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report


@dataclass
class Desk:
    """``case`` has one complainant and one respondent, reported on MONDAY; the clock stands at NOON."""

    landlord: Landlord
    case: Case
    members: dict[str, Membership] = field(default_factory=dict)

    def actor(self, key: str = Role.OFFICER) -> Actor:
        return self.members[key].actor()

    @property
    def policy(self) -> Policy:
        return policy_of(self.case.policy)

    def person(self, role: str = "respondent") -> int:
        return Party.objects.get(case=self.case, role=role).person_id

    def give_to(self, key: str, team: str = "") -> None:
        """The case becomes this member's, and this team's where one is named."""
        changes: dict[str, object] = {"owner": self.members[key]}
        if team:
            changes["team"] = Team.objects.get(key=team)
        Case.objects.filter(pk=self.case.pk).update(**changes)

    def sign_in(self, client: Client, key: str = Role.OFFICER) -> Client:
        client.force_login(self.members[key].user)
        session = client.session
        session[SESSION_KEY] = self.members[key].pk
        session.save()
        return client


OpenDesk = Callable[..., Desk]


def _desk(key: str, behaviours: tuple[str, ...], facts: dict[str, object]) -> Desk:
    landlord = Landlord.objects.get(key=key)
    told = {
        "received_at": MONDAY,
        "channel": "telephone",
        "reporter": "tenant",
        "respondent": "tenant",
        **facts,
    }
    submission = Submission(
        Facts.model_validate({"behaviours": behaviours, **told}),
        description="It happened again",
        reporter=Told(name="Amina Larkspur", phone="07700 900123"),
        respondent=Told(name="Dale Larkspur", address="18 Larkspur Court"),
    )
    case = submit_report(submission, by=system("Tests")).case
    assert case is not None
    desk = Desk(landlord, case)
    positions = dict.fromkeys(desk.policy.core.positions, Role.MANAGER)
    for name, role in {**{role: role for role in Role.values}, **positions}.items():
        desk.members[name] = add_member(
            email=f"{name}@{key}.example",
            name=f"{name} Larkspur",
            role=role,
            positions=(name,) if name in positions else (),
            by=system("Tests"),
        )
    return desk


@contextmanager
def desks() -> Iterator[OpenDesk]:
    """Everything after the first desk happens inside its landlord, at NOON."""
    with ExitStack() as stack:

        def opened(key: str, *behaviours: str, **facts: object) -> Desk:
            load(key)
            stack.enter_context(transaction.atomic())
            stack.enter_context(landlord_scope(Landlord.objects.get(key=key).pk))
            with clock_at(MONDAY):
                desk = _desk(key, behaviours or ("noise",), facts)
            stack.enter_context(clock_at(NOON))
            return desk

        yield opened


def later(**more: float) -> datetime.datetime:
    """After NOON."""
    return NOON + datetime.timedelta(**more)
