"""Reports as they come in, and what a person decides of those that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field, ValidationInfo, field_validator

from asbcases.replay.verbs.base import AS_TOLD, TOLD_LATE, Event, Moment, OneOrMore
from cases.choices import SafeContact
from cases.models import Case, Report
from cases.services.people import Told, name_key
from landlords.permissions import Refused
from policies.sections import Part
from triage.facts import CHOICES, Facts
from triage.models import Proposal
from triage.schema import ROUTES, Route
from triage.services import Submission, decide_report, submit_report

if TYPE_CHECKING:
    from asbcases.replay.stage import Stage, ToldReport

TOLD_AT_ONCE = frozenset({"telephone", "in_person", "web"})
"""Whoever reports this way is shown or told the reference at once, which acknowledges the report."""


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is not one of {', '.join(known)}")
    return value


class Somebody(Part):
    """A person as a report describes them."""

    name: str = ""
    kind: str = "unknown"
    phone: str = ""
    email: str = ""
    address: str = ""
    safe_contact: SafeContact = SafeContact.ANY
    safe_contact_note: str = ""
    needs: str = ""


class Reporter(Somebody):
    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        return _one_of(value, CHOICES["reporter"])


class Respondent(Somebody):
    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        return _one_of(value, CHOICES["respondent"])


class MoreFacts(Part):
    """The facts of triage that have no key of their own on a report; left out means unknown."""

    hate_perceived: bool | None = None
    hate_strands: tuple[str, ...] = ()
    risk_of_personal_harm: bool | None = None
    immediate_danger: bool | None = None
    persistent_or_unreasonable: bool | None = None
    clear_victim: bool | None = None
    affects_wider_community: bool | None = None
    directed_at_staff: bool | None = None
    living_plus: bool | None = None
    anonymous: bool | None = None

    @field_validator("hate_strands")
    @classmethod
    def _known_strands(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_one_of(strand, CHOICES["hate_strands"]) for strand in value)

    @field_validator("*", mode="before")
    @classmethod
    def _unknown_is_nothing(cls, value: Any) -> Any:
        return None if value == "unknown" else value


class ReportEvent(Event):
    """Somebody tells the landlord what happened. A report about the same named respondent joins the open case."""

    channel: str = Field("telephone", description=f"one of {', '.join(CHOICES['channel'])}")
    behaviours: Annotated[tuple[str, ...], OneOrMore] = Field(
        (), description="keys of the behaviours, as `explain_triage` takes them"
    )
    reporter: Reporter = Field(
        Reporter(), description="`name`, `kind`, `phone`, `email`, `address`, `safe_contact`, `needs`"
    )
    complainant: Somebody = Field(
        Somebody(), description="the person affected, where somebody else reports: `name` and so on"
    )
    respondent: Respondent = Field(
        Respondent(), description="the person complained about: `name`, `kind`, `address`"
    )
    anonymous: bool | None = Field(None, description="the reporter gives no name")
    facts: MoreFacts = Field(
        MoreFacts(), description=f"{', '.join(f'`{name}`' for name in MoreFacts.model_fields)}"
    )
    description: str = Field("", description="what they said")
    location: str = Field("", description="where it happened")
    occurred_at: Moment | None = Field(None, description="when it happened, where that is known")
    received_at: Moment | None = Field(None, description="when the landlord first had it; `at` if left out")
    acknowledged: bool | None = Field(
        None,
        description="the reporter is told at once that we have it; so by telephone, in person and on the web",
    )

    @field_validator("channel", "behaviours")
    @classmethod
    def _known_value(cls, value: Any, info: ValidationInfo) -> Any:
        known = CHOICES[info.field_name or ""]
        for item in (value,) if isinstance(value, str) else value:
            _one_of(item, known)
        return value

    def happen(self, stage: Stage) -> None:
        submitted = submit_report(
            self._submission(stage),
            by=stage.actor(self),
            join=self._join(stage),
            acknowledged=self._is_acknowledged(),
        )
        report = submitted.report
        stage.came_onto(submitted.case)
        stage.told(report)
        for person in (report.reporter, report.complainant):
            if person is not None:
                stage.people[person.name_key] = person.pk

    def _join(self, stage: Stage) -> Case | None:
        if self.case is not None:
            return stage.numbered(self.case)
        return stage.open_case_about(self.respondent.name)

    def _is_acknowledged(self) -> bool:
        return self.channel in TOLD_AT_ONCE if self.acknowledged is None else self.acknowledged

    def _submission(self, stage: Stage) -> Submission:
        return Submission(
            self._facts(),
            description=self.description,
            occurred_at=self.occurred_at,
            location=self.location,
            reporter=_told(self.reporter, stage),
            complainant=_told(self.complainant, stage),
            respondent=Told(name=self.respondent.name, address=self.respondent.address),
            late_entry_reason=TOLD_LATE if self.received_at else "",
        )

    def _facts(self) -> Facts:
        return Facts.model_validate(
            {
                **self.facts.model_dump(),
                "received_at": self.received_at or self.at,
                "channel": self.channel,
                "behaviours": self.behaviours,
                "reporter": self.reporter.kind,
                "respondent": self.respondent.kind,
                "anonymous": self.facts.anonymous if self.anonymous is None else self.anonymous,
            }
        )


def _told(person: Somebody, stage: Stage) -> Told:
    """Whoever reports again is the same person."""
    known = stage.people.get(name_key(person.name)) if person.name.strip() else None
    return Told(
        name=person.name,
        kind="" if person.kind == "unknown" else person.kind,
        phone=person.phone,
        email=person.email,
        address=person.address,
        safe_contact=person.safe_contact,
        safe_contact_note=person.safe_contact_note,
        needs=person.needs,
        person_id=known,
    )


class DecideEvent(Event):
    """A named person decides what becomes of a report that waits."""

    route: Route = Field(description=f"one of {', '.join(ROUTES)}")
    reason: str = Field(AS_TOLD, description="why, as you would explain it to the person who reported it")
    level: str | None = Field(
        None, description="for `asb`; the most serious the facts support where left out"
    )
    report: int | None = Field(
        None, ge=1, description="which report, counted from 1; the newest that waits where left out"
    )

    def happen(self, stage: Stage) -> None:
        proposal = Proposal.objects.get(report=self._report(stage))
        case = decide_report(
            proposal, route=self.route, level=self.level, reason=self.reason, by=stage.actor(self)
        )
        stage.came_onto(case)

    def _report(self, stage: Stage) -> Report:
        waiting = [told for told in reversed(stage.reports) if _waits(told)]
        if self.report is not None:
            waiting = [told for told in waiting if told.number == self.report]
        if not waiting:
            raise Refused(_("No report waits to be decided."))
        return waiting[0].report


def _waits(told: ToldReport) -> bool:
    return Proposal.objects.filter(report=told.report, decided_at__isnull=True).exists()


VERBS: dict[str, type[Event]] = {"report": ReportEvent, "decide": DecideEvent}
