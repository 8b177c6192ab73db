"""The part of a policy that lists its tools: what each asks, and what must be there before it is used."""

import datetime
from collections.abc import Iterator
from typing import Literal, Self

from pydantic import model_validator

from cases.gates.schema import Requirement, requirement_problems
from policies.problems import Problem
from policies.schema import Key, Policy, Text
from policies.sections import Part, Section, Sourced

Details = dict[str, bool | str]
"""Answers given with a tool, by the key of the question."""
BRING_PEOPLE_TOGETHER = frozenset({"mediation", "restorative_justice"})
"""Tools that put people in one room: never where the case is about domestic abuse."""


class Question(Part):
    """Asked when the tool is used. Only what a requirement names must be answered."""

    key: Key
    text: Text
    kind: Literal["yes_no", "text", "choice"] = "yes_no"
    choices: tuple[Text, ...] = ()
    hint: Text | None = None

    @model_validator(mode="after")
    def _choices_belong_to_a_choice(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("a question of kind choice lists its choices, and no other does")
        return self


class Told(Sourced):
    """What the document says beside its rules: shown with the tool, never enforced."""

    text: Text


class LegalSteps(Part):
    """What every legal tool asks and needs, beside its own."""

    details: tuple[Question, ...] = ()
    needs: tuple[Requirement, ...] = ()


class Tool(Sourced):
    """One tool of the policy. ``legal``: a step in court or towards it. ``partner``: who else owns the power.

    A tool the law gives only for a time says from when or until when (last day), and ``available_why``.
    """

    key: Key
    label: Text
    legal: bool = False
    partner: Text | None = None
    available_from: datetime.date | None = None
    available_until: datetime.date | None = None
    available_why: Text | None = None
    told: tuple[Told, ...] = ()
    details: tuple[Question, ...] = ()
    needs: tuple[Requirement, ...] = ()

    @model_validator(mode="after")
    def _says_why_it_is_dated(self) -> Self:
        dated = self.available_from is not None or self.available_until is not None
        if dated != bool(self.available_why):
            raise ValueError(
                "a tool that is there only for a time says why (available_why), and no other does"
            )
        return self

    def is_available(self, on: datetime.date) -> bool:
        return (self.available_from or on) <= on <= (self.available_until or on)


class Tools(Part):
    """In the order staff see them."""

    legal: LegalSteps = LegalSteps()
    each: tuple[Tool, ...] = ()


class ToolsSection(Section):
    tools: Tools = Tools()

    def tool(self, key: str) -> Tool | None:
        return next((tool for tool in self.tools.each if tool.key == key), None)

    def questions(self, tool: Tool) -> tuple[Question, ...]:
        return (*tool.details, *(self.tools.legal.details if tool.legal else ()))

    def needs(self, tool: Tool) -> tuple[Requirement, ...]:
        return (*(self.tools.legal.needs if tool.legal else ()), *tool.needs)

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """Tools and questions are listed once, needs exist and ask what can be answered."""
        keys = [tool.key for tool in self.tools.each]
        for number, tool in enumerate(self.tools.each):
            path = f"tools.each[{number}]"
            if keys.count(tool.key) > 1:
                yield Problem(f"{path}.key", tool.key, "a key used once", "this tool is listed twice")
            yield from self._tool_problems(path, tool, policy)
        yield from requirement_problems("tools.legal.needs", self.tools.legal.needs, policy)

    def _tool_problems(self, path: str, tool: Tool, policy: Policy) -> Iterator[Problem]:
        questions = {question.key: question for question in self.questions(tool)}
        if len(questions) < len(self.questions(tool)):
            yield Problem(f"{path}.details", tool.key, "questions asked once", "a question is asked twice")
        yield from requirement_problems(f"{path}.needs", tool.needs, policy)
        for requirement in self.needs(tool):
            asked = {requirement.of} if requirement.need == "detail" else set()
            for key in (asked | set(requirement.when.details)) - set(questions):
                known = ", ".join(questions) or "no question at all"
                yield Problem(
                    f"{path}.details", key or "", known, "a need of this tool is about this question"
                )
            yield from _tools_problems(path, requirement, self)


def _tools_problems(path: str, requirement: Requirement, section: ToolsSection) -> Iterator[Problem]:
    known = {tool.key for tool in section.tools.each}
    for key in set(requirement.tools) - known:
        yield Problem(f"{path}.needs", key, ", ".join(sorted(known)), "this tool is not in the file")
