"""Saying what is done about a risk. Neither band nor level changes the other without a named person (Ruling 6)."""

from django.db import transaction
from django.utils.translation import gettext as _

from cases.choices import DeadlineState
from cases.models import Case
from cases.permissions import check_can
from cases.services.categorising import recategorise
from cases.services.locking import locked
from landlords.permissions import Permission, Refused
from policies.selectors import policy_of
from riskmatrix.findings import level_proposed, needs_acting
from riskmatrix.models import Assessment
from riskmatrix.schema import Consequence
from riskmatrix.selectors import newest_of
from riskmatrix.services.clocks import meet
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


@transaction.atomic
def act_on_high(
    assessment: Assessment, *, words: str, raise_level: bool | None = None, by: Actor
) -> Assessment:
    """Keep what is done about the newest assessment of a person, and end the waiting for it.

    ``raise_level`` answers the level that the policy proposes at this band, where it does: either way somebody has
    decided it, with these words as the reason. Raises Refused without words or that answer, or where nothing waits.
    """
    case = locked(assessment.case)
    check_can(Permission.ASSESS_RISK, case, by=by)
    assessment = Assessment.objects.select_for_update().select_related("person").get(pk=assessment.pk)
    proposed = level_proposed(case, policy_of(case.policy), assessment.confirmed_band)
    _check(case, assessment, words, proposed, raise_level)
    if proposed is not None:
        _decide_level(case, assessment, proposed, words, raise_level, by)
    assessment.acted_at, assessment.acted_by, assessment.acted_words = clock.now(), by.name, words.strip()
    assessment.save(update_fields=["acted_at", "acted_by", "acted_words"])
    meet(case, assessment, "risk_acted_on", at=assessment.acted_at)
    record(
        "risk_acted_on",
        by=by,
        case_id=case.pk,
        subject=("assessment", assessment.pk),
        payload={"person_id": assessment.person_id, "band": assessment.confirmed_band},
        text=assessment.acted_words,
    )
    return assessment


def waits(case: Case, assessment: Assessment) -> bool:
    """Whether somebody still has to say what is done about this assessment."""
    if assessment.acted_at is not None:
        return False
    owed = case.deadlines.filter(person=assessment.person_id, kind="risk_action", state=DeadlineState.RUNNING)
    return needs_acting(assessment.confirmed_band) or owed.exists()


def _check(
    case: Case,
    assessment: Assessment,
    words: str,
    proposed: Consequence | None,
    raise_level: bool | None,
) -> None:
    reasons = []
    newest = newest_of(case, assessment.person_id)
    if newest is None or newest.pk != assessment.pk:
        reasons.append(_("There is a newer assessment. Say what is done about that one."))
    elif not waits(case, assessment):
        reasons.append(_("Nothing waits to be decided about this assessment."))
    if not words.strip():
        reasons.append(_("Say what is done about the risk, or why nothing is."))
    if proposed is not None and raise_level is None:
        reasons.append(_("Say whether the level of the case is raised."))
    if reasons:
        raise Refused(*reasons)


def _decide_level(
    case: Case,
    assessment: Assessment,
    proposed: Consequence,
    words: str,
    raise_level: bool | None,
    by: Actor,
) -> None:
    if raise_level and proposed.raises_to:
        recategorise(case, level=proposed.raises_to, reason=words, by=by)
        return
    payload = {
        "person_id": assessment.person_id,
        "level": case.level_label,
        "proposed": proposed.raises_to,
        "clause": proposed.clause,
    }
    record("level_kept", by=by, case_id=case.pk, payload=payload, text=words.strip())
