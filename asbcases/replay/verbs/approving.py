"""What a gated step asks of people: an approval, somebody told, a rule set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from asbcases.replay.verbs.base import AS_TOLD, Event, Name, OneOrMore
from cases.gates.schema import ApprovalsSection
from cases.gates.steps import steps_of
from cases.models import Case
from cases.models.step import Approval, Notice
from cases.services.approving import approve, give_notice, set_aside
from cases.services.reviewing import NOTICE_OF as CASE_REVIEW
from cases.services.reviewing import Explained, explain_case_review
from policies.schema import Policy
from timeline.actors import Actor

if TYPE_CHECKING:
    from typing import Self

    from asbcases.replay.stage import Stage

MANAGER = "manager"


class ApproveEvent(Event):
    """A named person's yes, no or advice; whoever's the policy says it is, where `by` is left out."""

    usual_actor = MANAGER

    what: str = Field(description="the key of the approval")
    answer: Approval.Answer | None = Field(
        None, description="`yes`, `no` or `advice`; left out, `advice` where that is all it is, else `yes`"
    )
    reason: str = Field(AS_TOLD, description="why")

    def happen(self, stage: Stage) -> None:
        case = stage.case_of(self)
        rule = stage.policy.section(ApprovalsSection).rule(self.what)
        usual = Approval.Answer.ADVICE if rule and rule.advice else Approval.Answer.YES
        positions = rule.positions(case.team.key) if rule else ()
        actor = stage.staff[positions[0]].actor() if positions and self._nobody_named else stage.actor(self)
        approve(case, what=self.what, answer=self.answer or usual, reason=self.reason, by=actor)

    @property
    def _nobody_named(self) -> bool:
        return self.by is None and self.position is None


class NoticeEvent(Event):
    """Somebody is told what the policy wants them told before a step."""

    to: Name = Field(description="who is told, by name")
    of: str = Field(description="the key of what they are told; `case_review`: how to ask for one")
    how: Annotated[tuple[Notice.How, ...], OneOrMore] = Field(
        (), description="`spoken`, `written`, or both in a list"
    )
    spoken: bool = Field(False, description="the same as `how: spoken`")
    written: bool = Field(False, description="the same as `how: written`")
    summary: str = Field(AS_TOLD, description="what they were told")

    @model_validator(mode="after")
    def _says_how(self) -> Self:
        if not self.ways:
            raise ValueError("say how they were told: spoken or written")
        return self

    @property
    def ways(self) -> list[Notice.How]:
        said = {Notice.How.SPOKEN: self.spoken, Notice.How.WRITTEN: self.written}
        return [how for how in Notice.How if how in self.how or said[how]]

    def happen(self, stage: Stage) -> None:
        case = stage.case_of(self)
        person_id = stage.person_in(case, self.to)
        for how in self.ways:
            self._give(case, person_id, how, stage.actor(self))

    def _give(self, case: Case, person_id: int, how: str, by: Actor) -> None:
        """Telling somebody of the case review has a record of its own."""
        if self.of == CASE_REVIEW:
            explain_case_review(case, Explained(person_id, how, self.summary, self.at), by=by)
            return
        give_notice(
            case, person_id=person_id, of=self.of, how=how, given_at=self.at, summary=self.summary, by=by
        )


class DeviateEvent(Event):
    """A manager sets the gates of one step aside, where the policy itself allows that."""

    usual_actor = MANAGER

    step: str = Field(alias="from", description="the step: `close`, or the key of a tool")
    manager: str | Literal[True] | None = Field(
        None, description="which manager, named as in `by`; any other name stands for one who may do this"
    )
    reasons: str = Field("", description="why")
    why_proportionate: str = Field(
        "", description="why it is fair, reasonable and proportionate; the reasons if left out"
    )

    def happen(self, stage: Stage) -> None:
        set_aside(
            stage.case_of(self),
            step=_step_named(stage.policy, self.step),
            reasons=self.reasons,
            why_proportionate=self.why_proportionate or self.reasons,
            by=self._manager(stage),
        )

    def _manager(self, stage: Stage) -> Actor:
        if self.by or self.position:
            return stage.actor(self)
        if isinstance(self.manager, str) and self.manager in stage.staff:
            return stage.staff[self.manager].actor()
        rule = stage.policy.section(ApprovalsSection).deviation
        return stage.staff[rule.by[0] if rule and rule.by else MANAGER].actor()


def _step_named(policy: Policy, name: str) -> str:
    """Its key among the gated steps, which for a tool begins with ``tool:``."""
    known = {step.key for step in steps_of(policy)}
    return next((key for key in (name, f"tool:{name}") if key in known), name)


VERBS: dict[str, type[Event]] = {"approve": ApproveEvent, "notice": NoticeEvent, "deviate": DeviateEvent}
