"""Somebody is on a restricted case and on an ordinary one: the second tells nothing of the first."""

from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.selectors.work import with_attempts
from cases.services.working import ContactDetails, record_contact
from landlords.permissions import Role
from tests.cases.linking.world import told
from tests.factories.world import NOON, Side


def _tried(here: Side, case: Case, times: int) -> None:
    tried = ContactDetails(here.complainant.pk, means="telephone", outcome="no_answer", occurred_at=NOON)
    for _each in range(times):
        record_contact(case, tried, by=here.actor(Role.MANAGER))


def _counted(case: Case) -> int:
    return int(with_attempts(case.deadlines.all()).get(kind="initial_contact").attempts)  # type: ignore[attr-defined]


def test_attempts_on_it_are_counted_there_alone(here: Side, client: Client) -> None:
    secret = told(here, "domestic_abuse", known=here.complainant, about="Dale")
    _tried(here, secret, 3)
    page = here.sign_in(client, Role.OFFICER).get(reverse("case", args=[here.case.reference]))
    assert "3 attempts" not in page.content.decode()
    _tried(here, here.case, 2)
    assert (_counted(here.case), _counted(secret)) == (2, 5)
