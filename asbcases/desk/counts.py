"""What waits for somebody, for the head of every page: one query, because every page asks it."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce, JSONObject

from asbcases.desk.notices import count_shown, unread
from landlords.models import Landlord
from timeline.actors import Actor
from timeline.scope import active_landlord
from triage.staff.selectors import undecided


@dataclass(frozen=True)
class Waiting:
    """``reports`` nobody has decided, and ``notices`` this person has not read."""

    reports: int
    notices: int


def waiting_for(by: Actor) -> Waiting:
    question, values = _asked(active_landlord(), by)
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        number, found = cursor.fetchone()
    return Waiting(reports=number, notices=count_shown([json.loads(one) for one in found], by=by))


@lru_cache(maxsize=10_000)
def _asked(landlord_id: int, by: Actor) -> tuple[str, tuple[Any, ...]]:
    """The question as SQL. Nothing in it changes with time, and to put it together takes longer than to answer it."""
    reports = undecided(by).order_by().values("landlord").annotate(number=Count("pk")).values("number")
    notices = unread(by=by).values_list(JSONObject(case_id="case_id", hushed="hushed"))
    row = Landlord.objects.filter(pk=landlord_id).values_list(
        Coalesce(Subquery(reports), 0), ArraySubquery(notices)
    )
    question, values = row.query.sql_with_params()
    return question, tuple(values)
