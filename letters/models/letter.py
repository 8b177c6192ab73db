"""A letter on a case, or about a report that was sent away, from its first draft to what went out."""

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.kinds import Audience
from timeline.scope import LandlordManager, LandlordRecord

if TYPE_CHECKING:
    from cases.models import Case, Report


class Letter(LandlordRecord):
    """A draft may change and may be given up. A sealed one is kept byte for byte and never changes again.

    It has a case, or else the report it answers, for which no case was opened. ``person`` reads it; in a letter to a
    partner agency it is whom it is about, if anybody.
    ``answers`` is what the officer was asked, by placeholder; ``own_words`` what they added. ``document`` is the letter
    as it was sealed, from which its PDF was made; ``sha256`` is of that PDF. ``writers`` are the ids of all users who
    had a hand in its words: none of them can let it go.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SEALED = "sealed", _("Made")
        GIVEN_UP = "given_up", _("Given up")

    class Format(models.TextChoices):
        STANDARD = "standard", _("Standard")
        LARGE_PRINT = "large_print", _("Large print")
        EASY_READ = "easy_read", _("Easy read")

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="letters", null=True, db_constraint=False
    )
    report = models.ForeignKey(
        "cases.Report", on_delete=models.PROTECT, related_name="letters", null=True, db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False
    )
    kind = models.CharField(max_length=40)
    audience = models.CharField(max_length=12, choices=Audience.choices)
    format = models.CharField(max_length=12, choices=Format.choices, default=Format.STANDARD)
    answers = models.JSONField(default=dict)
    own_words = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    wording_version = models.PositiveSmallIntegerField(null=True)
    document = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=200)
    begun_by_user_id = models.BigIntegerField()
    writers = ArrayField(models.BigIntegerField(), default=list)
    changed_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(status="sealed")
                | models.Q(sealed_at__isnull=False, document__isnull=False) & ~models.Q(sha256=""),
                name="sealed_letter_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(audience="partner") | models.Q(person__isnull=False),
                name="letter_has_an_addressee",
            ),
            models.CheckConstraint(
                condition=models.Q(case__isnull=False, report__isnull=True)
                | models.Q(case__isnull=True, report__isnull=False),
                name="letter_of_a_case_or_a_report",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "case"], name="letter_of_case"),
            models.Index(
                fields=["landlord", "report"],
                name="letter_of_report",
                condition=models.Q(report__isnull=False),
            ),
        ]

    @property
    def about(self) -> "Case | Report":
        found = self.case or self.report
        assert found is not None
        return found

    @property
    def reference(self) -> str:
        """Ours: that of the case, or of the report. What its reader is told may be another (decision 20)."""
        return self.about.reference

    @property
    def is_restricted(self) -> bool:
        if self.case is not None:
            return self.case.restricted
        return self.report is not None and self.report.is_restricted


class Print(LandlordRecord):
    """The bytes of a letter that was made, kept with it in the database: neither is ever there without the other."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="print", db_constraint=False)
    content = models.BinaryField()

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()


class Release(LandlordRecord):
    """A second named person let a stopped letter go as it stood, and why (decision 19). Written once.

    ``text_hash`` is of the text they read: a letter that changes afterwards is stopped again.
    """

    class Ground(models.TextChoices):
        AGREED = "agreed", _("The complainant agreed to be identified")
        FALSE_ALARM = "false_alarm", _("It identifies nobody")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="releases", db_constraint=False)
    ground = models.CharField(max_length=12, choices=Ground.choices)
    reason = models.TextField()
    text_hash = models.CharField(max_length=64)
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=200)
    released_by_user_id = models.BigIntegerField()

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()
