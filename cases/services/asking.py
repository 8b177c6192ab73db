"""What we asked of somebody and whether they answered (Ruling 15): without it nobody "has not worked with us"."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case, Request
from cases.permissions import check_can
from cases.services.locking import locked
from cases.services.moments import with_reason, wrong_with
from landlords.permissions import Permission, Refused
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


@transaction.atomic
def ask_of_person(
    case: Case,
    *,
    person_id: int,
    what: str,
    asked_at: datetime.datetime | None = None,
    answer_by: datetime.date | None = None,
    late_reason: str = "",
    by: Actor,
) -> Request:
    """Put on record that we asked somebody for something, and until when.

    Raises Refused for somebody not on the case, with nothing asked, on a wrong moment, or a day before it was asked.
    """
    case = locked(case)
    check_can(Permission.RECORD_CONTACT, case, by=by)
    asked = asked_at or clock.now()
    reasons = wrong_with(asked, late_reason)
    if not case.parties.filter(person_id=person_id).exists():
        reasons.append(_("Choose somebody who is part of this case."))
    if not what.strip():
        reasons.append(_("Say what was asked."))
    if answer_by is not None and answer_by < asked.astimezone(LONDON).date():
        reasons.append(_("The day to answer by cannot be before the day it was asked."))
    if reasons:
        raise Refused(*reasons)
    request = Request.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        person_id=person_id,
        what=what,
        asked_at=asked,
        answer_by=answer_by,
        recorded_by=by.name,
    )
    _record("person_asked", request, by, with_reason(what, late_reason), asked)
    return request


@transaction.atomic
def record_answer(
    request: Request,
    *,
    answer: str,
    answered_at: datetime.datetime | None = None,
    late_reason: str = "",
    by: Actor,
) -> Request:
    """Put the answer beside what was asked, once. Raises Refused without words, or for a moment before the asking."""
    case = locked(request.case)
    check_can(Permission.RECORD_CONTACT, case, by=by)
    request = Request.objects.select_for_update().get(pk=request.pk)
    answered = answered_at or clock.now()
    reasons = wrong_with(answered, late_reason)
    if request.answered_at is not None:
        reasons.append(_("The answer is already on the file."))
    if not answer.strip():
        reasons.append(_("Say what they answered."))
    if answered < request.asked_at:
        reasons.append(_("They cannot have answered before they were asked."))
    if reasons:
        raise Refused(*reasons)
    request.answered_at = answered
    request.answer = answer
    request.save(update_fields=["answered_at", "answer"])
    _record("person_answered", request, by, with_reason(answer, late_reason), answered)
    return request


def _record(verb: str, request: Request, by: Actor, text: str, at: datetime.datetime) -> None:
    record(
        verb,
        by=by,
        case_id=request.case_id,
        subject=("request", request.pk),
        payload={"person_id": request.person_id},
        text=text,
        occurred_at=at,
    )
