"""What goes on a case file as it is worked: incidents, contacts, notes."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.choices import SUCCESSFUL, ContactMeans, ContactOutcome
from timeline.scope import LandlordManager, LandlordRecord


class Incident(LandlordRecord):
    """One event on a case. Those that came as a report keep it; a diary entry or a visit has none."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="incidents", db_constraint=False
    )
    report = models.OneToOneField(
        "cases.Report", on_delete=models.PROTECT, null=True, related_name="incident", db_constraint=False
    )
    description = models.TextField(blank=True)
    behaviours = ArrayField(models.CharField(max_length=40), default=list)
    occurred_at = models.DateTimeField(null=True)
    occurred_words = models.CharField(max_length=300, blank=True)
    location = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case"], name="incident_of_case")]


class Contact(LandlordRecord):
    """Speaking with a person, or trying to. Only the first meets a clock.

    ``occurred_at`` is when it happened and decides; ``recorded_at`` is when it was entered.
    """

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="contacts", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    means = models.CharField(max_length=10, choices=ContactMeans.choices)
    outcome = models.CharField(max_length=16, choices=ContactOutcome.choices)
    told_main_contact = models.BooleanField(default=False)
    about_closing = models.BooleanField(default=False)
    late_reason = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(occurred_at__lte=F("recorded_at")), name="contact_not_in_the_future"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "case", "-occurred_at"], name="contact_of_case")
        ]

    @property
    def is_contact(self) -> bool:
        return self.outcome in SUCCESSFUL


class Decision(LandlordRecord):
    """An answer to a question the policy wants decided and recorded. A later answer stands beside, not over, it.

    ``person``: whom it is about, where the policy asks of each who is kept confidential.
    """

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="decisions", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    key = models.CharField(max_length=50)
    question = models.CharField(max_length=300)
    answer = models.CharField(max_length=300)
    reason = models.TextField()
    clause = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)
    decided_by_user_id = models.BigIntegerField(null=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case", "key"], name="decision_of_case")]


class NoteKind(models.TextChoices):
    """The last two are for those who look after a child's or an adult's safety; they stand out on the file."""

    NOTE = "note", _("Note")
    VISIT = "visit", _("Visit or interview")
    CONFERENCE = "conference", _("Case conference or multi-agency meeting")
    SAFEGUARDING = "safeguarding", _("Safeguarding")
    CHILD_PROTECTION = "child_protection", _("Child protection")


GUARDED_KINDS = frozenset({NoteKind.SAFEGUARDING, NoteKind.CHILD_PROTECTION})


class Note(LandlordRecord):
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="notes", db_constraint=False
    )
    kind = models.CharField(max_length=16, choices=NoteKind.choices, default=NoteKind.NOTE)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case"], name="note_of_case")]
