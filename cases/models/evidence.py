"""Files that show what happened: kept as they came, looked at by somebody, with what they found."""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from timeline.scope import LandlordManager, LandlordRecord


class EvidenceKind(models.TextChoices):
    RECORDING = "recording", _("Noise recording")
    PHOTO = "photo", _("Photo")
    VIDEO = "video", _("Video")
    DIARY = "diary", _("Diary sheet or incident log")
    DOCUMENT = "document", _("Document")
    MESSAGE = "message", _("Messages or screenshots")


class Evidence(LandlordRecord):
    """One thing received. ``sha256`` is of the bytes as they arrived; the original is never changed.

    ``case`` is empty while nobody has said where it belongs: it waits in the inbox. ``copy_path`` is what staff look
    at: for a photo without its location. Without a file it is something seen or kept elsewhere (``where_kept``).
    """

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, related_name="evidence", db_constraint=False
    )
    incident = models.ForeignKey(
        "cases.Incident", on_delete=models.PROTECT, null=True, related_name="evidence", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    title = models.CharField(max_length=200)
    from_words = models.CharField(max_length=300, blank=True)
    where_kept = models.CharField(max_length=300, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    original_path = models.CharField(max_length=200, blank=True)
    copy_path = models.CharField(max_length=200, blank=True)
    captured_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    told_of_court = models.BooleanField(default=False)
    objection = models.TextField(blank=True)
    objection_at = models.DateTimeField(null=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["landlord", "case"], name="evidence_of_case"),
            models.Index(
                fields=["landlord", "received_at"], name="evidence_unmatched", condition=Q(case__isnull=True)
            ),
        ]


class EvidenceReview(LandlordRecord):
    """Somebody looked at, listened to or read it, and says what it shows."""

    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="reviews", db_constraint=False
    )
    finding = models.TextField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=200)
    reviewed_by_user_id = models.BigIntegerField(null=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "evidence"], name="review_of_evidence")]
