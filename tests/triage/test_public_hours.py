"""Every public page of a landlord says when and where to ring: the landlord's own settings, not the policy's print."""

import pytest
from django.test import Client

from tests.factories.policies import load, policy_file

LANDLORDS = ("believe", "derby-homes", "places-for-people", "plus-dane", "vivid")


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "check/", "promises/"])
@pytest.mark.parametrize("landlord", LANDLORDS)
def test_every_public_page_prints_the_landlords_hours(client: Client, landlord: str, page: str) -> None:
    load(landlord)
    ours = policy_file(landlord).policy.core.organisation
    shown = client.get(f"/report/{landlord}/{page}", follow=True).content.decode()
    assert shown.count(f"Call {ours.phone}, {ours.opening_hours}") == 1
