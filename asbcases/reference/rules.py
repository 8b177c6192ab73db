"""Which rules of the policy files keep a clause: those that name its id."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from asbcases.reference.register import ROOT
from policies.checking import POLICY_FILES, policy_paths
from policies.parsing import dotted, read_content

TITLES = frozenset({"document", "positions", "teams"})
"""Parts of a file that name things. Naming a team or a title keeps no promise by itself."""


@dataclass(frozen=True)
class Rule:
    """One rule by its place: ``deadlines[0]`` of one landlord's file."""

    landlord: str
    file: str
    path: str

    @property
    def part(self) -> str:
        """The top-level key it stands under, such as ``deadlines``."""
        return self.path.partition(".")[0].partition("[")[0]

    @property
    def place(self) -> str:
        """The path as far as a reader needs it: ``behaviours.noise`` for any of its outcomes."""
        return self.path.partition(".outcomes[")[0]


@cache
def named_ids() -> Mapping[str, tuple[Rule, ...]]:
    """Everything in the policy files that names a clause, by the clause's id."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for path in policy_paths(POLICY_FILES):
        for clause_id, steps in _ids(read_content(path), ()):
            rule = Rule(path.stem, str(path.relative_to(ROOT)), dotted(steps))
            found[clause_id].append(rule)
    return {clause_id: tuple(rules) for clause_id, rules in found.items()}


def keeping(clause_id: str) -> list[Rule]:
    """The rules that do something about the clause."""
    return [rule for rule in named_ids().get(clause_id, ()) if rule.part not in TITLES]


def _ids(node: Any, steps: tuple[int | str, ...]) -> Iterator[tuple[str, tuple[int | str, ...]]]:
    if isinstance(node, dict):
        if node.get("clause_id"):
            yield node["clause_id"], steps
        children = list(node.items())
    else:
        children = list(enumerate(node)) if isinstance(node, list) else []
    for step, child in children:
        yield from _ids(child, (*steps, step))
