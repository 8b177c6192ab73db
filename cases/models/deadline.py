"""Clocks, and the misses that are never erased."""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from cases.choices import Basis, DeadlineState, MissReason
from timeline.scope import LandlordManager, LandlordRecord


class Deadline(LandlordRecord):
    """One duty owed to one person, with the moment it falls due and how that was worked out.

    ``due_at`` is empty where the policy names a duty but no time. ``next_sweep_at`` is when the sweep must look
    again: first at ``amber_at``, then after ``due_at``, then at ``escalate_at``. On time is through the whole
    second of ``due_at``. ``team`` answers for it where the case has no owner. ``receipt`` explains the date;
    ``calendar_version`` is the calendar it was counted on.
    """

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, related_name="deadlines", db_constraint=False
    )
    report = models.ForeignKey(
        "cases.Report", on_delete=models.PROTECT, null=True, related_name="deadlines", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, null=True, related_name="deadlines", db_constraint=False
    )
    team = models.ForeignKey(
        "landlords.Team", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=30)
    label = models.CharField(max_length=120)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    rule = models.CharField(max_length=60)
    met_by = models.CharField(max_length=40)
    clause = models.CharField(max_length=120, blank=True)
    clause_id = models.CharField(max_length=12, blank=True)
    why = models.CharField(max_length=500, blank=True)
    explanation_required = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=DeadlineState.choices, default=DeadlineState.RUNNING)
    start_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    amber_at = models.DateTimeField(null=True)
    escalate_at = models.DateTimeField(null=True)
    next_sweep_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    needs_explanation = models.BooleanField(default=False)
    receipt = models.JSONField(default=dict)
    calendar_version = models.CharField(max_length=60, blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_constraint=False)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(report__isnull=False),
                name="deadline_belongs_to_something",
            ),
            models.CheckConstraint(
                condition=Q(state="met") ^ Q(met_at__isnull=True), name="deadline_met_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(breached_at__isnull=True) | Q(basis="promise"),
                name="deadline_only_promises_are_missed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_sweep_at"], name="deadline_sweep", condition=Q(next_sweep_at__isnull=False)
            ),
            models.Index(
                fields=["landlord", "due_at"],
                name="deadline_to_do",
                include=["case", "basis", "state", "needs_explanation", "breached_at", "id"],
                condition=Q(state="running") | Q(needs_explanation=True),
            ),
            models.Index(fields=["landlord", "case"], name="deadline_of_case"),
            models.Index(
                fields=["landlord", "case"],
                name="deadline_to_do_of_case",
                condition=Q(state="running") | Q(needs_explanation=True),
            ),
            models.Index(fields=["landlord", "report"], name="deadline_of_report"),
            models.Index(
                fields=["landlord", "due_at"],
                name="deadline_figures",
                include=["kind", "label", "state", "met_at", "breached_at", "team", "case", "id"],
                condition=Q(basis="promise"),
            ),
        ]


class Breach(LandlordRecord):
    """A promise was missed at ``due_at``. Explaining it, or meeting it late, changes nothing about that.

    ``recorded_late_at``: contact dated in time was entered after the miss; it counts as met only once a manager
    has confirmed it.
    """

    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, related_name="breaches", db_constraint=False
    )
    due_at = models.DateTimeField()
    detected_at = models.DateTimeField()
    reason = models.CharField(max_length=24, choices=MissReason.choices, blank=True)
    explanation = models.TextField(blank=True)
    explained_at = models.DateTimeField(null=True)
    explained_by = models.CharField(max_length=200, blank=True)
    recorded_late_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["landlord", "deadline", "due_at"], name="breach_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["landlord", "due_at"],
                name="breach_unexplained",
                condition=Q(explained_at__isnull=True),
            ),
            models.Index(
                fields=["landlord", "deadline"],
                name="breach_recorded_late",
                condition=Q(recorded_late_at__isnull=False, confirmed_at__isnull=True),
            ),
            models.Index(
                fields=["landlord", "due_at"],
                name="breach_figures",
                include=["deadline", "confirmed_at", "explained_at"],
            ),
        ]
