"""Every combination of facts that a policy file can tell apart, as sets that can be computed with.

Only values that some rule names make a difference, so each fact falls into a few classes: two tenures that
every rule treats alike are one class, and a fact no rule names has none. A *set of combinations* is an
integer: bit i stands for the i-th combination. That makes going through all of them exact and quick.
Behaviours are not part of it; they are gone through one by one and in pairs by :mod:`triage.exhaustive`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from math import prod

from triage.facts import CHOICES, LISTS, YES_NO_FACTS
from triage.rules import NOTHING, Conditional, Value

PROTECTING = ("hate_perceived", "immediate_danger")
"""Told apart whether or not a rule names them, because the proofs add them."""

Class = frozenset[Value]
Move = tuple[int, int]
"""Which combinations it starts from, and how many places up (down where negative) each one goes."""


@dataclass(frozen=True)
class Axis:
    """One fact: its classes, the first of them "nothing known", and how many bits apart they stand."""

    fact: str
    classes: tuple[Class, ...]
    stride: int


class Space:
    """All combinations of the facts that ``rules`` mention."""

    def __init__(self, rules: Iterable[Conditional]) -> None:
        self.axes: dict[str, Axis] = {}
        stride = 1
        for fact, asked in _values_asked(rules).items():
            self.axes[fact] = Axis(fact, _classes(fact, asked), stride)
            stride *= len(self.axes[fact].classes)
        self.size = stride
        self._having: dict[tuple[str, tuple[Value, ...]], int] = {}

    @cached_property
    def everything(self) -> int:
        """Without what no report can be: a kind of hate with no hate."""
        whole = (1 << self.size) - 1
        strands = self.axes.get("hate_strands")
        if strands is None:
            return whole
        return self.at("hate_strands", 0) | self.having("hate_perceived", (True,))

    def having(self, fact: str, values: tuple[Value, ...]) -> int:
        """The combinations in which the fact is known to have one of the values."""
        found = self._having.get((fact, values))
        if found is None:
            classes = self.axes[fact].classes
            found = 0
            for number, one in enumerate(classes):
                found |= 0 if one.isdisjoint(values) else self.at(fact, number)
            self._having[fact, values] = found
        return found

    def at(self, fact: str, number: int) -> int:
        """The combinations in which the fact is in the class of this number: a block of ones, repeated."""
        axis = self.axes[fact]
        period = axis.stride * len(axis.classes)
        block = ((1 << axis.stride) - 1) << (axis.stride * number)
        return block * (((1 << self.size) - 1) // ((1 << period) - 1))

    def applies(self, rule: Conditional, behaviours: frozenset[str]) -> int:
        """The combinations in which the rule applies to a report of these behaviours."""
        found = self.everything
        for fact, values in (rule.when or {}).items():
            found &= self._holding(fact, values, behaviours)
        for fact, values in (rule.unless or {}).items():
            found &= ~self._holding(fact, values, behaviours)
        return found

    def _holding(self, fact: str, values: tuple[Value, ...], behaviours: frozenset[str]) -> int:
        if fact == "behaviours":
            return 0 if behaviours.isdisjoint(map(str, values)) else self.everything
        return self.having(fact, values)

    def moves(self, changes: Mapping[str, int]) -> Iterator[Move]:
        """All the ways to get to these classes (fact -> class number) from others or the same."""
        for start in product(*(range(len(self.axes[fact].classes)) for fact in changes)):
            from_here, places = self.everything, 0
            for (fact, to), number in zip(changes.items(), start, strict=True):
                from_here &= self.at(fact, number)
                places += (to - number) * self.axes[fact].stride
            yield from_here, places

    def read(self, combinations_found: int) -> dict[str, Class]:
        """The first combination of the set, fact by fact; facts with nothing known are left out."""
        index = (combinations_found & -combinations_found).bit_length() - 1
        found = {
            axis.fact: axis.classes[index // axis.stride % len(axis.classes)] for axis in self.axes.values()
        }
        return {fact: values for fact, values in found.items() if values}


def shifted(combinations_found: int, places: int) -> int:
    return combinations_found << places if places >= 0 else combinations_found >> -places


def combinations_count(rules: Iterable[Conditional]) -> int:
    """How many there would be; cheap, unlike a :class:`Space`'s sets."""
    return prod(len(_classes(fact, asked)) for fact, asked in _values_asked(rules).items())


def _values_asked(rules: Iterable[Conditional]) -> dict[str, set[tuple[Value, ...]]]:
    asked: dict[str, set[tuple[Value, ...]]] = {fact: {(True,)} for fact in PROTECTING}
    for rule in rules:
        for condition in (rule.when, rule.unless):
            for fact, values in (condition or {}).items():
                asked.setdefault(fact, set()).add(values)
    asked.pop("behaviours", None)
    return asked


def _classes(fact: str, asked: set[tuple[Value, ...]]) -> tuple[Class, ...]:
    """Nothing known first, then one class for all the values that the same conditions ask for."""
    values: tuple[Value, ...] = (True, False) if fact in YES_NO_FACTS else CHOICES[fact]
    by_conditions: dict[frozenset[tuple[Value, ...]], Value] = {}
    for value in values:
        asking = frozenset(condition for condition in asked if value in condition)
        if asking and value != "unknown":
            by_conditions.setdefault(asking, value)
    single = [frozenset((value,)) for value in by_conditions.values()]
    pairs = [one | other for one, other in combinations(single, 2)] if fact in LISTS else []
    return (NOTHING, *single, *pairs)
