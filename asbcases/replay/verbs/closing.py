"""Ending a case, and taking it up again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from asbcases.replay.verbs.base import AS_TOLD, Event
from cases.services.closing import close_case, reopen_case

if TYPE_CHECKING:
    from asbcases.replay.stage import Stage


class CloseEvent(Event):
    """The case is closed on a ground of the policy, if its gates let it."""

    ground: str = Field(description="the key of the ground")
    reason: str = Field("", description="why, as you would explain it to the complainant")
    complainant_agrees: bool | None = Field(None, description="the same as in `details`")
    details: dict[str, bool | str] = Field(
        {}, description="answers to the questions that closing asks, by key"
    )

    def happen(self, stage: Stage) -> None:
        close_case(
            stage.case_of(self),
            ground=self.ground,
            reason=self.reason,
            details=self._answers(),
            by=stage.actor(self),
        )

    def _answers(self) -> dict[str, Any]:
        agrees = {} if self.complainant_agrees is None else {"complainant_agrees": self.complainant_agrees}
        return {**self.details, **agrees}


class ReopenEvent(Event):
    """A closed case is taken up again."""

    reason: str = Field(AS_TOLD, description="why")

    def happen(self, stage: Stage) -> None:
        reopen_case(stage.closed_case_of(self), reason=self.reason, by=stage.actor(self))


VERBS: dict[str, type[Event]] = {"close": CloseEvent, "reopen": ReopenEvent}
