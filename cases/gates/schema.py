"""How a policy file writes what a step needs. Which needs there are: :data:`cases.gates.engine.case_gates`."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from cases.gates.engine import case_gates
from cases.schema import RecordsSection
from policies.problems import Problem
from policies.schema import Key, Policy, Text, unknown_level, unknown_team
from policies.sections import Part, Section, Sourced


class Circumstances(Part):
    """Where a requirement holds; several must all be so, an empty one holds everywhere.

    ``details`` are answers given with the step itself: one that was not given satisfies nothing.
    ``complainant_known: true`` leaves out what cannot be done where nobody gave a name.
    """

    levels: tuple[Key, ...] = ()
    teams: tuple[Key, ...] = ()
    behaviours: tuple[Key, ...] = ()
    unless_behaviours: tuple[Key, ...] = ()
    details: dict[Key, bool | str] = {}
    domestic_abuse: bool | None = None
    complainant_known: bool | None = None


class Requirement(Sourced):
    """One thing a step needs. ``text`` tells a new officer what is missing, ``done`` what is there.

    Only a requirement with a clause refuses; one that is our reading reminds (decision 18). ``of`` says which
    notice, approval, decision, detail or tool is meant, ``value`` the answer it must have, ``by`` the positions that
    may give it, ``to`` everybody of which part a notice is owed. Numbers: ``at_least`` of them, in so many ``ways``,
    over so many different ``days``. ``never_waived`` stands even where a deviation sets the other gates aside.
    """

    need: Key
    text: Text
    done: Text | None = None
    of: Key | None = None
    value: bool | str | None = None
    by: tuple[Key, ...] = ()
    how: tuple[Literal["spoken", "written"], ...] = ()
    to: Literal["respondents", "complainants"] | None = None
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

    Empty ``by``: any manager. ``by_team``: other positions where one of these teams manages the case.
    ``not_by_author_of``: whoever recorded this decision or gave this approval may not give this one (four eyes).
    ``advice``: an answer is on record, and nothing is approved by it. ``if_no``: what to think of after a no.
    """

    key: Key
    label: Text
    question: Text
    by: tuple[Key, ...] = ()
    by_team: dict[Key, tuple[Key, ...]] = {}
    not_by_author_of: tuple[Key, ...] = ()
    advice: bool = False
    if_no: Text | None = None
    look_again_days: int = Field(90, ge=1, le=400)
    needs: tuple[Requirement, ...] = ()

    def positions(self, team: str) -> tuple[str, ...]:
        """Whose it is on a case that this team manages."""
        return self.by_team.get(team, self.by)


class NoticeRule(Sourced):
    """Something the policy wants somebody told before a step."""

    key: Key
    label: Text


class DeviationRule(Sourced):
    """The landlord's own way of setting its rules aside: whose decision it is. Empty ``by``: any manager."""

    by: tuple[Key, ...] = ()
    text: Text


class ApprovalsSection(Section):
    approvals: tuple[ApprovalRule, ...] = ()
    notices: tuple[NoticeRule, ...] = ()
    deviation: DeviationRule | None = None

    def rule(self, key: str) -> ApprovalRule | None:
        return next((rule for rule in self.approvals if rule.key == key), None)

    def notice(self, key: str) -> NoticeRule | None:
        return next((rule for rule in self.notices if rule.key == key), None)

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """Keys are used once, positions and needs exist."""
        keys = [rule.key for rule in self.approvals]
        for number, rule in enumerate(self.approvals):
            path = f"approvals[{number}]"
            if keys.count(rule.key) > 1:
                yield Problem(f"{path}.key", rule.key, "a key used once", "this approval is listed twice")
            yield from unknown_positions(f"{path}.by", rule.by, policy)
            for team, positions in rule.by_team.items():
                if team not in policy.core.teams:
                    yield unknown_team(f"{path}.by_team", team, policy.core)
                yield from unknown_positions(f"{path}.by_team.{team}", positions, policy)
            yield from requirement_problems(f"{path}.needs", rule.needs, policy)
        if self.deviation is not None:
            yield from unknown_positions("deviation.by", self.deviation.by, policy)


class Question(Part):
    """What closing asks the officer; a ``detail`` need names it by its key."""

    key: Key
    text: Text
    kind: Literal["yes_no", "words"] = "yes_no"
    hint: Text | None = None


class Ground(Sourced):
    """Why a case may be closed, in the landlord's words, and what this reason needs beyond every closing."""

    key: Key
    label: Text
    needs: tuple[Requirement, ...] = ()


