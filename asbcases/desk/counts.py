"""What waits for somebody, for the head of every page: one query, because every page asks it."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
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
    reports = undecided(by).order_by().values("landlord").annotate(number=Count("pk")).values("number")
    notices = unread(by=by).values_list(JSONObject(case_id="case_id", hushed="hushed"))
    row = Landlord.objects.filter(pk=active_landlord()).values_list(
        Coalesce(Subquery(reports), 0), ArraySubquery(notices)
    )
    number, found = row.get()
    return Waiting(reports=number, notices=count_shown(found, by=by))
