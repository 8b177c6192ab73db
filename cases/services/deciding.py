"""Putting on record the decisions a policy asks for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cases import deadlines
from cases.choices import DeadlineState, PartyRole
from cases.confided import known_on
from cases.lifecycle import CaseState
from cases.models import Case, Decision, Party, Person, Report
from cases.schema import Asked, RecordRule, RecordsSection
from cases.selectors.joined import written
from cases.services.locking import locked
from landlords.permissions import Permission, Refused, check
from policies.schema import Policy
from policies.selectors import policy_of
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

MADE_BY_A_DECISION = {"lead_agency": "lead_agency", "liaison_officer": "liaison_officer"}
"""Duties (by kind) that are met when the decision with this key is on record."""


@dataclass(frozen=True)
class ToRecord:
    """One question the policy asks of a case, with its latest answer if there is one.

    ``person``: whom it is asked of, where it is asked of each who is kept confidential.
    """

    rule: RecordRule
    latest: Decision | None
    person: Person | None = None

    @property
    def when_needed(self) -> bool:
        """Called for at once where there is somebody it is asked of."""
        return self.rule.when_needed and self.person is None


def to_record(
    case: Case,
    respondents: Iterable[str] | None = None,
    made: Iterable[Decision] | None = None,
    parties: Iterable[Party] | None = None,
) -> list[ToRecord]:
    """Every decision this case's policy wants on record, unanswered ones first, else in the policy's order.

    ``respondents`` (what kind of person each report is about), the decisions ``made`` and the ``parties`` as this case
    knows them, where they have been read already.
    """
    rules = policy_of(case.policy).section(RecordsSection).records
    asked = _asked(case, _respondents(case) if respondents is None else respondents)
    wanted = [rule for rule in rules if rule.asked_on(asked)]
    if made is None:
        made = written(case, "decisions") if wanted else []
    ordered = sorted(made, key=lambda one: (one.decided_at, one.pk))
    latest = {(decision.key, decision.person_id): decision for decision in ordered}
    people = _confidential(case, parties) if any(rule.each_confidential for rule in wanted) else []
    found = [
        ToRecord(rule, latest.get((rule.key, person and person.pk)), person)
        for rule in wanted
        for person in (people if rule.each_confidential and people else [None])
    ]
    return sorted(found, key=lambda one: (one.latest is not None, one.when_needed))


def _confidential(case: Case, parties: Iterable[Party] | None) -> list[Person]:
    """Each once, in the order they came onto the case. Whoever is complained about is not asked for agreement."""
    if parties is None:
        parties = known_on(case, case.parties.select_related("person").order_by("since", "pk"))
    others = (party.person for party in parties if party.role != PartyRole.RESPONDENT)
    return list({person.pk: person for person in others if person.confidential}.values())


@transaction.atomic
def record_decision(
    case: Case, *, key: str, answer: str, reason: str, person_id: int | None = None, by: Actor
) -> Decision:
    """Record one decision with its reason, also on a closed case, which stays closed: an appeal or a review is
    decided after closing. Raises Refused on an unknown question, another answer, or no reason, without whom it is about
    where it is asked of each, and on a case that belongs to another one now.
    """
    case = locked(case)
    check(by, Permission.RECORD_DECISION)
    if case.status == CaseState.JOINED:
        raise Refused(_("This case belongs to another one now. Record it there."))
    asked = {(one.rule.key, one.person and one.person.pk): one for one in to_record(case)}
    if (key, person_id) not in asked:
        raise Refused(_("This case does not ask for that decision."))
    rule, person = asked[key, person_id].rule, asked[key, person_id].person
    _check_position(rule, policy_of(case.policy), by)
    if not answer.strip() or (rule.answers and answer not in rule.answers):
        raise Refused(_("Choose an answer to “%(question)s”.") % {"question": rule.question})
    if not reason.strip():
        raise Refused(_("Say why."))
    decision = Decision.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        person_id=person_id,
        key=key,
        question=rule.question,
        answer=answer,
        reason=reason,
        clause=rule.clause or "",
        decided_at=clock.now(),
        decided_by=by.name,
        decided_by_user_id=by.user_id,
    )
    _meet_duties(case, key)
    payload = {"question": rule.question, "answer": answer if rule.answers else "", "key": key}
    told = [person.name if person else "", "" if rule.answers else answer, reason]
    record(
        "decision_recorded" if case.is_open else "decision_after_closing",
        by=by,
        case_id=case.pk,
        subject=("decision", decision.pk),
        payload=payload,
        text="\n".join(words for words in told if words),
    )
    return decision


def _check_position(rule: RecordRule, policy: Policy, by: Actor) -> None:
    if rule.position is not None and by.is_person and rule.position not in by.positions:
        title = policy.core.positions[rule.position].label
        raise Refused(_("Only a %(title)s may decide this. Ask one to record it.") % {"title": title})


def _meet_duties(case: Case, key: str) -> None:
    kinds = [kind for kind, decision in MADE_BY_A_DECISION.items() if decision == key]
    for deadline in case.deadlines.select_for_update().filter(kind__in=kinds, state=DeadlineState.RUNNING):
        deadlines.meet(deadline, at=clock.now())


def _respondents(case: Case) -> list[str]:
    about = Report.objects.filter(incident__case=case).values_list("respondent", flat=True)
    return [person.get("kind", "") for person in about]


def _asked(case: Case, respondents: Iterable[str]) -> Asked:
    return Asked(
        route=case.route,
        level=case.level,
        behaviours=frozenset(case.behaviours),
        respondents=frozenset(kind for kind in respondents if kind),
        hate=case.hate,
        domestic_abuse=case.domestic_abuse,
    )
