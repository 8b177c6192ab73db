"""What a policy's gates may ask about risk."""

import datetime

from django.utils.translation import gettext as _

from cases.gates.engine import Answer, Step, case_gates
from cases.gates.schema import Requirement
from cases.models import Approval
from cases.selectors.joined import written
from policies.working_time import LONDON
from riskmatrix.findings import needs_acting
from riskmatrix.models import Assessment
from riskmatrix.selectors import complainants_of, newest_assessments

PAGE = "risk"


def register() -> None:
    for key, check in (
        ("assessed", assessed),
        ("final_assessment", final_assessment),
        ("advice_if_high", advice_if_high),
        ("acted_on_high", acted_on_high),
    ):
        case_gates.register(key, check)


def assessed(step: Step, requirement: Requirement) -> Answer:
    """Each complainant was asked every question; where ``days`` are given, no longer ago than that."""
    days = requirement.days if "days" in requirement.model_fields_set else None
    return _recent(step, days)


def final_assessment(step: Step, requirement: Requirement) -> Answer:
    """Each complainant's newest assessment is complete and no more than ``days`` old."""
    return _recent(step, requirement.days)


def advice_if_high(step: Step, requirement: Requirement) -> Answer:
    """Where anybody's newest band is high, the advice or approval ``of`` was given after it, by these positions."""
    lacking = [
        name
        for name, newest in _newest(step)
        if newest is not None
        and needs_acting(newest.confirmed_band)
        and not _advised(step, requirement, newest)
    ]
    words = _("High risk: %(names)s.") % {"names": ", ".join(lacking)} if lacking else ""
    return Answer(not lacking, words, "approve", requirement.of or "")


def acted_on_high(step: Step, requirement: Requirement) -> Answer:
    """Nobody is at high risk without somebody having said what is done about it."""
    lacking = [
        name
        for name, newest in _newest(step)
        if newest is not None and needs_acting(newest.confirmed_band) and newest.acted_at is None
    ]
    return Answer(not lacking, ", ".join(lacking), PAGE)


def _recent(step: Step, days: int | None) -> Answer:
    found = [(name, _what_lacks(newest, step, days)) for name, newest in _newest(step)]
    lacking = [f"{name} ({words})" for name, words in found if words]
    return Answer(not lacking, ", ".join(lacking), PAGE)


def _what_lacks(newest: Assessment | None, step: Step, days: int | None) -> str:
    if newest is None:
        return _("not assessed")
    if step.since is not None and newest.assessed_at < step.since:
        return _("not assessed since the case was reopened")
    if not newest.complete:
        return _("not every question was asked")
    age = _day(step.at) - _day(newest.assessed_at)
    if days is not None and age > datetime.timedelta(days=days):
        return _("assessed %(days)d days ago") % {"days": age.days}
    return ""


def _newest(step: Step) -> list[tuple[str, Assessment | None]]:
    """Each complainant with their newest assessment. Nobody known: nothing can be asked of anybody (Ruling 14)."""
    newest = newest_assessments(step.case)
    return [(party.person.name, newest.get(party.person_id)) for party in complainants_of(step.case)]


def _advised(step: Step, requirement: Requirement, newest: Assessment) -> bool:
    approvals: list[Approval] = written(step.case, "approvals")
    given = [one for one in approvals if one.what == requirement.of and step.counts(one.decided_at)]
    return any(
        one.decided_at >= newest.assessed_at and (not requirement.by or one.position in requirement.by)
        for one in given
    )


def _day(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(LONDON).date()
