"""People who act for a landlord."""

from django.db import transaction
from django.utils.translation import gettext as _

from landlords.models import Membership, Team, User
from landlords.permissions import Permission, Refused, Role, check
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

    Raises ValueError for an unknown role, Team.DoesNotExist for an unknown team, Refused for a member already.
    """
    check(by, Permission.MANAGE_STAFF)
    user = User.objects.filter(email=email.lower()).first()
    if user is not None and Membership.objects.filter(user=user).exists():
        raise Refused(_("%(name)s is already a member of staff.") % {"name": user.name})
    if user is not None and by.is_person:
        # Whoever made that account knows its first password: only the operator, who knows the person, may share it.
        raise Refused(
            _("This address cannot be added here. Ask whoever looks after this system to add them.")
        )
    user = user or User.objects.create_user(email, name, password)
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


@transaction.atomic
def set_active(membership: Membership, *, active: bool, by: Actor) -> Membership:
    """Withdraw or give back a person's access; it bites on their next click. Raises Refused on oneself."""
    check(by, Permission.MANAGE_STAFF)
    if membership.pk == by.membership_id:
        raise Refused(_("You cannot withdraw your own access. Ask another administrator."))
    membership.is_active = active
    membership.save(update_fields=["is_active"])
    verb = "member_reinstated" if active else "member_withdrawn"
    record(verb, by=by, subject=("membership", membership.pk), payload={"name": membership.user.name})
    return membership
