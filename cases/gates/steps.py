"""Every step that a policy puts gates in front of, whichever app takes it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cases.gates.schema import Requirement
from policies.schema import Policy
from timeline.registry import Registry


@dataclass(frozen=True)
class GatedStep:
    """``key`` is what the step is called where its gates are asked, and where they are set aside."""

    key: str
    label: str
    needs: tuple[Requirement, ...]


gated_steps: Registry[Callable[[Policy], Iterable[GatedStep]]] = Registry("gated step")
"""Filled by each app in ``ready()``."""


def steps_of(policy: Policy) -> Iterator[GatedStep]:
    for found in gated_steps.values():
        yield from found(policy)
