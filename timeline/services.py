"""Writing the record. Everything here happens in the transaction of the change it records."""

import datetime
from typing import Any
from uuid import UUID

from timeline import clock
from timeline.actors import Actor
from timeline.models import Access, Event, EventText
from timeline.scope import active_landlord
from timeline.verbs import verbs


def record(
    verb: str,
    *,
    by: Actor,
    case_id: int | None = None,
    subject: tuple[str, int | None] = ("case", None),
    payload: dict[str, Any] | None = None,
    text: str = "",
    occurred_at: datetime.datetime | None = None,
) -> Event:
    """Append one event to the active landlord's chain. Call it last in its transaction: the chain is a lock.

    ``text`` holds the personal words, kept out of the chain. Raises KeyError for an undeclared verb.
    """
    now = clock.now()
    event = Event.objects.create(
        landlord_id=active_landlord(),
        sequence=0,
        case_id=case_id,
        subject_type=subject[0],
        subject_id=subject[1] if subject[1] is not None else case_id,
        verb=verbs[verb].key,
        payload=payload or {},
        actor_name=by.name,
        actor_user_id=by.user_id,
        occurred_at=occurred_at or now,
        recorded_at=now,
    )
    if text:
        EventText.objects.create(landlord_id=event.landlord_id, event=event, text=text)
    return event


def record_access(case_id: int | None, *, by: Actor, purpose: str, opened: UUID | None = None) -> None:
    """Somebody read a restricted case, or opened the one thing with this key. Raises ValueError for a reader who is not
    a person.
    """
    if by.user_id is None:
        raise ValueError("only a person reads a restricted case")
    Access.objects.create(
        landlord_id=active_landlord(),
        case_id=case_id,
        opened=opened,
        user_id=by.user_id,
        user_name=by.name,
        purpose=purpose,
        at=clock.now(),
    )
