"""The ASB case review a victim may ask for (2014 Act s.104), from application to outcome."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from timeline.scope import LandlordManager, LandlordRecord


class CaseReview(LandlordRecord):
    """One application. The threshold is decided by people; ``counted`` keeps what could be computed at the time.

    ``person`` is the victim, ``applicant`` who asked where somebody asked for them, ``threshold_by`` who decided.
    """

    class Threshold(models.TextChoices):
        WAITING = "waiting", _("Not decided yet")
        MET = "met", _("Met")
        NOT_MET = "not_met", _("Not met")

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="case_reviews", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    applicant = models.CharField(max_length=200, blank=True)
    applied_at = models.DateTimeField()
    applied_to = models.CharField(max_length=200)
    contact_point = models.CharField(max_length=200, blank=True)
    counted = models.JSONField(default=dict)
    threshold = models.CharField(max_length=8, choices=Threshold.choices, default=Threshold.WAITING)
    threshold_at = models.DateTimeField(null=True)
    threshold_by = models.CharField(max_length=200, blank=True)
    threshold_reason = models.TextField(blank=True)
    applicant_told_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    recommendations = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    outcome_told_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=200)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(threshold="waiting")
                | (Q(threshold_at__isnull=False) & ~Q(threshold_by="") & ~Q(threshold_reason="")),
                name="case_review_decided_by_somebody",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "case"], name="case_review_of_case"),
            models.Index(fields=["landlord", "applied_at"], name="case_review_applied"),
        ]
