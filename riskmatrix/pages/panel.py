"""Risk on the overview of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import DeadlineState, PartyRole
from cases.models import Deadline
from cases.selectors.file import CaseFile
from landlords.permissions import Permission, can
from policies.wording import short_date
from policies.working_time import LONDON
from riskmatrix.findings import needs_acting
from riskmatrix.models import Assessment, Band
from riskmatrix.pages.drawing import drift
from riskmatrix.selectors import bands_of, by_person, is_outdated
from timeline.actors import Actor

Row = dict[str, Any]
WORST_LAST = [Band.LOW, Band.MEDIUM, Band.HIGH]


def draw(file: CaseFile, by: Actor) -> dict[str, Any] | None:
    """Each complainant's newest band; nothing where nobody is known to assess.

    The parties and clocks of the file are read already; this asks once for the assessments.
    """
    parties = file.people(PartyRole.COMPLAINANT)
    if not parties:
        return None
    found = by_person(bands_of(file.case))
    people = [person_row(party.person, found.get(party.person_id, []), file) for party in parties]
    return {
        "reference": file.case.reference,
        "may_assess": file.case.is_open and can(by, Permission.ASSESS_RISK),
        "people": people,
        "cell": _cell(people),
    }


def _cell(people: list[Row]) -> Row:
    """For the band at the head of the case: the highest risk to anybody, and how many nobody has assessed."""
    assessed = [row["newest"] for row in people if row["newest"]]
    cell: Row = {"label": _("Risk"), "kind": "risk"}
    if not assessed:
        return cell | {"value": _("Not assessed")}
    worst = max(assessed, key=lambda one: (WORST_LAST.index(one.confirmed_band), one.score))
    name = next(row["person"].name for row in people if row["newest"] == worst)
    told = [name, short_date(worst.assessed_at.astimezone(LONDON).date())]
    if left := len(people) - len(assessed):
        told.append(ngettext("%(number)d not assessed", "%(number)d not assessed", left) % {"number": left})
    return cell | {"risk": worst.confirmed_band, "value": worst.score, "detail": " · ".join(told)}


def person_row(person: Any, assessments: list[Assessment], file: CaseFile) -> Row:
    """``assessments`` of this person, newest first."""
    row: Row = {
        "person": person,
        "assess_url": reverse("assess-risk", args=[file.case.reference, person.key]),
        "newest": assessments[0] if assessments else None,
    }
    if not assessments:
        return row
    newest = assessments[0]
    before = assessments[1] if len(assessments) > 1 else None
    return row | {
        "drift": drift(assessments) if before else None,
        "change": newest.score - before.score if before else 0,
        "before": before,
        "outdated": file.case.is_open and is_outdated(newest),
        "to_act": file.case.is_open and newest.acted_at is None and _waits(newest, file),
        "act_url": reverse("act-on-risk", args=[file.case.reference, newest.key]),
    }


def _waits(newest: Assessment, file: CaseFile) -> bool:
    """A high risk does; another where the policy wants to know what a change has led to."""
    owed = (one for one in file.deadlines if one.kind == "risk_action" and one.state == DeadlineState.RUNNING)
    return needs_acting(newest.confirmed_band) or newest.person_id in {one.person_id for one in owed}


def assess_address(deadline: Deadline, reference: str) -> str:
    """The form for whoever this is owed to."""
    if deadline.person is None:
        return risk_address(deadline, reference)
    return reverse("assess-risk", args=[reference, deadline.person.key])


def risk_address(deadline: Deadline, reference: str) -> str:
    """The page of risk, from which everything about it is done."""
    return reverse("risk", args=[reference])
