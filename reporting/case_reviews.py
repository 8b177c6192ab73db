"""The four numbers about ASB case reviews that are published once a year.

They are the landlord's part of the area's figures: the bodies that run the reviews publish them, we give ours.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from cases.models import CaseReview
from policies.working_time import LONDON, localise
from reporting.reach import Reach
from timeline import clock

MIDNIGHT = datetime.time(0, 0)


@dataclass(frozen=True)
class YearlyCounts:
    """Each counts in the calendar year in which it happened, restricted cases included: they are numbers only."""

    year: int
    applications: int
    not_met: int
    reviews: int
    with_recommendations: int


def yearly_counts(year: int, reach: Reach) -> YearlyCounts:
    """One query."""
    begins, ends = (localise(datetime.date(one, 1, 1), MIDNIGHT) for one in (year, year + 1))
    refused = Q(threshold=CaseReview.Threshold.NOT_MET, threshold_at__gte=begins, threshold_at__lt=ends)
    held = Q(reviewed_at__gte=begins, reviewed_at__lt=ends)
    counted = _of(reach).aggregate(
        applications=Count("pk", filter=Q(applied_at__gte=begins, applied_at__lt=ends)),
        not_met=Count("pk", filter=refused),
        reviews=Count("pk", filter=held),
        with_recommendations=Count("pk", filter=held & ~Q(recommendations="")),
    )
    return YearlyCounts(year=year, **counted)


def years(reach: Reach) -> list[int]:
    """From this year back to that of the first application."""
    this = clock.now().astimezone(LONDON).year
    first: datetime.datetime | None = _of(reach).aggregate(first=Min("applied_at"))["first"]
    return list(range(this, (first.astimezone(LONDON).year if first else this) - 1, -1))


def _of(reach: Reach) -> QuerySet[CaseReview]:
    return CaseReview.objects.filter(reach.of_team("case__team_id"))
