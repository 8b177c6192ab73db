"""Reports that wait for a named person: nothing is sent away automatically (decision 2)."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from timeline.scope import LandlordManager, LandlordRecord


class Proposal(LandlordRecord):
    """Triage proposes to send this report another way; until somebody decides, nothing is sent and nobody is told."""

    report = models.OneToOneField(
        "cases.Report", on_delete=models.PROTECT, related_name="proposal", db_constraint=False
    )
    route = models.CharField(max_length=20)
    team = models.ForeignKey(
        "landlords.Team", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    restricted = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_route = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by="", decided_route="")
                | (Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(decided_route="") & ~Q(reason="")),
                name="proposal_decided_by_somebody_with_a_reason",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["landlord", "made_at"], name="proposal_waiting", condition=Q(decided_at__isnull=True)
            )
        ]
