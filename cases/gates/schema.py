"""How a policy file writes what a step needs. Which needs there are: :data:`cases.gates.engine.case_gates`."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from cases.gates.engine import case_gates
from policies.problems import Problem
from policies.schema import Key, Policy, Text, unknown_level, unknown_team
from policies.sections import Part, Section, Sourced


class Circumstances(Part):
    """Where a requirement holds; several must all be so, an empty one holds everywhere.

    ``details`` are answers given with the step itself: one that was not given satisfies nothing.
    """

    levels: tuple[Key, ...] = ()
    teams: tuple[Key, ...] = ()
    behaviours: tuple[Key, ...] = ()
    unless_behaviours: tuple[Key, ...] = ()
    details: dict[Key, bool | str] = {}
    domestic_abuse: bool | None = None


class Requirement(Sourced):
    """One thing a step needs. ``text`` tells a new officer what is missing, ``done`` what is there.

    Only a requirement with a clause refuses; one that is our reading reminds (decision 18). ``of`` says which
    notice, approval, decision, detail or tool is meant, ``value`` the answer it must have, ``by`` the positions that
    may give it. Numbers: ``at_least`` of them, in so many ``ways``, over so many different ``days``.
    ``never_waived`` stands even where a deviation sets the other gates aside.
    """

    need: Key
    text: Text
    done: Text | None = None
    of: Key | None = None
    value: bool | str | None = None
    by: tuple[Key, ...] = ()
    how: tuple[Literal["spoken", "written"], ...] = ()
    tools: tuple[Key, ...] = ()
    at_least: int = Field(1, ge=1, le=50)
    ways: int = Field(1, ge=1, le=6)
    days: int = Field(1, ge=1, le=400)
    when: Circumstances = Circumstances()
    never_waived: bool = False

    @property
    def refuses(self) -> bool:
        return not self.interpretation


class ApprovalRule(Sourced):
    """A named yes, no or piece of advice the policy asks for: whose it is, and what must be there before.

    Empty ``by``: any manager. ``not_by_author_of``: whoever recorded this decision or gave this approval may
    not give this one (four eyes). ``advice``: an answer is on record, and nothing is approved by it.
    """

    key: Key
    label: Text
    question: Text
    by: tuple[Key, ...] = ()
    not_by_author_of: tuple[Key, ...] = ()
    advice: bool = False
    look_again_days: int = Field(90, ge=1, le=400)
    needs: tuple[Requirement, ...] = ()


class DeviationRule(Sourced):
    """The landlord's own way of setting its rules aside: whose decision it is."""

    by: tuple[Key, ...] = ()
    text: Text


class ApprovalsSection(Section):
    approvals: tuple[ApprovalRule, ...] = ()
    deviation: DeviationRule | None = None

    def rule(self, key: str) -> ApprovalRule | None:
        return next((rule for rule in self.approvals if rule.key == key), None)

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """Keys are used once, positions and needs exist."""
        keys = [rule.key for rule in self.approvals]
        for number, rule in enumerate(self.approvals):
            path = f"approvals[{number}]"
            if keys.count(rule.key) > 1:
                yield Problem(f"{path}.key", rule.key, "a key used once", "this approval is listed twice")
            yield from unknown_positions(f"{path}.by", rule.by, policy)
            yield from requirement_problems(f"{path}.needs", rule.needs, policy)


class Ground(Sourced):
    """Why a case may be closed, in the landlord's words, and what this reason needs beyond every closing."""

    key: Key
    label: Text
    needs: tuple[Requirement, ...] = ()


class Told(Part):
    """A letter or survey that closing queues, and to whom."""

    kind: Literal["closing_letter", "survey"]
    clause: Text | None = None
    clause_id: Text | None = None
    words: Text
    to: Literal["complainants", "everybody"] = "complainants"


class Closing(Part):
    """``needs`` hold for every ground; ``quiet_days`` after which a quiet case may be tried for closing."""

    grounds: tuple[Ground, ...] = ()
    needs: tuple[Requirement, ...] = ()
    queues: tuple[Told, ...] = ()
    next_steps: tuple[Text, ...] = ()

    def ground(self, key: str) -> Ground | None:
        return next((ground for ground in self.grounds if ground.key == key), None)


class ClosingSection(Section):
    closing: Closing = Closing()

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """Grounds are listed once and every need exists."""
        keys = [ground.key for ground in self.closing.grounds]
        yield from requirement_problems("closing.needs", self.closing.needs, policy)
        for number, ground in enumerate(self.closing.grounds):
            path = f"closing.grounds[{number}]"
            if keys.count(ground.key) > 1:
                yield Problem(f"{path}.key", ground.key, "a key used once", "this ground is listed twice")
            yield from requirement_problems(f"{path}.needs", ground.needs, policy)


def requirement_problems(path: str, needs: tuple[Requirement, ...], policy: Policy) -> Iterator[Problem]:
    """What is wrong with a list of requirements."""
    for number, requirement in enumerate(needs):
        place = f"{path}[{number}]"
        if requirement.need not in case_gates:
            known = ", ".join(sorted(case_gates))
            yield Problem(f"{place}.need", requirement.need, known, "nothing checks this need")
        yield from unknown_positions(f"{place}.by", requirement.by, policy)
        known_levels = {level.key for level in policy.core.levels}
        for level in set(requirement.when.levels) - known_levels:
            yield unknown_level(f"{place}.when.levels", level, policy.core)
        for team in set(requirement.when.teams) - set(policy.core.teams):
            yield unknown_team(f"{place}.when.teams", team, policy.core)


def unknown_positions(path: str, positions: tuple[str, ...], policy: Policy) -> Iterator[Problem]:
    for position in positions:
        if position not in policy.core.positions:
            known = ", ".join(policy.core.positions) or "none listed"
            yield Problem(path, position, known, "this position is not in the file")
