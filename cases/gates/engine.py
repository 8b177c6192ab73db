"""Asking every gate of a step at once, and saying everything that is missing, with its clause.

What can be asked for is a small vocabulary; the app that keeps the record registers the check. Which of them a step
needs is the landlord's data, so a new gate of a new landlord is a line of YAML.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cases.choices import PartyRole
from landlords.permissions import Refused
from policies.schema import Policy
from timeline.actors import Actor
from timeline.registry import Registry

if TYPE_CHECKING:
    from cases.gates.schema import Requirement
    from cases.models import Case


@dataclass(frozen=True)
class Step:
    """What somebody wants to do. ``details`` are the answers given with it; ``key`` names it in a deviation.

    ``since``: what was put on record before does not count, because the case was taken up again then.
    """

    key: str
    case: Case
    policy: Policy
    by: Actor
    at: datetime.datetime
    details: Mapping[str, Any] = field(default_factory=dict)
    since: datetime.datetime | None = None

    def counts(self, moment: datetime.datetime) -> bool:
        """Whether what happened then was there when the step was taken, and is not from before a reopening."""
        return moment <= self.at and (self.since is None or moment >= self.since)

    @property
    def anew(self) -> str:
        """Said where something is missing that may stand on the file from before."""
        return _("what was recorded before the case was reopened does not count") if self.since else ""


@dataclass(frozen=True)
class Answer:
    """Whether a need is there. ``words`` say which, who or how many; ``page`` is the name of the page that mends it.

    ``page_key`` is what that page's address holds beside the case: which decision, approval or notice.
    """

    met: bool
    words: str = ""
    page: str = ""
    page_key: str = ""


Check = Callable[[Step, "Requirement"], Answer]
case_gates: Registry[Check] = Registry("gate check")
"""Filled by each app in ``ready()``: the needs a policy may name."""


@dataclass(frozen=True)
class Reason:
    """One need of a step and how it stands. ``ours``: a safety rule of ours, refusing in our own name.

    ``need`` and ``of`` are those of the requirement: a page finds by them where it can be mended.
    """

    text: str
    met: bool
    words: str = ""
    page: str = ""
    page_key: str = ""
    clause: str = ""
    clause_id: str = ""
    interpretation: bool = False
    why: str = ""
    ours: bool = False
    waived: bool = False
    need: str = ""
    of: str = ""

    @property
    def sentence(self) -> str:
        """For messages that are only text."""
        told = " ".join(part for part in (self.text, self.words) if part)
        return f"{told} ({self.clause})" if self.clause else told


@dataclass(frozen=True)
class Looked:
    """Every need of a step: what refuses it, what only reminds, what is there."""

    unmet: list[Reason]
    reminders: list[Reason]
    met: list[Reason]


class GateRefused(Refused):
    """A step is refused by its gates; ``unmet`` says everything that is missing."""

    def __init__(self, looked: Looked) -> None:
        self.looked = looked
        self.unmet = looked.unmet
        super().__init__(*(reason.sentence for reason in looked.unmet))


def look(step: Step, requirements: Iterable[Requirement], ours: Iterable[Reason] = ()) -> Looked:
    """Every requirement that holds in these circumstances, and how it stands. Changes nothing.

    ``ours``: our own safety rules, already checked.
    """
    waived = _waived(step)
    found = [*ours, *(_reason(step, one, waived) for one in requirements if _holds(step, one))]
    return Looked(
        unmet=[one for one in found if not one.met and not one.interpretation and not one.waived],
        reminders=[one for one in found if not one.met and one.interpretation],
        met=[one for one in found if one.met or one.waived],
    )


def check_gates(step: Step, requirements: Iterable[Requirement], ours: Iterable[Reason] = ()) -> Looked:
    """Raises GateRefused with everything that is missing; else tells how all of it stands."""
    looked = look(step, requirements, ours)
    if looked.unmet:
        raise GateRefused(looked)
    return looked


def _reason(step: Step, requirement: Requirement, waived: bool) -> Reason:
    answer = case_gates[requirement.need](step, requirement)
    return Reason(
        text=(requirement.done or requirement.text) if answer.met else requirement.text,
        met=answer.met,
        words=answer.words,
        page=answer.page,
        page_key=answer.page_key,
        need=requirement.need,
        of=requirement.of or "",
        clause=requirement.clause or "",
        clause_id=requirement.clause_id or "",
        interpretation=requirement.interpretation,
        why=requirement.why or "",
        waived=waived and requirement.refuses and not requirement.never_waived and not answer.met,
    )


def _waived(step: Step) -> bool:
    """Whether a manager had set this step's gates aside by then: on this very case, never on one joined to it, and
    never on what is their own case now.
    """
    return any(
        one.step == step.key
        and step.counts(one.decided_at)
        and not has_the_case(step, one.decided_by_user_id)
        for one in step.case.deviations.all()
    )


def has_the_case(step: Step, user_id: int | None) -> bool:
    """Four eyes: nobody approves on their own case, whichever came first, the yes or the case."""
    owner = step.case.owner
    return owner is not None and owner.user_id == user_id


def _holds(step: Step, requirement: Requirement) -> bool:
    when, case = requirement.when, step.case
    return (
        (not when.levels or case.level in when.levels)
        and (not when.teams or case.team.key in when.teams)
        and (not when.behaviours or not set(case.behaviours).isdisjoint(when.behaviours))
        and set(case.behaviours).isdisjoint(when.unless_behaviours)
        and when.domestic_abuse in (None, case.domestic_abuse)
        and (when.complainant_known is None or when.complainant_known == _complainant_known(case))
        and all(step.details.get(key) == value for key, value in when.details.items())
    )


def _complainant_known(case: Case) -> bool:
    return case.parties.filter(role=PartyRole.COMPLAINANT).exists()
