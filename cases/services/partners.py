"""Working with other agencies: referring somebody with their consent, and telling partners on a lawful basis.

What each needs is the landlord's data (``cases.partner_rules``): a need with a clause refuses, our reading reminds.
"""

import datetime
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from cases import deadlines
from cases.choices import DeadlineState, PartyRole
from cases.gates.engine import GateRefused, Looked, Step, look
from cases.gates.sharing import manager_agrees
from cases.models import Case, Deadline, Referral, Sharing
from cases.models.partner import LawfulBasis, Permitted
from cases.partner_rules import Agency, Partners, PartnersSection
from cases.permissions import check_can
from cases.services.locking import locked
from cases.services.moments import with_reason, wrong_with
from cases.services.opening import governing_of
from landlords.permissions import Permission, Refused
from policies.selectors import policy_of
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

_COMPLAINANT_SIDE = (PartyRole.COMPLAINANT, PartyRole.REPORTER, PartyRole.WITNESS)


def partners_of(case: Case) -> Partners:
    """The agencies of this case's policy, and what working with them needs."""
    return policy_of(case.policy).section(PartnersSection).partners


@transaction.atomic
def refer_person(
    case: Case,
    *,
    person_id: int,
    agency: str,
    reason: str,
    consent: str,
    basis_without_consent: str = "",
    made_at: datetime.datetime | None = None,
    late_reason: str = "",
    by: Actor,
) -> Referral:
    """Record that somebody on the case was referred. It meets a promise to refer that waits for this agency.

    Raises Refused (GateRefused where the policy stands against it) with everything that is missing.
    """
    case = locked(case)
    check_can(Permission.SHARE, case, by=by)
    referral = Referral(
        landlord_id=case.landlord_id,
        case=case,
        person_id=person_id,
        agency=agency.strip(),
        reason=reason,
        consent=Permitted(consent),
        basis_without_consent=basis_without_consent if _is_ground(consent, basis_without_consent) else "",
        made_at=made_at or clock.now(),
        recorded_by=by.name,
    )
    rules = partners_of(case)
    reasons = [
        *wrong_with(referral.made_at, late_reason),
        *_nobody(case, person_id),
        *_empty(agency, reason, _("Say why they are referred.")),
    ]
    _refuse(reasons, look_at_referral(referral, by=by))
    referral.save()
    _meet_referral_duty(case, referral, rules)
    _record("referral_made", referral, referral.made_at, with_reason(reason, late_reason), by)
    return referral


def _is_ground(consent: str, basis: str) -> bool:
    """A ground is for sharing without consent; that it is about somebody's safety stays true with it (who may read)."""
    return consent != Permitted.YES or basis == LawfulBasis.SAFEGUARDING


@transaction.atomic
def record_referral_outcome(
    referral: Referral,
    *,
    outcome: str,
    outcome_at: datetime.datetime | None = None,
    late_reason: str = "",
    by: Actor,
) -> Referral:
    """What came of a referral, once. Raises Refused without words, or for a moment before the referral."""
    case = locked(referral.case)
    check_can(Permission.SHARE, case, by=by)
    referral = Referral.objects.select_for_update(of=("self",)).select_related("case").get(pk=referral.pk)
    at = outcome_at or clock.now()
    reasons = wrong_with(at, late_reason)
    if referral.outcome_at is not None:
        reasons.append(_("The outcome is already on the file."))
    if not outcome.strip():
        reasons.append(_("Say what came of it."))
    if at < referral.made_at:
        reasons.append(_("The outcome cannot be before the referral."))
    if reasons:
        raise Refused(*reasons)
    referral.outcome, referral.outcome_at = outcome, at
    referral.save(update_fields=["outcome", "outcome_at"])
    _record("referral_outcome", referral, at, with_reason(outcome, late_reason), by)
    return referral


@transaction.atomic
def share_information(
    case: Case,
    *,
    person_id: int | None,
    agency: str,
    what: str,
    permission: str,
    basis: str,
    person_told: bool,
    why_not_told: str = "",
    purpose: str = "",
    shared_at: datetime.datetime | None = None,
    late_reason: str = "",
    by: Actor,
) -> Sharing:
    """Record that a partner was told something: what, on which basis, and what the person concerned said.

    ``person_id`` is None where it is about nobody in particular. A manager who records it without permission thereby
    agrees to it. It meets a duty to share that is owed to this person. Raises Refused (GateRefused where the policy
    stands against it) with everything that is missing.
    """
    case = locked(case)
    check_can(Permission.SHARE, case, by=by)
    sharing = Sharing(
        landlord_id=case.landlord_id,
        case=case,
        person_id=person_id,
        agency=agency.strip(),
        what=what,
        permission=Permitted(permission),
        basis=LawfulBasis(basis),
        purpose=purpose,
        person_told=person_told,
        why_not_told="" if person_told else why_not_told.strip(),
        shared_at=shared_at or clock.now(),
        recorded_by=by.name,
    )
    reasons = [
        *wrong_with(sharing.shared_at, late_reason),
        *(_nobody(case, person_id) if person_id is not None else []),
        *_empty(agency, what, _("Say what was told, and why.")),
        *_contradictions(sharing),
    ]
    _refuse(reasons, look_at_sharing(sharing, by=by))
    sharing.approved_by = _agreed_by(sharing, by)
    sharing.save()
    _meet(case, "information_shared", person_id, at=sharing.shared_at)
    _record("information_shared", sharing, sharing.shared_at, with_reason(what, late_reason), by)
    return sharing


