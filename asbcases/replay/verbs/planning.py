"""What is agreed with a complainant, and the tools that are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from pydantic import Field

from actionplans.models import Action
from actionplans.plan.checking import ActionDetails
from actionplans.plan.items import interval_words
from actionplans.plan.schema import Plans
from actionplans.plan.services import HowSent, agree_plan, plans_of
from actionplans.tools.services import use_tool
from asbcases.replay.verbs.base import AS_TOLD, TOLD_LATE, Day, Event, Moment, Name
from landlords.permissions import Refused
from policies.sections import Part

if TYPE_CHECKING:
    from asbcases.replay.stage import Stage


class ActionTold(Part):
    """One thing of a plan: ``what`` is an item of the landlord's template, or says it in words."""

    who: Action.Side
    what: Name
    by: Day | None = None
    owner: str | None = None


class AgreePlanEvent(Event):
    """An action plan is agreed with a complainant; agreed again, it is the next version."""

    person: Name | None = Field(None, alias="with", description="by name; the complainant if left out")
    contact_every_days: int | None = Field(
        None, description="how often they agreed to be contacted; the policy's own interval if left out"
    )
    actions: list[ActionTold] = Field(
        [],
        description="`who` (`landlord` or `complainant`), `what` (an item of the template, or in words), `by` (a date),"
        " `owner` (a member of staff, named as in `by`)",
    )
    sent: bool | HowSent = Field(
        False, description=f"it is sent at once: `true`, or how ({', '.join(f'`{how}`' for how in HowSent)})"
    )
    why_changed: str = Field(AS_TOLD, description="why it is another than before")

    def happen(self, stage: Stage) -> None:
        case = stage.case_of(self)
        agree_plan(
            case,
            person_id=stage.person_in(case, self.person),
            contact_every_days=self.contact_every_days,
            actions=[self._action(stage, plans_of(case), action) for action in self.actions],
            sent_how=self._sent_how(),
            why_changed=self.why_changed,
            by=stage.actor(self),
        )

    def _action(self, stage: Stage, plans: Plans, told: ActionTold) -> ActionDetails:
        """Whoever agrees the plan does what it asks of the landlord, where nobody is named."""
        owner = told.owner or self.actor_key
        if owner not in stage.staff:
            raise Refused(_("Nobody called %(name)s works here.") % {"name": owner})
        item = plans.item(told.what)
        return ActionDetails(
            who=told.who,
            words=item.filled(self._known(stage, plans), {}) if item else told.what,
            item=item.key if item else "",
            owner_id=stage.staff[owner].pk,
            by=told.by,
        )

    def _known(self, stage: Stage, plans: Plans) -> dict[str, str]:
        days = self.contact_every_days or plans.interval.default_days
        return {"landlord": stage.landlord.name} | ({"interval": interval_words(days)} if days else {})

    def _sent_how(self) -> str:
        if isinstance(self.sent, bool):
            return HowSent.POST if self.sent else ""
        return self.sent


class UseToolEvent(Event):
    """A tool is used, if its gates let it."""

    tool: str = Field(description="the key of the tool")
    details: dict[str, bool | str] = Field(
        {}, description="answers to the questions that the tool asks, by key"
    )
    person: Name | None = Field(None, alias="with", description="with or against whom, by name")
    used_at: Moment | None = Field(
        None, description="when it was used, where `at` is only when it was written down"
    )
    note: str = Field("", description="more about it")

    def happen(self, stage: Stage) -> None:
        case = stage.case_of(self)
        use_tool(
            case,
            tool=self.tool,
            details=self.details,
            person_id=stage.person_in(case, self.person) if self.person is not None else None,
            used_at=self.used_at,
            late_reason=TOLD_LATE if self.used_at is not None else "",
            note=self.note,
            by=stage.actor(self),
        )


VERBS: dict[str, type[Event]] = {"agree_plan": AgreePlanEvent, "use_tool": UseToolEvent}
