"""A landlord's own wording of a kind of letter, by versions."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from timeline.scope import LandlordManager, LandlordRecord


class Wording(LandlordRecord):
    """Where a landlord has none of its own, the words that ship with the product hold (version 0).

    A draft may change; a published one never does again, because letters say which version they were made from: it can
    only go out of use. A draft that was given up is kept, and never changes again either.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("No longer used")
        GIVEN_UP = "given_up", _("Given up")

    kind = models.CharField(max_length=40)
    audience = models.CharField(max_length=12)
    easy_read = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["landlord", "kind", "audience", "easy_read", "version"], name="wording_version_once"
            ),
            models.UniqueConstraint(
                fields=["landlord", "kind", "audience", "easy_read"],
                name="wording_published_once",
                condition=models.Q(status="published"),
            ),
            models.UniqueConstraint(
                fields=["landlord", "kind", "audience", "easy_read"],
                name="wording_drafted_once",
                condition=models.Q(status="draft"),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "given_up"])
                | models.Q(published_at__isnull=False) & ~models.Q(published_by=""),
                name="wording_published_by_somebody",
            ),
        ]
