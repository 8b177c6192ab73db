"""Take care: risk to staff. A mark on a person, looked at again on its day and withdrawn with a reason."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case, Person, StaffRisk
from cases.permissions import check_can
from cases.selectors.joined import with_joined
from cases.selectors.staff_risk import marks_on
from cases.services.locking import locked
from landlords.permissions import Permission, Refused, check
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

NEVER_LATER = datetime.timedelta(days=366)
"""A mark that nobody has looked at for a year says nothing of today."""


@dataclass(frozen=True)
class Care:
    """What is known, and when to look at it again.

    ``everywhere``: on their other cases too. Asked on a restricted case only; else it is always shown there.
    """

    known: str
    review_on: datetime.date
    everywhere: bool = True


@transaction.atomic
def record_staff_risk(case: Case, person_id: int, care: Care, *, by: Actor) -> StaffRisk:
    """Mark somebody on this case as a risk to staff, from now on.

    Raises Refused for somebody who is not on this case, without words, and for a day to look again that is no day
    of the next year.
    """
    case = locked(case)
    check_can(Permission.CHANGE_PEOPLE, case, by=by)
    person = Person.objects.filter(parts__case=case, pk=person_id).first()
    reasons = [] if person else [_("Choose somebody who is part of this case.")]
    reasons += [] if care.known.strip() else [_("Say what is known, and what to do.")]
    reasons += _wrong_day(care.review_on)
    if reasons or person is None:
        raise Refused(*reasons)
    everywhere = care.everywhere or not case.restricted
    risk = StaffRisk.objects.create(
        landlord_id=case.landlord_id,
        person=person,
        case=case,
        known=care.known.strip(),
        everywhere=everywhere,
        name_key=person.name_key if everywhere else "",
        since=clock.now(),
        recorded_by=by.name,
        review_on=care.review_on,
    )
    _tell("staff_risk_recorded", case, risk, risk.known, by)
    return risk


@transaction.atomic
def keep_staff_risk(
    case: Case, risk: StaffRisk, *, reason: str, review_on: datetime.date, by: Actor
) -> StaffRisk:
    """It was looked at and still holds, until it is looked at again. Raises Refused as ``record_staff_risk`` does."""
    risk = _held(case, risk, by)
    if reasons := [*_wrong_day(review_on), *_no_reason(reason)]:
        raise Refused(*reasons)
    risk.review_on = review_on
    risk.save(update_fields=["review_on"])
    _tell("staff_risk_kept", case, risk, reason, by)
    return risk


@transaction.atomic
def withdraw_staff_risk(case: Case, risk: StaffRisk, *, reason: str, by: Actor) -> StaffRisk:
    """It no longer holds, on any of their cases. What was known stays on record. Raises Refused without a reason."""
    risk = _held(case, risk, by)
    if reasons := _no_reason(reason):
        raise Refused(*reasons)
    risk.withdrawn_at, risk.withdrawn_by, risk.withdrawn_reason = clock.now(), by.name, reason.strip()
    risk.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _tell("staff_risk_withdrawn", case, risk, reason, by)
    return risk


def keep_marks(case: Case, new: Case) -> None:
    """What stays with a restricted case stays with the one split from it too, from then on with each by itself."""
    kept = marks_on(case.pk).filter(everywhere=False, person__in=new.parties.values("person"))
    for risk in kept.order_by("pk").distinct("pk") if new.restricted else []:
        risk.pk, risk.key, risk.case = None, uuid.uuid4(), new
        risk.save(force_insert=True)


def _held(case: Case, risk: StaffRisk, by: Actor) -> StaffRisk:
    """Also on a closed case: a mark outlives it, and must not stay when it is no longer true.

    Raises Refused where somebody withdrew it meanwhile, where it is not on somebody of this case, and on a restricted
    case for what was recorded elsewhere: the reason would be told there.
    """
    case = locked(case)
    check(by, Permission.CHANGE_PEOPLE)
    found = marks_on(case.pk).select_for_update(of=("self",)).filter(pk=risk.pk).first()
    if found is None:
        raise Refused(_("This mark is no longer there."))
    if case.restricted and found.case_id not in with_joined(case):
        raise Refused(_("It was recorded on another case. Look at it there: this one is restricted."))
    return found


def _wrong_day(day: datetime.date) -> list[str]:
    today = clock.now().astimezone(LONDON).date()
    if today < day <= today + NEVER_LATER:
        return []
    return [_("The day to look again must be after today and within a year.")]


def _no_reason(reason: str) -> list[str]:
    return [] if reason.strip() else [_("Say why.")]


def _tell(verb: str, case: Case, risk: StaffRisk, text: str, by: Actor) -> None:
    """On this case, and where it was recorded if that is another."""
    for case_id in sorted({case.pk, risk.case_id}):
        record(verb, by=by, case_id=case_id, payload={"person_id": risk.person_id}, text=text)
