"""Working a case: contact, incidents, levels, who has it, and why something was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from asbcases.replay.verbs.base import AS_TOLD, TOLD_LATE, Event, Moment, Name, OneOrMore
from cases.choices import ContactMeans, ContactOutcome, MissReason
from cases.models import Breach, Case
from cases.services.categorising import reassign, recategorise
from cases.services.deciding import record_decision
from cases.services.misses import explain_miss
from cases.services.reviewing import Explained, explain_case_review
from cases.services.working import ContactDetails, IncidentDetails, add_incident, record_contact
from landlords.models import Team
from landlords.permissions import Refused
from triage.facts import BEHAVIOURS

if TYPE_CHECKING:
    from asbcases.replay.stage import Stage

MEANS: dict[ContactOutcome, ContactMeans] = {
    ContactOutcome.VISIT_MET: ContactMeans.VISIT,
    ContactOutcome.VISIT_NO_ANSWER: ContactMeans.VISIT,
    ContactOutcome.LETTER_SENT: ContactMeans.LETTER,
}
"""How somebody was reached where the chronology does not say; otherwise by telephone."""


class ContactEvent(Event):
    """Speaking with somebody, or trying to: only `spoke` and `visit_met` meet anything."""

    person: Name = Field(alias="with", description="who, by name")
    outcome: ContactOutcome = Field(description=", ".join(f"`{one}`" for one in ContactOutcome))
    told: Annotated[tuple[Literal["main_contact", "closing", "case_review"], ...], OneOrMore] = Field(
        (),
        description="what they were told: `main_contact` (who theirs is), `closing` (that we mean to close the case),"
        " `case_review` (how to ask for one)",
    )
    means: ContactMeans | None = Field(
        None, description=f"{', '.join(f'`{one}`' for one in ContactMeans)}; follows from the outcome"
    )
    agreed_every_days: int | None = Field(
        None, ge=1, le=90, description="how often they agreed to be contacted"
    )
    asked_this_way: bool = Field(
        False, description="they asked to be reached in a way they had called unsafe"
    )
    summary: str = Field(AS_TOLD, description="what was said")
    occurred_at: Moment | None = Field(
        None, description="when it really happened, where `at` is only when it was written down"
    )

    def happen(self, stage: Stage) -> None:
        case = stage.case_of(self)
        details = ContactDetails(
            person_id=stage.person_in(case, self.person),
            means=self.means or MEANS.get(self.outcome, ContactMeans.TELEPHONE),
            outcome=self.outcome,
            occurred_at=self.occurred_at or self.at,
            summary=self.summary,
            told_main_contact="main_contact" in self.told,
            about_closing="closing" in self.told,
            late_reason=TOLD_LATE if self.occurred_at else "",
            asked_this_way=self.asked_this_way,
            agreed_every_days=self.agreed_every_days,
        )
        recorded = record_contact(case, details, by=stage.actor(self))
        if "case_review" in self.told:
            told = Explained(details.person_id, "spoken", self.summary, recorded.contact.occurred_at)
            explain_case_review(case, told, by=stage.actor(self))


class IncidentEvent(Event):
    """Something more that happened, told in a diary or on a visit: no new clock starts."""

    behaviours: Annotated[tuple[Literal[BEHAVIOURS], ...], OneOrMore] = Field(  # type: ignore[valid-type]
        (), description="keys of the behaviours"
    )
    description: str = Field("", description="what happened")
    location: str = Field("", description="where")
    occurred_at: Moment | None = Field(None, description="when it happened; `at` if left out")

    def happen(self, stage: Stage) -> None:
        details = IncidentDetails(
            description=self.description,
            behaviours=list(self.behaviours),
            occurred_at=self.occurred_at or self.at,
            location=self.location,
            late_reason=TOLD_LATE if self.occurred_at else "",
        )
        add_incident(stage.case_of(self), details, by=stage.actor(self))


class RecategoriseEvent(Event):
    """The case gets another level of its policy."""

    level: str = Field(description="the key of the level")
    reason: str = Field("", description="why")

    def happen(self, stage: Stage) -> None:
        recategorise(stage.case_of(self), level=self.level, reason=self.reason, by=stage.actor(self))


class ReassignEvent(Event):
    """The case goes to somebody else, or to another team."""

    to: str | None = Field(None, description="a member of staff, named as in `by`")
    team: str | None = Field(None, description="the key of a team")
    reason: str = Field(AS_TOLD, description="why")

    def happen(self, stage: Stage) -> None:
        if self.to is not None and self.to not in stage.staff:
            raise Refused(_("Nobody called %(name)s works here.") % {"name": self.to})
        owner = stage.staff[self.to] if self.to is not None else None
        team = _team(self.team) if self.team is not None else None
        reassign(stage.case_of(self), owner=owner, team=team, reason=self.reason, by=stage.actor(self))


def _team(key: str) -> Team:
    team = Team.objects.filter(key=key).first()
    if team is None:
        raise Refused(_("There is no team %(key)s.") % {"key": key})
    return team


class ExplainMissEvent(Event):
    """Why a promise was missed; it still counts as missed."""

    kind: str | None = Field(None, description="the kind of the deadline; the oldest miss not explained yet")
    of: Name | None = Field(None, description="the person it was owed to")
    reason: str = Field(
        MissReason.OUR_FAILURE, description=f"{', '.join(f'`{one}`' for one in MissReason)}, or in words"
    )
    explanation: str = Field(AS_TOLD, description="in words")

    def happen(self, stage: Stage) -> None:
        miss = self._miss(stage, stage.case_of(self))
        known = self.reason in MissReason.values
        explain_miss(
            miss,
            reason=self.reason if known else MissReason.OUR_FAILURE,
            explanation=self.explanation if known else self.reason,
            by=stage.actor(self),
        )

    def _miss(self, stage: Stage, case: Case) -> Breach:
        misses = Breach.objects.filter(deadline__case=case, explained_at__isnull=True)
        if self.kind is not None:
            misses = misses.filter(deadline__kind=self.kind)
        if self.of is not None:
            misses = misses.filter(deadline__person_id=stage.person_in(case, self.of))
        found = misses.order_by("due_at", "pk").first()
        if found is None:
            raise Refused(_("There is no such miss to explain."))
        return found


class RecordDecisionEvent(Event):
    """A decision that the policy wants on record."""

    what: str = Field(description="the key of the decision")
    answer: str = Field(description="one of its answers")
    reason: str = Field("", description="why")

    def happen(self, stage: Stage) -> None:
        case = stage.case_of(self)
        record_decision(case, key=self.what, answer=self.answer, reason=self.reason, by=stage.actor(self))


VERBS: dict[str, type[Event]] = {
    "contact": ContactEvent,
    "incident": IncidentEvent,
    "recategorise": RecategoriseEvent,
    "reassign": ReassignEvent,
    "explain_miss": ExplainMissEvent,
    "record_decision": RecordDecisionEvent,
}
