"""Whether a landlord's timeline is as it was written."""

from dataclasses import dataclass

from django.db import connection, transaction

from timeline.models import Event
from timeline.scope import landlord_scope

_FIRST_BREAK = """
SELECT min(sequence) FROM (
    SELECT e.sequence, row_number() OVER chain AS place, e.previous_hash,
           coalesce(lag(e.hash) OVER chain, '') AS hash_before, e.hash, timeline_event_hash(e) AS hash_found
    FROM timeline_event e WHERE e.landlord_id = %s WINDOW chain AS (ORDER BY e.sequence)
) link
WHERE sequence <> place OR previous_hash <> hash_before OR hash <> hash_found
"""


@dataclass(frozen=True)
class Head:
    """The newest event of a chain. Kept elsewhere, it shows later whether the newest events were cut off."""

    sequence: int
    hash: str


@transaction.atomic
def first_break(landlord_id: int) -> int | None:
    """The first event that was changed, or follows one that was changed or taken out; None where all fit.

    A chain whose newest events were cut off still fits: compare its head with one noted earlier.
    """
    with landlord_scope(landlord_id), connection.cursor() as cursor:
        cursor.execute(_FIRST_BREAK, [landlord_id])
        row = cursor.fetchone()
    return row[0] if row else None


@transaction.atomic
def head(landlord_id: int) -> Head | None:
    """The end of one landlord's chain; None before anything has happened."""
    with landlord_scope(landlord_id):
        newest = Event.objects.order_by("-sequence").first()
    return Head(newest.sequence, newest.hash) if newest else None
