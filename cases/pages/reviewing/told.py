"""Counts, proofs and applications in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import DeadlineState
from cases.confided import known_on
from cases.models import CaseReview, Notice
from cases.pages import duties
from cases.pages.parts import letter_address
from cases.selectors.file import CaseFile
from cases.selectors.reviews import Counted, Standing
from cases.services.reviewing import KIND, NOTICE_OF
from policies.wording import long_date
from timeline.actors import Actor

Row = dict[str, Any]


def watch_told(counted: Counted) -> Row:
    reports = ngettext("%(number)d report", "%(number)d reports", counted.reports)
    linked = counted.cases - 1
    words = ngettext(
        "%(reports)s since %(day)s, on this case and one linked to it.",
        "%(reports)s since %(day)s, on this case and %(linked)d linked to it.",
        linked,
    )
    alone = _("%(reports)s since %(day)s, on this case.")
    told = {
        "reports": reports % {"number": counted.reports},
        "day": long_date(counted.since),
        "linked": linked,
    }
    return {
        "summary": (words if linked else alone) % told,
        "counted": counted,
        "rows": [_standing(one) for one in counted.standings],
    }


def owed_rows(file: CaseFile, by: Actor) -> list[Row]:
    """``letter_url`` is empty where the reader may not write letters."""
    running = [one for one in file.deadlines if one.kind == KIND and one.state == DeadlineState.RUNNING]
    reference = file.case.reference
    return [
        {
            "task": duties.task(one),
            "due": duties.by_end_sentence(one),
            "one": one,
            "letter_url": letter_address(one.met_by, reference, one.person, by=by),
        }
        for one in running
    ]


def told_rows(file: CaseFile) -> list[Row]:
    given = Notice.objects.filter(case__in=file.joined_ids, of=NOTICE_OF).select_related("person")
    return [
        {"notice": one, "at": duties.moment_words(one.given_at)}
        for one in known_on(file.case, given.order_by("-given_at", "-pk"))
    ]


def review_rows(reviews: list[CaseReview]) -> list[Row]:
    """Newest first, each with its number on this case and its moments in words."""
    numbers = {pk: number for number, pk in enumerate(sorted(one.pk for one in reviews), start=1)}
    moments = ("applied_at", "threshold_at", "applicant_told_at", "reviewed_at", "outcome_told_at")
    return [
        {
            "review": one,
            "number": numbers[one.pk],
            "waiting": one.threshold == CaseReview.Threshold.WAITING,
            "met": one.threshold == CaseReview.Threshold.MET,
            **{name: duties.moment_words(at) if (at := getattr(one, name)) else "" for name in moments},
        }
        for one in reviews
    ]


def _standing(one: Standing) -> Row:
    threshold = one.threshold
    words = _("%(found)d people of %(needed)d") if threshold.people else _("%(found)d of %(needed)d")
    return {
        "threshold": threshold,
        "counted": words % {"found": one.found, "needed": threshold.needed},
        "undated": one.undated,
        "reach": one.reach,
        "asks": threshold.asks if one.reach == "ask" else (),
    }
