"""Staff: one landlord's administrator has no power over another's people."""

import pytest

from landlords.models import Membership, User
from landlords.permissions import Refused, Role
from landlords.services import add_member, set_active
from tests.factories.world import Side, World


def test_somebody_who_signs_in_elsewhere_cannot_be_added_by_an_administrator(
    world: World, here: Side
) -> None:
    before = (User.objects.count(), Membership.objects.count())
    with pytest.raises(Refused) as refused:
        add_member(
            email=world.outsider.email,
            name="zz",
            role=Role.OFFICER,
            password="a password of mine",
            by=here.actor(Role.ADMINISTRATOR),
        )
    assert world.outsider.name not in str(refused.value)
    assert (User.objects.count(), Membership.objects.count()) == before


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_only_an_administrator_adds_or_withdraws(here: Side, role: str) -> None:
    officer = here.members[Role.OFFICER]
    with pytest.raises(Refused):
        add_member(email="new@example.org", name="New", role=Role.OFFICER, by=here.actor(role))
    with pytest.raises(Refused):
        set_active(officer, active=False, by=here.actor(role))
    assert Membership.objects.get(pk=officer.pk).is_active
    assert not User.objects.filter(email="new@example.org").exists()


def test_nobody_withdraws_themselves(here: Side) -> None:
    administrator = here.members[Role.ADMINISTRATOR]
    with pytest.raises(Refused):
        set_active(administrator, active=False, by=administrator.actor())
    assert Membership.objects.get(pk=administrator.pk).is_active
