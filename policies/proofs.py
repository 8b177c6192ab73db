"""What must hold of a whole policy beyond the form of its parts; the app that can prove it registers here."""

from collections.abc import Callable, Iterable

from policies.problems import Problem
from policies.schema import Policy
from timeline.registry import Registry

Proof = Callable[[Policy], Iterable[Problem]]
"""Goes through a valid policy and yields everything it disproves."""

policy_proofs: Registry[Proof] = Registry("policy proof")
