"""The yearly numbers about ASB case reviews, to read and to take along."""

import csv
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landlords.access import staff_page
from landlords.permissions import Permission
from reporting.case_reviews import YearlyCounts, yearly_counts, years
from reporting.reach import reach_of


@require_GET
@staff_page(Permission.SEE_OVERVIEW)
def case_review_counts(request: Any) -> HttpResponse:
    reach = reach_of(request.actor)
    offered = years(reach)
    counts = yearly_counts(_year(request.GET.get("year", ""), offered), reach)
    if request.GET.get("as") == "csv":
        return _csv(counts)
    context = {
        "team": request.membership.team if reach.team_id else None,
        "counts": counts,
        "rows": _rows(counts),
        "years": offered,
        "back_url": reverse("overview"),
        "back_label": _("Overview"),
    }
    return render(request, "desk/case_reviews.html", context)


def _year(asked: str, offered: list[int]) -> int:
    """This year where the one asked for has nothing to count."""
    return int(asked) if asked.isdecimal() and len(asked) == 4 and int(asked) in offered else offered[0]


def _rows(counts: YearlyCounts) -> list[tuple[str, int]]:
    return [
        (_("Applications made"), counts.applications),
        (_("Threshold not met"), counts.not_met),
        (_("Reviews carried out"), counts.reviews),
        (_("Reviews that led to recommendations"), counts.with_recommendations),
    ]


def _csv(counts: YearlyCounts) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="case-reviews-{counts.year}.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Measure"), _("Year"), _("Number")])
    writer.writerows((label, counts.year, number) for label, number in _rows(counts))
    return response
