"""One complainant's risk, asked and scored at one time, and what they agree may be told to whom."""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from timeline.scope import LandlordManager, LandlordRecord


class Band(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Assessment(LandlordRecord):
    """Every answer is kept, with the score, the mode and the bands of that day: nothing is ever banded anew.

    ``answers`` by question number: ``chosen`` keys, ``declined`` where asked without an answer, ``text``.
    ``computed_band`` follows from the score; ``confirmed_band`` is the officer's, with ``judgement`` where they
    differ. ``complete``: every question was asked. ``acted_at`` is when somebody said what is done about a high band.
    """

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="assessments", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    instrument = models.CharField(max_length=30)
    instrument_version = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    mode = models.CharField(max_length=8)
    medium_from = models.PositiveSmallIntegerField()
    high_from = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    complete = models.BooleanField()
    computed_band = models.CharField(max_length=6, choices=Band.choices)
    confirmed_band = models.CharField(max_length=6, choices=Band.choices)
    judgement = models.TextField(blank=True)
    occasion = models.CharField(max_length=200, blank=True)
    assessed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    recorded_by_user_id = models.BigIntegerField(null=True)
    acted_at = models.DateTimeField(null=True)
    acted_by = models.CharField(max_length=200, blank=True)
    acted_words = models.TextField(blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(computed_band=models.F("confirmed_band")) | ~Q(judgement=""),
                name="other_band_has_a_reason",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "case", "-assessed_at"], name="assessment_of_case"),
            models.Index(fields=["landlord", "person", "-assessed_at"], name="assessment_of_person"),
        ]


class Consent(LandlordRecord):
    """A person's agreement that one agency may be told, or its refusal. The newest for each agency stands."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="consents", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    agency = models.CharField(max_length=100)
    agreed = models.BooleanField()
    given_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case", "person"], name="consent_of_person")]
