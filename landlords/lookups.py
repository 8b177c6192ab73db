"""The few questions asked before a landlord is known. Each is a definer function that returns ids only."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class FoundMembership:
    landlord_id: int
    membership_id: int


def memberships_of(user_id: int) -> list[FoundMembership]:
    """The active memberships of a person, over all landlords, lowest id first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT landlord_id, membership_id FROM find_memberships(%s)", [user_id])
        return [FoundMembership(*row) for row in cursor.fetchall()]


def landlord_of_token(digest: str) -> int | None:
    """The landlord whose live token has this SHA-256."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT find_token(%s)", [digest])
        row = cursor.fetchone()
    return row[0] if row else None
