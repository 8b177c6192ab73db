"""What triage answers: the route, how serious, whose work, why, and what to do now."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from triage.schema import OPENS_A_CASE, Route


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of the answer and where it stands; ``interpretation`` marks our reading."""

    text: str
    clause: str | None
    clause_id: str | None
    interpretation: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """A prompt that applies to this report: something to do now, not a deadline."""

    key: str
    text: str
    clause: str | None
    clause_id: str | None
    interpretation: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one report. ``level`` and ``level_label`` are None on every route but ``asb``.

    The first reason is the one that decided. On a route that opens no case the decision is a proposal,
    which a named person confirms.
    """

    landlord: str
    policy_version: int
    route: Route
    level: str | None
    level_label: str | None
    team: str
    reasons: tuple[Reason, ...]
    prompts: tuple[Advice, ...]

    @property
    def opens_case(self) -> bool:
        return self.route in OPENS_A_CASE

    def as_json(self) -> dict[str, Any]:
        data = asdict(self)
        return data | {"reasons": list(data["reasons"]), "prompts": list(data["prompts"])}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Raises TypeError where ``data`` did not come from :meth:`as_json`."""
        reasons = tuple(Reason(**reason) for reason in data["reasons"])
        prompts = tuple(Advice(**prompt) for prompt in data["prompts"])
        return cls(**{**data, "reasons": reasons, "prompts": prompts})
