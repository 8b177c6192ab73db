"""What has to be on record before a gated step: who was told, who approved, who was asked, what was set aside."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from timeline.scope import LandlordManager, LandlordRecord


class Notice(LandlordRecord):
    """Somebody was told something a policy wants told, spoken or in writing. ``of`` is what, as gates name it."""

    class How(models.TextChoices):
        SPOKEN = "spoken", _("Spoken")
        WRITTEN = "written", _("In writing")

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="notices", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    of = models.CharField(max_length=50)
    how = models.CharField(max_length=8, choices=How.choices)
    summary = models.TextField(blank=True)
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case", "of"], name="notice_of_case")]


class Approval(LandlordRecord):
    """A named person's yes, no or advice on one step, with reasons. The newest of its kind stands.

    ``look_again_at`` is the date from which somebody is reminded to look at a yes again.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("Approved")
        NO = "no", _("Not approved")
        ADVICE = "advice", _("Advice given")

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="approvals", db_constraint=False
    )
    what = models.CharField(max_length=50)
    answer = models.CharField(max_length=6, choices=Answer.choices)
    reason = models.TextField()
    position = models.CharField(max_length=50, blank=True)
    clause = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)
    decided_by_user_id = models.BigIntegerField(null=True)
    look_again_at = models.DateField(null=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case", "what"], name="approval_of_case")]


class Deviation(LandlordRecord):
    """A manager set one gate aside, where the policy itself allows that, and said why it is fair."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="deviations", db_constraint=False
    )
    step = models.CharField(max_length=80)
    reasons = models.TextField()
    why_proportionate = models.TextField()
    clause = models.CharField(max_length=120)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)
    decided_by_user_id = models.BigIntegerField(null=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case", "step"], name="deviation_of_case")]


class Request(LandlordRecord):
    """Something we asked of a person (a diary, a statement, a call back). Without one nobody "did not work with us"."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="requests", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    what = models.TextField()
    asked_at = models.DateTimeField()
    answer_by = models.DateField(null=True)
    recorded_by = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case"], name="request_of_case")]


class Mailing(LandlordRecord):
    """A letter or survey the case owes a person: queued with its words, then marked as sent. Never sent by itself."""

    class Kind(models.TextChoices):
        CLOSING_LETTER = "closing_letter", _("Closing letter")
        SURVEY = "survey", _("Satisfaction survey")
        CASE_REVIEW = "case_review", _("About the ASB case review")

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="mailings", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.TextField(blank=True)
    clause = models.CharField(max_length=120, blank=True)
    queued_at = models.DateTimeField()
    queued_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True)
    sent_how = models.CharField(max_length=60, blank=True)
    sent_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case"], name="mailing_of_case")]
