"""When a rule of a policy applies to a report."""

from collections.abc import Mapping
from typing import Any, Protocol

from triage.facts import FACT_NAMES, LISTS, Facts

Value = bool | str
Condition = Mapping[str, tuple[Value, ...]]
Known = Mapping[str, frozenset[Value]]
"""Every fact with the values known of it; nothing known is an empty set, so no condition can hold by it."""

NOTHING: frozenset[Value] = frozenset()


class Conditional(Protocol):
    """Any rule that may name facts it needs (``when``) and facts that stop it (``unless``)."""

    @property
    def when(self) -> Condition | None: ...

    @property
    def unless(self) -> Condition | None: ...


def known(facts: Facts) -> Known:
    return {name: _values(name, getattr(facts, name)) for name in FACT_NAMES}


def applies(rule: Conditional, facts: Known) -> bool:
    """An unknown fact satisfies no ``when`` and stops by no ``unless`` (decision 4)."""
    return all(holds(facts, *item) for item in (rule.when or {}).items()) and not any(
        holds(facts, *item) for item in (rule.unless or {}).items()
    )


def holds(facts: Known, fact: str, values: tuple[Value, ...]) -> bool:
    """A fact that is a list holds where any of its values is asked for."""
    return not facts[fact].isdisjoint(values)


def _values(fact: str, found: Any) -> frozenset[Value]:
    if found is None:
        return NOTHING
    return frozenset(found if fact in LISTS else (found,))
