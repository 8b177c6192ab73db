"""What a page leaves behind on its way to the reader."""

import pytest
from django.test import Client
from django.urls import reverse

from landlords.permissions import Role
from tests.factories.world import Side


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [(Role.MANAGER, "case", 200), (Role.MANAGER, "cases", 200), (Role.OFFICER, "staff", 403)],
)
def test_nobody_in_between_keeps_a_page_of_the_desk(
    here: Side, client: Client, role: Role, name: str, status: int
) -> None:
    here.sign_in(client, role)
    keys = [here.restricted_case.reference] if name == "case" else []
    answer = client.get(reverse(name, args=keys))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "private, no-cache")
