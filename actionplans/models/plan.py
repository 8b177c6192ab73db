"""What was agreed with one complainant: who does what by when, and how often we speak."""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from timeline.scope import LandlordManager, LandlordRecord


class Plan(LandlordRecord):
    """One version of the plan with one complainant; a change makes the next version. Never shown to a respondent."""

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="plans", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    version = models.PositiveSmallIntegerField()
    contact_every_days = models.PositiveSmallIntegerField()
    why_changed = models.CharField(max_length=500, blank=True)
    agreed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True)
    sent_how = models.CharField(max_length=60, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["landlord", "case", "person", "version"], name="plan_version_once"
            )
        ]


class Action(LandlordRecord):
    """One thing to do. A landlord's action has an owner and a date, or it cannot be saved."""

    class Side(models.TextChoices):
        COMPLAINANT = "complainant", _("Complainant")
        LANDLORD = "landlord", _("Landlord")

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions", db_constraint=False)
    who = models.CharField(max_length=11, choices=Side.choices)
    item = models.CharField(max_length=50, blank=True)
    words = models.CharField(max_length=500)
    owner = models.ForeignKey(
        "landlords.Membership", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    by = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    dropped_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(who="complainant") | Q(owner__isnull=False, by__isnull=False),
                name="landlord_action_has_owner_and_date",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["landlord", "plan"], name="action_of_plan")]

    @property
    def settled(self) -> bool:
        """Done, or dropped with a reason."""
        return self.done_at is not None or self.dropped_at is not None
