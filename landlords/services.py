"""People who act for a landlord."""

from django.db import transaction

from landlords.models import Membership, Team, User
from landlords.permissions import Role
from timeline.actors import Actor
from timeline.scope import active_landlord
from timeline.services import record


@transaction.atomic
def add_member(
    *,
    email: str,
    name: str,
    role: str,
    by: Actor,
    team: str = "",
    password: str | None = None,
    positions: tuple[str, ...] = (),
) -> Membership:
    """Let a person act for the active landlord. Somebody who already signs in for another keeps their password.

    Raises ValueError for an unknown role, Team.DoesNotExist for an unknown team.
    """
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(email, name, password)
    membership = Membership.objects.create(
        landlord_id=active_landlord(),
        user=user,
        role=Role(role),
        team=Team.objects.get(key=team) if team else None,
        positions=list(positions),
    )
    payload = {"name": user.name, "role": membership.role}
    record("member_added", by=by, subject=("membership", membership.pk), payload=payload)
    return membership
