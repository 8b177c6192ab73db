"""The needs whose records the case file itself keeps. What was recorded after the step was taken does not count.

What is on record on a case that was joined to this one counts here.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cases.choices import PartyRole
from cases.confided import known_on
from cases.gates.engine import Answer, Step, case_gates, has_the_case
from cases.gates.schema import ApprovalsSection, Requirement
from cases.models import Approval, Decision, Notice, Party
from cases.selectors.joined import written
from policies.working_time import LONDON

PARTS = {"respondents": PartyRole.RESPONDENT, "complainants": PartyRole.COMPLAINANT}


def register() -> None:
    for key, check in (
        ("detail", detail),
        ("decision", decision),
        ("approval", approval),
        ("notice", notice),
        ("managed_by", managed_by),
        ("request_unanswered", request_unanswered),
    ):
        case_gates.register(key, check)


def detail(step: Step, requirement: Requirement) -> Answer:
    """An answer given with the step: a question nobody answered is not met."""
    given = step.details.get(requirement.of or "")
    if requirement.value is None:
        return Answer(given is not None and bool(str(given).strip()))
    return Answer(given == requirement.value)


def decision(step: Step, requirement: Requirement) -> Answer:
    """The newest decision of this kind is on record, with this answer where one is asked for."""
    found = newest_decision(step, requirement.of or "")
    met = found is not None and requirement.value in (None, found.answer)
    words = _("%(name)s: %(answer)s") % {"name": found.decided_by, "answer": found.answer} if found else ""
    return Answer(met, words or step.anew, "record-decision", requirement.of or "")


def approval(step: Step, requirement: Requirement) -> Answer:
    """The newest answer stands: a no after a yes takes it back. Advice counts whatever it says.

    It does not outlive what it approved: a later assessment needs a later approval.
    """
    page, key = "approve", requirement.of or ""
    found = newest_approval(step, key)
    if found is None:
        return Answer(False, step.anew, page, key)
    if requirement.by and found.position not in requirement.by:
        return Answer(False, _("given by somebody in another position"), page, key)
    if found.answer == Approval.Answer.NO:
        return Answer(False, _("%(name)s said no") % {"name": found.decided_by}, page, key)
    if has_the_case(step, found.decided_by_user_id):
        words = _("%(name)s has the case: somebody else approves it") % {"name": found.decided_by}
        return Answer(False, words, page, key)
    if _takes_it(step, found):
        return Answer(False, _("somebody else takes the step that you approved"), page, key)
    if _is_outlived(step, found):
        return Answer(False, _("what it approved was recorded again afterwards"), page, key)
    return Answer(True, found.decided_by, page, key)


def notice(step: Step, requirement: Requirement) -> Answer:
    """Everybody it is meant for was told in each of the ways asked for: ``to`` whom, ``how``, about ``of``."""
    notices = written(step.case, "notices")
    given = [one for one in notices if one.of == requirement.of and step.counts(one.given_at)]
    if requirement.to is None:
        return _told(given, requirement, {one.person_id for one in given} or {0}, any_of_them=True)
    people = {
        party.person_id: party.person.name for party in _parties(step) if party.role == PARTS[requirement.to]
    }
    if not people:
        return Answer(False, _("nobody is named on the case whom we could tell"), "add-party")
    return _told(given, requirement, set(people))


def managed_by(step: Step, requirement: Requirement) -> Answer:
    """The case is with this team (``of``), or its officer holds one of these positions (``by``)."""
    owner = step.case.owner
    right_team = requirement.of in (None, step.case.team.key)
    right_officer = not requirement.by or (
        owner is not None and not set(owner.positions).isdisjoint(requirement.by)
    )
    with_whom = owner.user.name if owner else _("nobody has this case")
    return Answer(right_team and right_officer, f"{step.case.team.label}, {with_whom}", "reassign")


def request_unanswered(step: Step, requirement: Requirement) -> Answer:
    """Something was asked of the reporter, the time has passed, and no answer came."""
    open_requests = step.case.requests.filter(answered_at__isnull=True)
    today = step.at.astimezone(LONDON).date()
    asked = [one for one in open_requests if step.counts(one.asked_at)]
    waited = [one for one in asked if one.answer_by is None or one.answer_by < today]
    return Answer(bool(waited), page="ask-of-person")


def newest_decision(step: Step, key: str) -> Decision | None:
    decisions: list[Decision] = written(step.case, "decisions")
    made = (one for one in decisions if one.key == key and step.counts(one.decided_at))
    return max(made, key=lambda one: (one.decided_at, one.pk), default=None)


def newest_approval(step: Step, key: str) -> Approval | None:
    approvals: list[Approval] = written(step.case, "approvals")
    given = (one for one in approvals if one.what == key and step.counts(one.decided_at))
    return max(given, key=lambda one: (one.decided_at, one.pk), default=None)


def _takes_it(step: Step, given: Approval) -> bool:
    """Whoever approved a step does not take it, not even after giving the case away. A further approval is no step."""
    by = step.by.user_id
    return by is not None and by == given.decided_by_user_id and not step.key.startswith("approve:")


def _is_outlived(step: Step, given: Approval) -> bool:
    rule = step.policy.section(ApprovalsSection).rule(given.what)
    approved = rule.not_by_author_of if rule else ()
    records = [newest_decision(step, key) or newest_approval(step, key) for key in approved]
    return any(one is not None and one.decided_at > given.decided_at for one in records)


def _told(
    given: Iterable[Notice], requirement: Requirement, people: set[int], *, any_of_them: bool = False
) -> Answer:
    wanted = requirement.how or (Notice.How.SPOKEN,)
    told = {(one.person_id, one.how) for one in given}
    words = {
        Notice.How.SPOKEN: _("not told in person or by telephone"),
        Notice.How.WRITTEN: _("not told in writing"),
    }
    enough = any if any_of_them else all
    missing = [how for how in wanted if not enough((person, how) in told for person in people)]
    return Answer(
        not missing, "; ".join(words[Notice.How(how)] for how in missing), "give-notice", requirement.of or ""
    )


def _parties(step: Step) -> list[Party]:
    return known_on(step.case, step.case.parties.select_related("person").order_by("since", "id"))
