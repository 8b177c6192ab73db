"""The way out of one letter: at most one, so that there are never two copies."""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from timeline.scope import LandlordManager, LandlordRecord


class Channel(models.TextChoices):
    POST = "post", _("Post")
    EMAIL = "email", _("E-mail")
    TEXT = "text", _("Text message")
    HAND = "hand", _("Handed over")


class Sending(LandlordRecord):
    """``address_used`` is kept as it was then. ``message_id`` is what the mail server knows it by.

    A sending in doubt was taken by a worker that died before it could say what came of it: it is never repeated by
    itself. ``tries`` counts those that certainly failed. ``asked_knowing`` is what was known of their safety when they
    were said to have asked for it this way: that they asked counts for nothing once more is known.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to go")
        TAKEN = "taken", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        IN_DOUBT = "in_doubt", _("In doubt")
        BOUNCED = "bounced", _("Came back")

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    letter = models.OneToOneField(
        "letters.Letter", on_delete=models.PROTECT, related_name="sending", db_constraint=False
    )
    channel = models.CharField(max_length=6, choices=Channel.choices)
    address_used = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_this_way = models.BooleanField(default=False)
    asked_knowing = models.CharField(max_length=40, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    queued_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True)
    marked_by = models.CharField(max_length=200, blank=True)
    result = models.TextField(blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False), name="sent_has_a_time"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                name="sending_waits",
                condition=models.Q(next_try_at__isnull=False),
            ),
            models.Index(fields=["landlord", "state", "channel"], name="sending_by_state"),
        ]
