"""People, and the parts they play in a case."""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from cases.choices import PartyRole, SafeContact
from timeline.scope import LandlordManager, LandlordRecord


class Person(LandlordRecord):
    """Somebody the landlord knows of, from what was told: nothing here is checked against a tenancy system.

    ``confidential``: we know who they are and nobody else may; not the same as anonymous. ``formats`` and
    ``language`` are how they want to be written to, ``adjustments`` what else they need from us. ``also_called`` and
    ``vehicles`` (number plates) are lists with commas: what would tell somebody else who they are.
    """

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    name = models.CharField(max_length=200)
    also_called = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    safe_contact = models.CharField(max_length=10, choices=SafeContact.choices, default=SafeContact.ANY)
    safe_contact_note = models.CharField(max_length=300, blank=True)
    needs = models.CharField(max_length=500, blank=True)
    vulnerability = models.CharField(max_length=500, blank=True)
    adjustments = models.CharField(max_length=500, blank=True)
    formats = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    language = models.CharField(max_length=60, blank=True)
    confidential = models.BooleanField(default=False)
    representative = models.CharField(max_length=300, blank=True)
    vehicles = models.CharField(max_length=200, blank=True)
    under_18 = models.BooleanField(default=False)
    name_key = models.CharField(max_length=200, editable=False)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "name_key"], name="person_name")]

    def __str__(self) -> str:
        return self.name


class Party(LandlordRecord):
    """One person's part in one case. ``contact_every_days`` is the interval agreed with a complainant."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="parties", db_constraint=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parts", db_constraint=False)
    role = models.CharField(max_length=12, choices=PartyRole.choices)
    since = models.DateTimeField()
    contact_every_days = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["landlord", "case", "person", "role"], name="party_once")
        ]
        indexes: ClassVar = [models.Index(fields=["landlord", "person"], name="party_of_person")]


class Confided(LandlordRecord):
    """What a restricted case knows otherwise of a person than their other cases do: field to value.

    Whatever is changed about somebody on a restricted case stays with that case. Read through ``cases.confided``.
    """

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="confided", db_constraint=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    known = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["landlord", "case", "person"], name="confided_once")
        ]


class StaffRisk(LandlordRecord):
    """Take care with this person: what staff have to know before they stand at the door.

    ``case`` is where it was recorded. ``everywhere``: shown on all cases of this person. Where not, it stays with
    its case, which is restricted: the words would give it away. ``name_key`` is theirs as all their cases know it;
    empty where only this case may compare by it. Never edited: it is looked at again, and withdrawn with a reason.
    """

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    known = models.CharField(max_length=200)
    everywhere = models.BooleanField(default=True)
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    since = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    review_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) ^ ~Q(withdrawn_reason=""),
                name="staff_risk_withdrawn_why",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["landlord", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="staff_risk_of_person",
            ),
            models.Index(
                fields=["landlord", "name_key"],
                condition=Q(withdrawn_at__isnull=True),
                name="staff_risk_of_name",
            ),
        ]
