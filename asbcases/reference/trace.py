"""What keeps each clause, and the test that proves it; ``problems`` says where that is not so."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import Field, model_validator

from asbcases.reference.register import ROOT, Clause, clauses
from asbcases.reference.rules import Rule, keeping, named_ids
from policies.sections import Part

FOLDER = ROOT / "fixtures" / "clauses" / "trace"


class Trace(Part):
    """What is said of one clause beside the policy rules that name it.

    ``kept_by`` is the page, gate or code that keeps it. ``lacks`` is what the clause asks and does not have yet;
    ``not_kept`` says that nothing keeps it yet and why; only clauses about letters, figures or publication may wait.
    ``note`` says where we read it, or the register's row, differently.
    """

    kept_by: str = ""
    tests: tuple[str, ...] = ()
    lacks: str = ""
    not_kept: str = ""
    waits_for: Literal["letters", "figures", "publication"] | None = None
    note: str = ""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.kept_by and not self.tests:
            raise ValueError("what keeps a clause needs the test that proves it")
        if self.not_kept and (self.kept_by or self.tests or self.lacks):
            raise ValueError("a clause that nothing keeps has no test and lacks everything")
        if bool(self.not_kept) != bool(self.waits_for):
            raise ValueError("a clause that is not kept says what it waits for, and only such a clause does")
        return self


class PolicyTests(Part):
    """The tests that hold a policy file against the printed document, by part of the file."""

    file: str
    parts: dict[str, str]


class LandlordTraces(Part):
    """The file of one landlord."""

    policy_tests: PolicyTests
    clauses: dict[str, Trace] = Field(min_length=1)


class Traces(Part):
    """All files together."""

    policy_tests: dict[str, PolicyTests]
    clauses: dict[str, Trace] = Field(min_length=1)


@cache
def traces() -> Traces:
    """Raises pydantic.ValidationError where a file is not as it must be."""
    files = {
        path.stem: LandlordTraces.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.yaml"))
    }
    return Traces(
        policy_tests={landlord: file.policy_tests for landlord, file in files.items()},
        clauses={clause_id: trace for file in files.values() for clause_id, trace in file.clauses.items()},
    )


def trace_of(clause: Clause) -> Trace:
    return traces().clauses.get(clause.id, Trace())


def proofs_of(clause: Clause) -> list[str]:
    """Named ones first; then, for each policy rule, the test of its part of the file. Each once."""
    own = trace_of(clause).tests
    return list(dict.fromkeys([*own, *filter(None, map(_policy_test, _proved_by_golden(clause)))]))


def _proved_by_golden(clause: Clause) -> list[Rule]:
    """Where a test is named for the clause itself, the general ones of the file would only hide it."""
    return [] if trace_of(clause).tests else keeping(clause.id)


def _policy_test(rule: Rule) -> str:
    tests = traces().policy_tests.get(rule.landlord)
    name = tests.parts.get(rule.part) if tests else None
    return f"{tests.file}::{name}" if tests and name else ""


def problems() -> Iterator[str]:
    """Everything that keeps the register from being true, in words."""
    register = clauses()
    for clause in register.values():
        if clause.is_enforceable or clause.id in traces().clauses:
            yield from _clause_problems(clause)
    for clause_id in [*traces().clauses, *named_ids()]:
        if clause_id not in register:
            yield f"{clause_id}: no such clause in the register"


def _clause_problems(clause: Clause) -> Iterator[str]:
    trace, rules = trace_of(clause), keeping(clause.id)
    if not (trace.kept_by or trace.not_kept or rules):
        yield f"{clause.id} ({clause.kind}): nothing keeps it and nothing says why"
    if trace.not_kept and rules:
        yield f"{clause.id}: said not to be kept, but {rules[0].file} has a rule for it"
    if not trace.not_kept and not proofs_of(clause):
        yield f"{clause.id}: no test proves it"
    for test in proofs_of(clause):
        if not exists(test):
            yield f"{clause.id}: there is no test {test}"


def exists(test: str) -> bool:
    """Whether ``tests/x/test_y.py::test_z`` is a test function of that file."""
    file, _, name = test.partition("::")
    return name.startswith("test_") and name in _functions(ROOT / file)


@cache
def _functions(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))
