"""Ending a case on a recorded ground, and taking it up again. Nothing ever closes by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import deadlines
from cases.choices import DeadlineState
from cases.gates.closing import CLOSE, reopened_at
from cases.gates.engine import GateRefused, Looked, Reason, Step, look
from cases.gates.minimum import MINIMUM
from cases.gates.schema import Closing, ClosingSection, Ground, Question
from cases.models import Case
from cases.services.locking import locked
from cases.services.mailing import queue_mailings
from cases.services.opening import governing_of
from landlords.permissions import Permission, Refused, check
from policies.schema import Policy
from policies.selectors import policy_of
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


@dataclass(frozen=True)
class Ending:
    """How somebody wants to end a case. ``details`` answer the questions of the policy, by their keys."""

    ground: str = ""
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def closing_rules(case: Case, policy: Policy | None = None) -> Closing:
    """The landlord's own rules; ours where it has none, and where the case is not anti-social behaviour."""
    closing = (policy or policy_of(case.policy)).section(ClosingSection).closing
    return closing if closing.grounds and case.route == "asb" else MINIMUM


def closing_stands(case: Case, *, by: Actor) -> Looked:
    """What is there and what is missing on the file for closing on any ground. Changes nothing."""
    rules = closing_rules(case)
    return look(_step(case, Ending(), by), [need for need in rules.needs if need.need != "detail"])


def look_at_closing(case: Case, ending: Ending, *, by: Actor) -> Looked:
    """Everything this ending needs and how it stands. Changes nothing."""
    rules = closing_rules(case)
    ground = rules.ground(ending.ground)
    return look(_step(case, ending, by), rules.needs_of(ground), _always(rules, ground, ending))


@transaction.atomic
def close_case(
    case: Case, *, ground: str, reason: str, details: Mapping[str, Any] | None = None, by: Actor
) -> Case:
    """Close an open case. Running clocks stop; misses stay, with their explanation still owed.

    The letters the policy wants are queued, not sent. Raises Refused when the case is not open, and GateRefused with
    everything that is missing, ground and reason included.
    """
    case = locked(case)
    check(by, Permission.CLOSE_CASE)
    if not case.is_open:
        raise Refused(_("This case is not open."))
    ending = Ending(ground, reason, details or {})
    looked = look_at_closing(case, ending, by=by)
    if looked.unmet:
        raise GateRefused(looked)
    _end(case, ending, by)
    return case


def _end(case: Case, ending: Ending, by: Actor) -> None:
    rules = closing_rules(case)
    ground = rules.ground(ending.ground)
    assert ground is not None
    _stop_clocks(case)
    case.close()
    case.closed_at = clock.now()
    case.closing_ground = ground.key
    case.save(update_fields=["status", "closed_at", "closing_ground"])
    text = "\n".join([ending.reason, *_answers(rules.questions_of(ground), ending)])
    record(
        "case_closed", by=by, case_id=case.pk, payload={"ground": ground.label, "key": ground.key}, text=text
    )
    queue_mailings(case, rules, reason=ending.reason, done=str(ending.details.get("action_taken", "")), by=by)


@transaction.atomic
def reopen_case(case: Case, *, reason: str, by: Actor) -> Case:
    """Take a closed case up again. The complainants' recurring contact is owed from now on as before."""
    case = locked(case)
    check(by, Permission.CLOSE_CASE)
    if case.status != "closed":
        raise Refused(_("This case is not closed."))
    if not reason.strip():
        raise Refused(_("Say why the case is reopened."))
    case.reopen()
    case.closed_at = None
    case.closing_ground = ""
    case.save(update_fields=["status", "closed_at", "closing_ground"])
    governing = governing_of(case)
    for party in case.parties.filter(role="complainant").select_related("person"):
        deadlines.restart_contact_interval(case, party, governing, spoke_at=clock.now())
    record("case_reopened", by=by, case_id=case.pk, text=reason)
    return case


def _step(case: Case, ending: Ending, by: Actor) -> Step:
    return Step(CLOSE, case, policy_of(case.policy), by, clock.now(), ending.details, reopened_at(case))


def _always(rules: Closing, ground: Ground | None, ending: Ending) -> list[Reason]:
    """A ground and a reason, on every case."""
    why = rules.reason
    return [
        Reason(
            text=_("A ground is chosen") if ground else _("Choose why the case is closed."),
            met=ground is not None,
            words=ground.label if ground else "",
            clause=(ground.clause if ground else "") or "",
            clause_id=(ground.clause_id if ground else "") or "",
            interpretation=bool(ground and ground.interpretation),
            why=(ground.why if ground else "") or "",
            need="ground",
        ),
        Reason(
            text=_("The reason is given")
            if ending.reason.strip()
            else _("Say why the case is closed, as you would explain it to the complainant."),
            met=bool(ending.reason.strip()),
            clause=(why.clause if why else "") or "",
            clause_id=(why.clause_id if why else "") or "",
            need="reason",
        ),
    ]


def _answers(questions: list[Question], ending: Ending) -> list[str]:
    """What was answered, as it is kept on the file."""
    given = [(question.text, ending.details.get(question.key)) for question in questions]
    return [f"{text} {_answer(answer)}" for text, answer in given if answer not in (None, "")]


def _answer(answer: Any) -> str:
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    return str(answer)


def _stop_clocks(case: Case) -> None:
    for deadline in case.deadlines.select_for_update().filter(state=DeadlineState.RUNNING):
        if deadline.met_by == "case_closed":
            deadlines.meet(deadline, at=clock.now())
        else:
            deadlines.withdraw(deadline)
