"""Working with others: referring somebody with their consent, and sharing information on a lawful basis."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from timeline.scope import LandlordManager, LandlordRecord


class Permitted(models.TextChoices):
    """The person's answer when asked whether another agency may be told."""

    YES = "yes", _("Agreed")
    NO = "no", _("Refused")
    NOT_ASKED = "not_asked", _("Not asked")


class LawfulBasis(models.TextChoices):
    """On what information is shared with a partner."""

    CONSENT = "consent", _("They agreed")
    CRIME_AND_DISORDER = (
        "crime_and_disorder",
        _("Preventing crime and disorder (Crime and Disorder Act 1998 s115)"),
    )
    SAFEGUARDING = "safeguarding", _("Protecting a child or an adult at risk")
    PUBLIC_TASK = "public_task", _("Public task")
    LEGITIMATE_INTERESTS = "legitimate_interests", _("Legitimate interests")
    LEGAL_OBLIGATION = "legal_obligation", _("A legal obligation")


class Referral(LandlordRecord):
    """A person referred to an agency that can support them. ``consent`` is theirs."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="referrals", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    agency = models.CharField(max_length=200)
    reason = models.TextField()
    consent = models.CharField(max_length=10, choices=Permitted.choices)
    basis_without_consent = models.CharField(max_length=24, choices=LawfulBasis.choices, blank=True)
    made_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    outcome = models.TextField(blank=True)
    outcome_at = models.DateTimeField(null=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case"], name="referral_of_case")]


class Sharing(LandlordRecord):
    """What of a case was told to a partner, on which basis, and what the person concerned said when asked.

    ``purpose`` is one of those the policy prints, where it prints them.
    """

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="sharings", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    agency = models.CharField(max_length=200)
    what = models.TextField()
    permission = models.CharField(max_length=10, choices=Permitted.choices)
    basis = models.CharField(max_length=24, choices=LawfulBasis.choices)
    purpose = models.CharField(max_length=200, blank=True)
    person_told = models.BooleanField(default=False)
    why_not_told = models.CharField(max_length=300, blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    shared_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case"], name="sharing_of_case")]
