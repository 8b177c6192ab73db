"""Tools used on a case: what, against whom or with whom, with the answers the gates asked for."""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models

from timeline.scope import LandlordManager, LandlordRecord


class ToolUse(LandlordRecord):
    """``details`` are the answers given; ``gates`` how every gate stood when it was used."""

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="tools_used", db_constraint=False
    )
    person = models.ForeignKey(
        "cases.Person", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    tool = models.CharField(max_length=50)
    label = models.CharField(max_length=200)
    legal = models.BooleanField(default=False)
    details = models.JSONField(default=dict)
    gates = models.JSONField(default=list)
    note = models.TextField(blank=True)
    used_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["landlord", "case", "tool"], name="tool_of_case")]
