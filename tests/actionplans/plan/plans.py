"""Agreeing plans in tests."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from actionplans.models import Plan
from actionplans.plan.checking import ActionDetails
from actionplans.plan.services import agree_plan
from cases.models import Case, Person
from cases.services.working import ContactDetails, record_contact
from landlords.models import Landlord
from landlords.permissions import Role
from landlords.services import add_member
from tests.factories.policies import load
from tests.factories.world import Side, report
from timeline.actors import system
from timeline.models import Event
from timeline.scope import landlord_scope

TUESDAY = datetime.date(2026, 11, 17)
FRIDAY = datetime.date(2026, 11, 20)
SPRING = datetime.date(2027, 3, 1)
"""A day no test of clocks comes to."""


def ours(side: Side, words: str = "interview the alleged perpetrator(s)", **changes: Any) -> ActionDetails:
    return ActionDetails(
        **{
            "who": "landlord",
            "words": words,
            "owner_id": side.members[Role.OFFICER].pk,
            "by": FRIDAY,
            **changes,
        }
    )


def theirs(
    words: str = "For you to contact us for any extra support or advice", **changes: Any
) -> ActionDetails:
    return ActionDetails(**{"who": "complainant", "words": words, **changes})


def support(side: Side) -> ActionDetails:
    return ours(side, "make a support referral to Victim Support", item="support_referral")


def agree(side: Side, *actions: ActionDetails, case: Case | None = None, **changes: Any) -> Plan:
    """A plan that nothing speaks against at any landlord of the tests, unless something is changed."""
    told: dict[str, Any] = {
        "person_id": side.complainant.pk,
        "contact_every_days": 7,
        "actions": actions or (ours(side), theirs(), support(side)),
        "by": side.actor(),
        **changes,
    }
    return agree_plan(case or side.case, **told)


def spoke(side: Side, at: datetime.datetime) -> None:
    details = ContactDetails(side.complainant.pk, "telephone", "spoke", at, told_main_contact=True)
    record_contact(side.case, details, by=side.actor())


def everything(side: Side) -> tuple[Any, ...]:
    """What a refused step must leave as it was."""
    case = side.case
    return (
        list(Plan.objects.order_by("pk").values()),
        [list(plan.actions.order_by("pk").values()) for plan in Plan.objects.order_by("pk")],
        list(case.deadlines.order_by("pk").values()),
        list(case.parties.order_by("pk").values()),
        Event.objects.count(),
    )


def respondent(side: Side) -> Person:
    return side.case.parties.select_related("person").get(role="respondent").person


def build_places_for_people(**facts: Any) -> Side:
    """``facts`` of the report. A case that tenancy enforcement manages: its plan is promised within one working day."""
    load("places-for-people")
    side = Side(Landlord.objects.get(key="places-for-people"), "Hawthorn")
    with inside(side):
        for role in (Role.OFFICER, Role.MANAGER):
            email = f"{role}@places.example"
            side.members[role] = add_member(
                email=email, name=f"{role.title()} Hawthorn", role=role, by=system("Tests")
            )
        side.submitted = report(side, "harassment_intimidation", **facts)
        assert side.submitted.case is not None
        side.case = side.submitted.case
    return side


@contextmanager
def inside(side: Side) -> Iterator[Side]:
    """In the scope of this landlord, as a service runs."""
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        yield side
