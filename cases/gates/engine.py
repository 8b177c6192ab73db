"""Asking every gate of a step at once, and saying everything that is missing, with its clause.

What can be asked for is a small vocabulary; the app that keeps the record registers the check. Which of them a step
needs is the landlord's data, so a new gate of a new landlord is a line of YAML.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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
    """What somebody wants to do. ``details`` are the answers given with it; ``key`` names it in a deviation."""

    key: str
    case: Case
    policy: Policy
    by: Actor
    at: datetime.datetime
    details: Mapping[str, Any] = field(default_factory=dict)


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
    """Whether a manager had set this step's gates aside on this case by then."""
    return any(one.step == step.key and one.decided_at <= step.at for one in step.case.deviations.all())


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
