"""What a gated step asks of people: a named person's approval, somebody told, a rule set aside with reasons."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.gates.checks import newest_approval, newest_decision
from cases.gates.engine import Looked, Step, check_gates, look
from cases.gates.schema import ApprovalRule, ApprovalsSection, DeviationRule
from cases.gates.steps import GatedStep, steps_of
from cases.models import Approval, Case, Decision, Deviation, Notice
from cases.permissions import check_can
from cases.services.locking import locked
from landlords.permissions import OurRule, Permission, Refused, Role
from policies.schema import Policy
from policies.selectors import policy_of
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


@transaction.atomic
def approve(case: Case, *, what: str, answer: str, reason: str, by: Actor) -> Approval:
    """A yes, a no or a piece of advice, by somebody whose it is and who did not ask for it.

    Raises Refused with everything against it (another's to give, four eyes, no reason), and GateRefused where
    something must be there first; nothing is saved.
    """
    case = locked(case)
    check_can(Permission.APPROVE, case, by=by)
    policy = policy_of(case.policy)
    rule = policy.section(ApprovalsSection).rule(what)
    if rule is None:
        raise Refused(_("The policy does not ask for that approval."))
    against = [*why_not(case, rule, by=by), *_unsaid(rule, answer, reason)]
    if against:
        raise Refused(*against)
    check_gates(_step(case, rule, policy, by), rule.needs)
    approval = _approval(case, rule, answer, reason, by)
    label = str(Approval.Answer(answer).label)
    record(
        "approval_given",
        by=by,
        case_id=case.pk,
        subject=("approval", approval.pk),
        payload={"answer": label, "what": rule.label, "key": what},
        text=reason,
    )
    return approval


def why_not(case: Case, rule: ApprovalRule, *, by: Actor) -> list[str]:
    """Why this person may not give this approval on this case; empty where they may."""
    policy = policy_of(case.policy)
    step = _step(case, rule, policy, by)
    reasons = [] if _held(case, rule, by) is not None else [_only(policy, rule, case)]
    if by.membership_id is not None and by.membership_id == case.owner_id:
        own = _(
            "Four eyes: the case is yours, and nobody approves a step on their own case. Ask somebody else."
        )
        reasons.append(OurRule(own))
    for key in rule.not_by_author_of:
        author = newest_decision(step, key) or newest_approval(step, key)
        if author is not None and _is_author(author, by):
            words = {"what": _subject(author, policy)}
            told = _("Four eyes: you recorded “%(what)s” yourself. Somebody else approves it.") % words
            reasons.append(OurRule(told))
    return reasons


def look_at_approval(case: Case, rule: ApprovalRule, *, by: Actor) -> Looked:
    """What has to be there before this approval, and how it stands."""
    return look(_step(case, rule, policy_of(case.policy), by), rule.needs)


def titles_of(policy: Policy, positions: tuple[str, ...]) -> str:
    """Job titles in words; any manager where the policy names nobody."""
    return _(" or ").join(policy.core.positions[one].label for one in positions) or _("any manager")


@transaction.atomic
def give_notice(
    case: Case, *, person_id: int, of: str, how: str, given_at: datetime.datetime, summary: str, by: Actor
) -> Notice:
    """Somebody on the case was told what the policy wants told. Raises Refused with everything that is missing."""
    case = locked(case)
    check_can(Permission.RECORD_CONTACT, case, by=by)
    label = notice_label(policy_of(case.policy), of)
    against = []
    if label is None:
        against.append(_("The policy does not ask for anybody to be told that."))
    if not case.parties.filter(person_id=person_id).exists():
        against.append(_("Choose somebody who is part of this case."))
    if how not in Notice.How.values:
        against.append(_("Say whether they were told in person or by telephone, or in writing."))
    if given_at > clock.now():
        against.append(_("The date and time cannot be in the future."))
    if not summary.strip():
        against.append(_("Say what they were told, or where the letter is kept."))
    if against:
        raise Refused(*against)
    notice = Notice.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        person_id=person_id,
        of=of,
        how=how,
        summary=summary.strip(),
        given_at=given_at,
        recorded_at=clock.now(),
        recorded_by=by.name,
    )
    record(
        "notice_given",
        by=by,
        case_id=case.pk,
        subject=("notice", notice.pk),
        payload={"how": str(Notice.How(how).label), "of": label, "person_id": person_id},
        text=notice.summary,
        occurred_at=given_at,
    )
    return notice


def notice_label(policy: Policy, of: str) -> str | None:
    """What the policy calls it; None where the policy does not ask for it."""
    rule = policy.section(ApprovalsSection).notice(of)
    return rule.label if rule else None


@transaction.atomic
def set_aside(case: Case, *, step: str, reasons: str, why_proportionate: str, by: Actor) -> Deviation:
    """A manager sets the gates of one step aside on this case, where the policy itself allows that.

    What the policy never waives, and our own safety rules, stay. Raises Refused with everything against it.
    """
    case = locked(case)
    check_can(Permission.DEVIATE, case, by=by)
    policy = policy_of(case.policy)
    rule = policy.section(ApprovalsSection).deviation
    if rule is None:
        raise Refused(_("This policy has no rule for setting its gates aside."))
    found = step_of(policy, step)
    against = _against_setting_aside(case, rule, policy, by)
    if found is None:
        against.append(_("Choose the step whose gates are set aside."))
    if not reasons.strip():
        against.append(_("Record the reasons."))
    if not why_proportionate.strip():
        against.append(_("Say why it is fair, reasonable and proportionate."))
    if found is None or against:
        raise Refused(*against)
    deviation = Deviation.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        step=step,
        reasons=reasons.strip(),
        why_proportionate=why_proportionate.strip(),
        clause=rule.clause or "",
        decided_at=clock.now(),
        decided_by=by.name,
        decided_by_user_id=by.user_id,
    )
    record(
        "gate_set_aside",
        by=by,
        case_id=case.pk,
        subject=("deviation", deviation.pk),
        payload={"step": found.label, "key": step},
        text=f"{deviation.reasons}\n{deviation.why_proportionate}",
    )
    return deviation


def step_of(policy: Policy, key: str) -> GatedStep | None:
    return next((step for step in steps_of(policy) if step.key == key), None)


def _against_setting_aside(case: Case, rule: DeviationRule, policy: Policy, by: Actor) -> list[str]:
    against = []
    if rule.by and set(by.positions).isdisjoint(rule.by):
        titles = {"titles": titles_of(policy, rule.by)}
        against.append(
            _("Only somebody with this position may set the policy’s gates aside: %(titles)s.") % titles
        )
    if by.membership_id is not None and by.membership_id == case.owner_id:
        against.append(OurRule(_("Four eyes: the case is yours. Another manager sets its gates aside.")))
    return against


def _step(case: Case, rule: ApprovalRule, policy: Policy, by: Actor) -> Step:
    return Step(key=f"approve:{rule.key}", case=case, policy=policy, by=by, at=clock.now())


def _held(case: Case, rule: ApprovalRule, by: Actor) -> str | None:
    """The position under which somebody gives it, empty for a manager; None where it is not theirs."""
    positions = rule.positions(case.team.key)
    if not positions:
        return "" if by.role == Role.MANAGER else None
    return next((one for one in positions if one in by.positions), None)


def _only(policy: Policy, rule: ApprovalRule, case: Case) -> str:
    titles = {"titles": titles_of(policy, rule.positions(case.team.key)), "clause": rule.clause}
    if rule.clause:
        return _("Only somebody with this position may give it: %(titles)s (%(clause)s).") % titles
    return _("Only somebody with this position may give it: %(titles)s.") % titles


def _is_author(found: Decision | Approval, by: Actor) -> bool:
    if found.decided_by_user_id is None or by.user_id is None:
        return found.decided_by == by.name
    return found.decided_by_user_id == by.user_id


def _subject(found: Decision | Approval, policy: Policy) -> str:
    if isinstance(found, Decision):
        return found.question
    rule = policy.section(ApprovalsSection).rule(found.what)
    return rule.label if rule else found.what


def _unsaid(rule: ApprovalRule, answer: str, reason: str) -> list[str]:
    allowed = (Approval.Answer.ADVICE,) if rule.advice else (Approval.Answer.YES, Approval.Answer.NO)
    unsaid = [] if answer in allowed else [_("Answer “%(question)s”.") % {"question": rule.question}]
    return unsaid if reason.strip() else [*unsaid, _("Say why.")]


def _approval(case: Case, rule: ApprovalRule, answer: str, reason: str, by: Actor) -> Approval:
    now = clock.now()
    look_again = now.astimezone(LONDON).date() + datetime.timedelta(days=rule.look_again_days)
    return Approval.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        what=rule.key,
        answer=answer,
        reason=reason.strip(),
        position=_held(case, rule, by) or "",
        clause=rule.clause or "",
        decided_at=now,
        decided_by=by.name,
        decided_by_user_id=by.user_id,
        look_again_at=look_again if answer == Approval.Answer.YES else None,
    )
