"""Letters that lose more than an accent: what a stranger types never breaks a page of the desk."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.search import found_ids
from landlords.permissions import Role
from tests.factories.world import MONDAY, Side, World
from timeline.actors import system
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report

PLACE = "ŉewhall ʼclose ˈend"
"""Without its accent each of these words begins with a quotation mark."""


def _reported(side: Side) -> Case:
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        facts = Facts(behaviours=("noise",), received_at=MONDAY, channel="web")
        told = Submission(
            facts, description="It happened", location=PLACE, late_entry_reason="Told on Monday"
        )
        case = submit_report(told, by=system("Public form")).case
    assert case is not None
    return case


def test_a_case_opens_wherever_it_is_said_to_have_happened(world: World, client: Client) -> None:
    case = _reported(world.here)
    page = world.here.sign_in(client, Role.OFFICER).get(reverse("case", args=[case.reference]))
    assert page.status_code == 200
    assert PLACE in page.content.decode()


@pytest.mark.parametrize("typed", ["ŉewhall", "ʼclose", "ˈen", PLACE])
def test_it_is_found_by_the_words_as_they_were_typed(world: World, typed: str) -> None:
    case = _reported(world.here)
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        assert found_ids(typed) == [case.pk]


@pytest.mark.parametrize("typed", ["ʼ", "ʼ ˈ", "\\", "zzŉ"])
def test_signs_alone_find_nothing(here: Side, typed: str) -> None:
    assert found_ids(typed) == []