def look_at_referral(referral: Referral, *, by: Actor) -> Looked:
    """What the policy says of this referral: what refuses it, and of what it reminds. Changes nothing."""
    rules = partners_of(referral.case)
    known = rules.agency(referral.agency)
    details = {
        **_details(referral.consent, referral.basis_without_consent, "referring", rules),
        "internal": known is not None and known.internal,
        "complainant_side": _is_complainant_side(referral.case, referral.person_id),
    }
    return look(_step("refer_person", referral.case, details, referral.made_at, by), rules.referring)


def look_at_sharing(sharing: Sharing, *, by: Actor) -> Looked:
    """What the policy says of telling a partner this: what refuses it, and of what it reminds. Changes nothing."""
    rules = partners_of(sharing.case)
    step = _sharing_step(sharing, by)
    return look(step, rules.sharing)


def _sharing_step(sharing: Sharing, by: Actor) -> Step:
    rules = partners_of(sharing.case)
    details = {
        **_details(sharing.permission, sharing.basis, "sharing", rules),
        "complainant_side": _is_complainant_side(sharing.case, sharing.person_id),
        "told_or_why_not": sharing.person_told or bool(sharing.why_not_told),
        "purpose": sharing.purpose,
    }
    return _step("share_information", sharing.case, details, sharing.shared_at, by)


def _step(key: str, case: Case, details: dict[str, Any], at: datetime.datetime, by: Actor) -> Step:
    return Step(key, case, policy_of(case.policy), by, at, details)


def _details(
    permission: str, basis: str, step: Literal["sharing", "referring"], rules: Partners
) -> dict[str, Any]:
    agreed = permission == Permitted.YES
    return {
        "asked": permission != Permitted.NOT_ASKED,
        "agreed": agreed,
        "lawful": agreed or rules.stands_without(step, basis),
        "safeguarding": basis == LawfulBasis.SAFEGUARDING,
    }


def _is_complainant_side(case: Case, person_id: int | None) -> bool:
    return (
        person_id is not None
        and case.parties.filter(person_id=person_id, role__in=_COMPLAINANT_SIDE).exists()
    )


def _nobody(case: Case, person_id: int) -> list[str]:
    if case.parties.filter(person_id=person_id).exists():
        return []
    return [_("Choose somebody who is part of this case.")]


def _empty(agency: str, text: str, why: str) -> list[str]:
    told = ((agency, _("Say which agency.")), (text, why))
    return [reason for given, reason in told if not given.strip()]


def _contradictions(sharing: Sharing) -> list[str]:
    told = []
    if sharing.permission != Permitted.YES and sharing.basis == LawfulBasis.CONSENT:
        told.append(
            _("They did not agree, so it cannot be shared because they agreed. Choose another basis.")
        )
    if sharing.person_id is not None and not sharing.person_told and not sharing.why_not_told:
        told.append(_("Say why they were not told."))
    return told


def _refuse(reasons: list[str], looked: Looked) -> None:
    if reasons:
        raise Refused(*reasons, *(reason.sentence for reason in looked.unmet))
    if looked.unmet:
        raise GateRefused(looked)


def _agreed_by(sharing: Sharing, by: Actor) -> str:
    """The manager who agreed to sharing without permission, where the policy asks for one and it is the recorder."""
    if sharing.permission == Permitted.YES:
        return ""
    step = _sharing_step(sharing, by)
    asked = [rule for rule in partners_of(sharing.case).sharing if rule.need == "manager_agrees"]
    return by.name if any(manager_agrees(step, rule).met for rule in asked) else ""


def _meet_referral_duty(case: Case, referral: Referral, rules: Partners) -> None:
    """The promise waits for one agency where the policy names it, else for any. A team of ours takes the whole case."""
    awaited = [agency.label for agency in rules.agencies if agency.meets_referral_duty]
    if awaited and referral.agency not in awaited:
        return
    known = rules.agency(referral.agency)
    whole_case = known is not None and known.internal
    met = _meet(case, "referral_made", None if whole_case else referral.person_id, at=referral.made_at)
    for deadline in met:
        if deadline.person is not None:
            deadlines.start_on("referred", case, deadline.person, governing_of(case), at=referral.made_at)


def _meet(case: Case, met_by: str, person_id: int | None, *, at: datetime.datetime) -> list[Deadline]:
    """Those owed to this person; every one of the case where nobody in particular is meant."""
    running = case.deadlines.select_for_update(of=("self",)).filter(
        state=DeadlineState.RUNNING, met_by=met_by, start_at__lte=at
    )
    if person_id is not None:
        running = running.filter(person_id=person_id)
    return [deadlines.meet(one, at=at) for one in running.select_related("person").order_by("id")]


_GUARDED = {
    "referral_made": "safeguarding_referral",
    "referral_outcome": "safeguarding_outcome",
    "information_shared": "safeguarding_shared",
}
"""The verbs for what is done to protect a child or an adult at risk, which fewer people read."""


def _record(verb: str, subject: Referral | Sharing, at: datetime.datetime, text: str, by: Actor) -> None:
    """An agency the policy does not name may say something of the person: it goes to the text, not the chain."""
    known: Agency | None = partners_of(subject.case).agency(subject.agency)
    basis = subject.basis_without_consent if isinstance(subject, Referral) else subject.basis
    record(
        _GUARDED[verb] if basis == LawfulBasis.SAFEGUARDING else verb,
        by=by,
        case_id=subject.case_id,
        subject=("referral" if isinstance(subject, Referral) else "sharing", subject.pk),
        payload={
            "agency": known.label if known else _("an agency outside the list"),
            "person_id": subject.person_id,
        },
        text=text if known else f"{subject.agency}: {text}",
        occurred_at=at,
    )
