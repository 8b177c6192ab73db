"""``docs/reference/clauses.md``: which clauses of the landlords' documents are kept, by what, proved by what."""

from collections import Counter
from collections.abc import Iterable

from asbcases.reference.markdown import code, page, section, table
from asbcases.reference.register import Clause, clauses
from asbcases.reference.rules import Rule, keeping
from asbcases.reference.trace import proofs_of, trace_of
from policies.checking import POLICY_FILES, policy_paths
from policies.parsing import read_policy

INTRODUCTION = (
    "Each landlord’s document was read clause by clause. The register,"
    " [`fixtures/clauses/register.csv`](../../fixtures/clauses/register.csv), quotes each duty and says what a system"
    " must do about it. This page says which rule, page or code keeps each enforceable clause, and which test proves"
    " it. “Lacks” is what the clause asks and does not have yet. A clause that is neither kept nor listed as not kept"
    " fails `make check`; only clauses about letters, figures and publication may wait."
)
MOST_PLACES = 4
"""More rules than this of one part of a file are counted, not listed."""


def build() -> str:
    traced = [clause for clause in clauses().values() if clause.is_enforceable]
    return page(
        "Clauses and what keeps them",
        INTRODUCTION,
        section("How far we are", _progress(traced)),
        section("Not kept yet", _not_kept(traced)),
        *(_of_landlord(key, name, traced) for key, name in _landlords()),
    )


def _landlords() -> list[tuple[str, str]]:
    policies = [read_policy(path) for path in policy_paths(POLICY_FILES)]
    return [(policy.landlord, policy.core.organisation.name) for policy in policies]


def _state(clause: Clause) -> str:
    trace = trace_of(clause)
    if trace.not_kept:
        return "not kept"
    return "in part" if trace.lacks else "kept"


def _progress(traced: list[Clause]) -> str:
    counts = Counter((clause.kind, _state(clause)) for clause in traced)
    states = ("kept", "in part", "not kept")
    kinds = sorted({clause.kind for clause in traced})
    rows = [(kind, *(str(counts[kind, state]) for state in states)) for kind in kinds]
    total = ("**all**", *(str(sum(counts[kind, state] for kind in kinds)) for state in states))
    return table(["kind", *states], [*rows, total])


def _not_kept(traced: list[Clause]) -> str:
    rows = [
        (_name(clause), clause.quote, trace_of(clause).not_kept)
        for clause in traced
        if trace_of(clause).not_kept
    ]
    return table(["clause", "the landlord’s words", "what it waits for"], rows) if rows else "None."


def _of_landlord(key: str, name: str, traced: list[Clause]) -> str:
    kept = [clause for clause in traced if clause.landlord == key and not trace_of(clause).not_kept]
    rows = [(_name(clause), clause.quote, _kept_by(clause), _proof(clause)) for clause in kept]
    return section(name, table(["clause", "the landlord’s words", "kept by", "proved by"], rows))


def _name(clause: Clause) -> str:
    return f"{clause.id}\n{clause.clause}\n*{clause.kind}*"


def _kept_by(clause: Clause) -> str:
    trace = trace_of(clause)
    lines = [trace.kept_by, *_places(keeping(clause.id))]
    lines += [f"*Lacks:* {trace.lacks}"] * bool(trace.lacks) + [f"*Note:* {trace.note}"] * bool(trace.note)
    return "\n".join(filter(None, lines))


def _places(rules: Iterable[Rule]) -> list[str]:
    """ "`fixtures/policies/vivid.yaml`: levels[0], deadlines[0], 9 behaviours"."""
    parts: dict[tuple[str, str], list[str]] = {}
    for rule in rules:
        parts.setdefault((rule.file, rule.part), []).append(rule.place)
    files: dict[str, list[str]] = {}
    for (file, part), places in parts.items():
        listed = [f"{len(places)} {part}"] if len(places) > MOST_PLACES else list(dict.fromkeys(places))
        files.setdefault(file, []).extend(listed)
    return [f"{code(file)}: {', '.join(listed)}" for file, listed in files.items()]


def _proof(clause: Clause) -> str:
    """The file once, then its tests."""
    files: dict[str, list[str]] = {}
    for test in proofs_of(clause):
        file, _, name = test.partition("::")
        files.setdefault(file, []).append(code(name))
    return "\n".join(f"[{file}](../../{file}): {', '.join(names)}" for file, names in files.items())
