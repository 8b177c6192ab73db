"""The case file itself, who may open it when it is restricted, and the history of its level."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from cases.lifecycle import OPEN_STATES, CaseState
from timeline.scope import LandlordManager, LandlordRecord

if TYPE_CHECKING:
    _Stateful = FSMModelMixin
else:
    _Stateful = ConcurrentTransitionMixin


NO_LEVEL = 99
"""The rank of a case without a level: after every level of any policy."""


class Case(_Stateful, LandlordRecord):
    """One matter about one respondent household (or an unknown one), with any number of complainants.

    ``status`` only moves through the transitions below; a trigger refuses anything else. ``level`` is empty on
    every route but ASB; ``level_short`` is what lists call it, and
    ``level_rank`` its place in the policy, 0 the most serious.
    """

    reference = models.CharField(max_length=16)
    status: models.CharField[str, str] = FSMField(
        default=CaseState.NEW, choices=CaseState.choices, protected=True, max_length=10
    )
    title = models.CharField(max_length=200)
    route = models.CharField(max_length=20)
    level = models.CharField(max_length=50, blank=True)
    level_label = models.CharField(max_length=120, blank=True)
    level_short = models.CharField(max_length=120, blank=True)
    level_rank = models.PositiveSmallIntegerField(default=NO_LEVEL)
    team = models.ForeignKey("landlords.Team", on_delete=models.PROTECT, db_constraint=False)
    owner = models.ForeignKey(
        "landlords.Membership", on_delete=models.PROTECT, null=True, db_constraint=False
    )
    policy = models.ForeignKey("policies.PolicyVersion", on_delete=models.PROTECT, db_constraint=False)
    behaviours = ArrayField(models.CharField(max_length=40))
    place = models.CharField(max_length=300, blank=True)
    hate = models.BooleanField(default=False)
    hate_strands = ArrayField(models.CharField(max_length=30), default=list)
    domestic_abuse = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing_ground = models.CharField(max_length=50, blank=True)
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_constraint=False)
    reasons = models.JSONField(default=list)
    prompts = models.JSONField(default=list)
    search = SearchVectorField(null=True, editable=False)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["landlord", "reference"], name="case_reference_once"),
            models.CheckConstraint(condition=Q(status__in=CaseState.values), name="case_status_known"),
            models.CheckConstraint(condition=Q(route="asb") ^ Q(level=""), name="case_level_belongs_to_asb"),
            models.CheckConstraint(
                condition=Q(restricted=True) | Q(domestic_abuse=False),
                name="case_domestic_abuse_is_restricted",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["landlord", "-opened_at", "-id"], name="case_newest"),
            models.Index(fields=["landlord", "owner", "status"], name="case_of_owner"),
            models.Index(
                fields=["landlord", "team"], name="case_open_of_team", condition=Q(status__in=[*OPEN_STATES])
            ),
            models.Index(
                fields=["landlord", "id"], include=["owner", "level", "level_label"], name="case_of_figures"
            ),
            models.Index(fields=["landlord", "id"], name="case_restricted", condition=Q(restricted=True)),
            GinIndex(fields=["search"], name="case_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATES

    @transition(field="status", source=CaseState.NEW, target=CaseState.IN_HAND)
    def take_in_hand(self) -> None: ...

    @transition(field="status", source=[*OPEN_STATES], target=CaseState.CLOSED)
    def close(self) -> None: ...

    @transition(field="status", source=CaseState.CLOSED, target=CaseState.IN_HAND)
    def reopen(self) -> None: ...

    @transition(field="status", source=[*OPEN_STATES], target=CaseState.JOINED)
    def join(self) -> None: ...

    @transition(field="status", source=CaseState.JOINED, target=CaseState.IN_HAND)
    def part(self) -> None: ...


class CaseAccess(LandlordRecord):
    """A named member of staff who may open a restricted case, beside its owner and their managers."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="named_staff", db_constraint=False)
    membership = models.ForeignKey(
        "landlords.Membership", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    given_at = models.DateTimeField()

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["landlord", "case", "membership"], name="case_access_once")
        ]


class Categorisation(LandlordRecord):
    """Each level a case has had: when, by whom and why. The newest is the present one."""

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="categorisations", db_constraint=False
    )
    level = models.CharField(max_length=50, blank=True)
    level_label = models.CharField(max_length=120, blank=True)
    reason = models.TextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        ordering: ClassVar = ["at", "id"]
