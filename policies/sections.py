"""The building blocks every part of a policy file is made of.

An upper app declares its part of the file as a :class:`Section` and registers it in ``ready()``; the
section's field names are the top-level keys it owns in the YAML.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, model_validator

from policies.problems import Problem
from timeline.registry import Registry

if TYPE_CHECKING:
    from policies.schema import Policy


class Part(BaseModel):
    """A piece of a policy: unknown keys are errors, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Part):
    """A rule that says where it comes from: the landlord's words, or our reading of their silence."""

    clause: str | None = None
    clause_id: str | None = None
    interpretation: bool = False
    why: str | None = None

    @model_validator(mode="after")
    def _says_where_it_comes_from(self) -> Self:
        if self.interpretation and not self.why:
            raise ValueError("a rule marked interpretation: true must say why")
        if not self.interpretation and not self.clause:
            raise ValueError("a rule needs its clause, or interpretation: true with why")
        return self


class Section(Part):
    """One app's part of a policy file."""

    def problems(self, policy: "Policy") -> Iterator[Problem]:
        """Yield what is wrong between this section and the rest of the policy."""
        yield from ()


policy_sections: Registry[type[Section]] = Registry("policy section")
