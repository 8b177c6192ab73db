"""System checks: the application does not start on a role that can see past a landlord."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

from landlords.roles import unsafe_powers


@register(Tags.database)
def the_role_cannot_pass_the_fence(databases: Sequence[str] | None = None, **_: Any) -> list[Error]:
    """Refuse a superuser, a BYPASSRLS role or the tables' owner, except while migrating as the owner."""
    if not databases or getattr(settings, "MIGRATING", False):
        return []
    return [
        Error(
            f"The database role of {alias!r} {' and '.join(powers)}; landlords would not be kept apart.",
            hint="Point DATABASE_URL at the application role; DATABASE_ADMIN_URL is for migrations.",
            id="landlords.E001",
        )
        for alias in databases
        if (powers := unsafe_powers(alias))
    ]
