"""What the API remembers of partner systems: which reports they sent, and the answers they may ask for again."""

from typing import ClassVar, Self

from django.db import models

from timeline.scope import LandlordManager, LandlordRecord


class SentReport(LandlordRecord):
    """Which token a report came in by: its partner may follow it even where the case is restricted."""

    token = models.ForeignKey(
        "landlords.ApiToken", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    report = models.OneToOneField(
        "cases.Report", on_delete=models.PROTECT, related_name="sent", db_constraint=False
    )

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()


class KeptAnswer(LandlordRecord):
    """The answer given under one Idempotency-Key, as JSON text: its fields keep their order.

    ``answer`` is empty only while it is being worked out, which no other transaction sees.
    """

    token = models.ForeignKey(
        "landlords.ApiToken", on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    key = models.CharField(max_length=255)
    body_sha256 = models.CharField(max_length=64)
    answer = models.TextField(blank=True)
    kept_at = models.DateTimeField()

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["landlord", "token", "key"], name="answer_kept_once")
        ]
        indexes: ClassVar = [models.Index(fields=["landlord", "kept_at"], name="answer_oldest")]
