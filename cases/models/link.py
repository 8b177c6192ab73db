"""Cases that have to do with each other, and what a merge or a split changed, so that it can be undone."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from timeline.scope import LandlordManager, LandlordRecord


class LinkKind(models.TextChoices):
    RELATED = "related", _("Related")
    COUNTER_ALLEGATION = "counter_allegation", _("Counter-allegation")
    REPORTED_AGAIN = "reported_again", _("Reported again after it was closed")
    SPLIT = "split", _("Split from it")


class CaseLink(LandlordRecord):
    """Two cases beside each other, each with its own clocks. ``ended_at``: somebody took the link away again."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="links", db_constraint=False
    )
    other = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="linked_from", db_constraint=False
    )
    kind = models.CharField(max_length=20, choices=LinkKind.choices)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(case=F("other")), name="link_between_two_cases"),
            models.UniqueConstraint(
                fields=["landlord", "case", "other", "kind"],
                name="link_once",
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["landlord", "other"], name="link_of_other")]


class Rearrangement(LandlordRecord):
    """One merge or split: which records moved, so that undoing it puts exactly these back."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merged")
        SPLIT = "split", _("Split")

    kind = models.CharField(max_length=6, choices=Kind.choices)
    source = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    target = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    moved = models.JSONField(default=dict)
    reason = models.TextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["landlord", "source"], name="rearranged_source"),
            models.Index(fields=["landlord", "target"], name="rearranged_target"),
        ]
