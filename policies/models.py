"""Each landlord's policy, version by version."""

from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from timeline.scope import LandlordManager, LandlordRecord


class VersionStatus(models.TextChoices):
    DRAFT = "draft", "draft"
    PUBLISHED = "published", "published"
    RETIRED = "retired", "retired"


class PolicyVersion(LandlordRecord):
    """One version of a landlord's policy. A published one never changes; a case keeps the one it opened under.

    ``in_force`` holds the local dates the version governs new reports; the ranges of published and retired
    versions cannot overlap.
    """

    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=VersionStatus.choices)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    source_file = models.CharField(max_length=100)
    in_force = DateRangeField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=200)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["landlord", "number"], name="policy_number_once"),
            models.UniqueConstraint(
                fields=["landlord"], condition=Q(status="published"), name="policy_one_published_at_a_time"
            ),
            ExclusionConstraint(
                name="policy_validity_does_not_overlap",
                expressions=[("landlord", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
                condition=~Q(status="draft"),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
