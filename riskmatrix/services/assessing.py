"""Recording one assessment: refused as a whole, or kept with everything it was worked out from."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case
from cases.permissions import check_can
from cases.services.locking import locked
from cases.services.working import take_in_hand
from landlords.permissions import Permission, Refused
from riskmatrix.engine import Answered, Answers, Fault, Scored, faults, score
from riskmatrix.findings import risk_of
from riskmatrix.instrument import Instrument
from riskmatrix.models import Assessment, Band
from riskmatrix.schema import Risk
from riskmatrix.selectors import complainants_of, newest_of
from riskmatrix.services.clocks import follow
from riskmatrix.services.consent import keep_consents
from riskmatrix.services.telling import tell_managers
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

A_DAY = datetime.timedelta(days=1)


@transaction.atomic
def assess_risk(
    case: Case,
    *,
    person_id: int,
    answers: Mapping[int, Answered],
    confirmed_band: str,
    judgement: str = "",
    occasion: str = "",
    assessed_at: datetime.datetime | None = None,
    late_reason: str = "",
    consents: Mapping[str, bool] | None = None,
    by: Actor,
) -> Assessment:
    """Keep one complainant's answers, their score, the band it suggests and the band the officer confirms.

    Clocks follow only where every question was asked (Places for People 5.4); an unfinished assessment is kept all
    the same. Raises Refused with everything that is wrong.
    """
    case = locked(case)
    check_can(Permission.ASSESS_RISK, case, by=by)
    risk, moment = risk_of(case), assessed_at or clock.now()
    instrument = risk.questions
    _check(case, instrument, answers, person_id, moment, late_reason)
    found = score(instrument, answers, risk.scaling.scale)
    _check_band(found, confirmed_band, judgement)
    before = newest_of(case, person_id)
    told = {
        "confirmed_band": confirmed_band,
        "judgement": judgement.strip(),
        "occasion": occasion,
        "assessed_at": moment,
    }
    assessment = Assessment.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        person_id=person_id,
        answers={str(number): given.as_json() for number, given in sorted(answers.items())},
        recorded_at=clock.now(),
        recorded_by=by.name,
        recorded_by_user_id=by.user_id,
        **told,
        **_worked_out(risk, found),
    )
    if before is None or before.assessed_at <= moment:
        follow(case, assessment, before.confirmed_band if before else None)
        tell_managers(case, assessment, by=by)
    take_in_hand(case, by)
    keep_consents(case, person_id, consents or {}, by)
    _record(case, assessment, late_reason, by)
    return assessment


def _worked_out(risk: Risk, found: Scored) -> dict[str, Any]:
    """With the instrument and the bands of the day, so that nothing is ever banded anew."""
    scale = risk.scaling.scale
    return {
        "instrument": risk.instrument,
        "instrument_version": risk.version,
        "mode": scale.mode,
        "medium_from": scale.medium_from,
        "high_from": scale.high_from,
        "score": found.score,
        "most": found.most,
        "complete": found.complete,
        "computed_band": found.band,
    }


def _check(
    case: Case,
    instrument: Instrument,
    answers: Answers,
    person_id: int,
    moment: datetime.datetime,
    late_reason: str,
) -> None:
    reasons = [fault_words(fault) for fault in faults(instrument, answers)]
    if person_id not in {party.person_id for party in complainants_of(case)}:
        reasons.append(_("Choose a complainant of this case: risk is assessed for each of them."))
    if not any(given.asked for given in answers.values()):
        reasons.append(_("Ask at least one question before you save."))
    if moment > clock.now():
        reasons.append(_("The assessment cannot be in the future."))
    elif clock.now() - moment > A_DAY and not late_reason.strip():
        reasons.append(_("This was more than a day ago. Say why it is recorded late."))
    if reasons:
        raise Refused(*reasons)


def _check_band(found: Scored, confirmed_band: str, judgement: str) -> None:
    if confirmed_band not in Band.values:
        raise Refused(_("Confirm the band: low, medium or high."))
    if confirmed_band != found.band and not judgement.strip():
        told = {"score": found.score, "band": Band(found.band).label, "other": Band(confirmed_band).label}
        raise Refused(
            _("The score is %(score)s, which suggests %(band)s. Say why you judge the risk as %(other)s.")
            % told
        )


def fault_words(fault: Fault) -> str:
    """One thing wrong with an answer, in the user's words."""
    words = {
        "unknown_question": _("There is no question %(number)d."),
        "unknown_option": _("Question %(number)d: choose one of its answers."),
        "one_answer": _("Question %(number)d has one answer."),
        "goes_alone": _("Question %(number)d: “none” cannot go with another answer."),
        "declined_and_answered": _("Question %(number)d is answered: take back “declined / not known”."),
    }
    return words[fault.kind] % {"number": fault.number}


def _record(case: Case, assessment: Assessment, late_reason: str, by: Actor) -> None:
    record(
        "risk_assessed",
        by=by,
        case_id=case.pk,
        subject=("assessment", assessment.pk),
        payload={
            "person_id": assessment.person_id,
            "score": assessment.score,
            "most": assessment.most,
            "band": assessment.confirmed_band,
            "computed": assessment.computed_band,
            "complete": assessment.complete,
        },
        text="\n".join(words for words in (assessment.judgement, late_reason.strip()) if words),
        occurred_at=assessment.assessed_at,
    )
