"""What happened, who looked, and whom we told."""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models

from timeline.scope import LandlordManager, LandlordRecord


class Event(LandlordRecord):
    """One thing that happened. Append-only, chained per landlord so that tampering shows.

    ``payload`` is part of the chain and never holds personal text; that is in :class:`EventText`, which can
    be erased. The subject is copied, not linked, so that an event outlives it.
    """

    sequence = models.BigIntegerField(editable=False)
    case_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    actor_name = models.CharField(max_length=200)
    actor_user_id = models.BigIntegerField(null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["landlord", "sequence"], name="event_sequence_once")]
        indexes = [models.Index(fields=["landlord", "case_id", "-occurred_at", "-id"], name="event_of_case")]


class EventText(LandlordRecord):
    """The personal words of an event, kept apart from the chain so that they can be erased."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="words", db_constraint=False)
    text = models.TextField()

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()


class Access(LandlordRecord):
    """Somebody read a restricted case, or opened one thing (``opened``, its key) that may lie on any case or on none.

    Not chained: reads must never wait for writes.
    """

    case_id = models.BigIntegerField(null=True)
    opened = models.UUIDField(null=True)
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "case_id", "-at"], name="access_of_case"),
            models.Index(
                fields=["landlord", "opened", "-at"],
                name="access_of_one_thing",
                condition=models.Q(opened__isnull=False),
            ),
        ]


class EmailState(models.TextChoices):
    """Where the e-mail copy of a notification stands. A send in doubt is never repeated."""

    NONE = "none", "not sent by e-mail"
    WAITING = "waiting", "waiting to be sent"
    SENDING = "sending", "being sent"
    SENT = "sent", "sent"
    FAILED = "failed", "failed"
    IN_DOUBT = "in_doubt", "in doubt"


class Notification(LandlordRecord):
    """Tells a member of staff, or the managers of a team, that something needs them. Also the e-mail outbox.

    ``once_key`` makes each notification unique however often the sweep runs.
    """

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    once_key = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    case_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    email_state = models.CharField(max_length=10, choices=EmailState.choices, default=EmailState.WAITING)
    email_attempts = models.PositiveSmallIntegerField(default=0)
    email_next_at = models.DateTimeField(null=True)
    email_message_id = models.CharField(max_length=200, blank=True)
    email_error = models.CharField(max_length=300, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["landlord", "once_key"], name="notification_once")]
        indexes = [
            models.Index(fields=["landlord", "user_id", "-created_at"], name="notification_of_user"),
            models.Index(fields=["landlord", "team_id", "-created_at"], name="notification_of_team"),
            models.Index(
                fields=["landlord", "user_id", "team_id"],
                name="notification_unread",
                condition=models.Q(read_at__isnull=True),
            ),
            models.Index(
                fields=["email_next_at"],
                name="notification_to_send",
                condition=models.Q(email_state__in=["waiting", "sending"]),
            ),
        ]