class Told(Sourced):
    """A letter or survey that closing owes each complainant. ``words`` open it; why, and what next, follow."""

    kind: Literal["closing_letter", "survey"]
    words: Text


class NextStep(Sourced):
    """What somebody can do once their case is closed, in words for them."""

    words: Text


class Closing(Part):
    """``needs`` hold for every ground; ``reason`` says where the duty to record one comes from."""

    grounds: tuple[Ground, ...] = ()
    needs: tuple[Requirement, ...] = ()
    questions: tuple[Question, ...] = ()
    reason: Sourced | None = None
    queues: tuple[Told, ...] = ()
    next_steps: tuple[NextStep, ...] = ()

    def ground(self, key: str) -> Ground | None:
        return next((ground for ground in self.grounds if ground.key == key), None)

    def needs_of(self, ground: Ground | None) -> tuple[Requirement, ...]:
        """Those of every ground, then its own."""
        return (*self.needs, *(ground.needs if ground else ()))

    def questions_of(self, ground: Ground | None) -> list[Question]:
        """What these needs, and the circumstances they hold in, ask the officer."""
        needs = self.needs_of(ground)
        asked = {need.of for need in needs if need.need == "detail"}
        asked |= {key for need in needs for key in need.when.details}
        return [question for question in self.questions if question.key in asked]


class ClosingSection(Section):
    closing: Closing = Closing()

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """Grounds and questions are listed once; every need exists and every answer has its question."""
        closing = self.closing
        yield from _twice("closing.grounds", [ground.key for ground in closing.grounds])
        yield from _twice("closing.questions", [question.key for question in closing.questions])
        yield from self._needs("closing.needs", closing.needs, policy)
        for number, ground in enumerate(closing.grounds):
            yield from self._needs(f"closing.grounds[{number}].needs", ground.needs, policy)

    def _needs(self, path: str, needs: tuple[Requirement, ...], policy: Policy) -> Iterator[Problem]:
        yield from requirement_problems(path, needs, policy)
        known = {question.key for question in self.closing.questions}
        for number, need in enumerate(needs):
            named = {need.of or ""} if need.need == "detail" else set()
            for key in sorted((named | set(need.when.details)) - known):
                expected = ", ".join(sorted(known)) or "none listed"
                yield Problem(f"{path}[{number}]", key, expected, "no question asks this")


def _twice(path: str, keys: list[str]) -> Iterator[Problem]:
    for number, key in enumerate(keys):
        if key in keys[:number]:
            yield Problem(f"{path}[{number}].key", key, "a key used once", "this is listed twice")


def requirement_problems(path: str, needs: tuple[Requirement, ...], policy: Policy) -> Iterator[Problem]:
    """What is wrong with a list of requirements."""
    for number, requirement in enumerate(needs):
        place = f"{path}[{number}]"
        if requirement.need not in case_gates:
            known = ", ".join(sorted(case_gates))
            yield Problem(f"{place}.need", requirement.need, known, "nothing checks this need")
        yield from _unknown_record(f"{place}.of", requirement, policy)
        yield from unknown_positions(f"{place}.by", requirement.by, policy)
        known_levels = {level.key for level in policy.core.levels}
        for level in set(requirement.when.levels) - known_levels:
            yield unknown_level(f"{place}.when.levels", level, policy.core)
        for team in set(requirement.when.teams) - set(policy.core.teams):
            yield unknown_team(f"{place}.when.teams", team, policy.core)


def _unknown_record(path: str, requirement: Requirement, policy: Policy) -> Iterator[Problem]:
    """An approval, notice or decision that no rule of the file lets anybody put on record."""
    approvals = policy.section(ApprovalsSection)
    recordable: dict[str, list[str]] = {
        "approval": [rule.key for rule in approvals.approvals],
        "notice": [rule.key for rule in approvals.notices],
        "decision": [rule.key for rule in policy.section(RecordsSection).records],
    }
    known = recordable.get(requirement.need)
    if known is not None and requirement.of not in known:
        expected = ", ".join(known) or "none listed"
        yield Problem(
            path, requirement.of or "", expected, f"no rule of the file makes this {requirement.need}"
        )


def unknown_positions(path: str, positions: tuple[str, ...], policy: Policy) -> Iterator[Problem]:
    for position in positions:
        if position not in policy.core.positions:
            known = ", ".join(policy.core.positions) or "none listed"
            yield Problem(path, position, known, "this position is not in the file")
