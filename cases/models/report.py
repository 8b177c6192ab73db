"""What somebody told us. Immutable: the table refuses every update."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from timeline.scope import LandlordManager, LandlordRecord


class Report(LandlordRecord):
    """One report from one channel, with the facts as told and what triage made of them.

    ``received_at`` is when any part of the landlord first had it; ``created_at`` when it was entered here.
    ``vulnerability`` is what they said makes it harder for whoever it happens to, in their words.
    Its case, if any, is that of its incident; until then it waits to be decided.
    """

    reference = models.CharField(max_length=16)
    channel = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    created_at = models.DateTimeField()
    late_entry_reason = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    occurred_at = models.DateTimeField(null=True)
    occurred_words = models.CharField(max_length=300, blank=True)
    location = models.CharField(max_length=300, blank=True)
    behaviours = ArrayField(models.CharField(max_length=40))
    facts = models.JSONField()
    reporter = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, null=True, related_name="reports", db_constraint=False
    )
    complainant = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, null=True, related_name="reports_about", db_constraint=False
    )
    vulnerability = models.CharField(max_length=500, blank=True)
    anonymous = models.BooleanField(default=False)
    respondent = models.JSONField(default=dict)
    policy = models.ForeignKey("policies.PolicyVersion", on_delete=models.PROTECT, db_constraint=False)
    decision = models.JSONField()
    recorded_by = models.CharField(max_length=200)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["landlord", "reference"], name="report_reference_once"),
            models.CheckConstraint(
                condition=Q(received_at__lte=F("created_at")), name="report_received_before_entered"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["landlord", "-received_at", "-id"], name="report_newest")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_restricted(self) -> bool:
        """Domestic abuse is for those who deal with it, before there is a case and where there is none."""
        return "domestic_abuse" in self.behaviours
