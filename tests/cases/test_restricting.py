"""Domestic abuse restricts a case whenever it comes to light, and whatever is joined to it."""

from cases.models import Case
from cases.permissions import visible_to
from cases.services.joining import join_cases
from cases.services.working import IncidentDetails, add_incident
from landlords.permissions import Role
from tests.factories.world import Side, report
from timeline.actors import Actor


def sees(by: Actor, case: Case) -> bool:
    return visible_to(by, Case.objects.filter(pk=case.pk)).exists()


def test_told_as_an_incident_it_restricts_the_case_and_names_who_wrote_it(here: Side) -> None:
    add_incident(here.case, IncidentDetails("He broke her arm", ["domestic_abuse"]), by=here.actor())
    assert sees(here.actor(), here.case)
    assert not sees(here.actor(Role.SPECIALIST), here.case)
    assert not sees(here.actor(Role.AUDITOR), here.case)


def test_a_case_joined_to_a_restricted_one_is_restricted_too(here: Side) -> None:
    newer = report(here, "noise").case
    assert newer is not None
    join_cases(newer, here.restricted_case, reason="Her partner", by=here.actor(Role.MANAGER))
    assert not sees(here.actor(), newer)


def test_restricting_a_case_restricts_what_was_joined_to_it_before(here: Side) -> None:
    newer = report(here, "noise").case
    assert newer is not None
    join_cases(newer, here.case, reason="Same flat", by=here.actor())
    add_incident(
        here.case, IncidentDetails("He broke her arm", ["domestic_abuse"]), by=here.actor(Role.MANAGER)
    )
    assert not sees(here.actor(), newer)
