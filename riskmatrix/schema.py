"""How a policy file says which risk assessment is made, of whom, and what a confirmed band means."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from cases.schema import DeadlineRule, MetBy, RuleText
from policies.problems import Problem
from policies.schema import Key, Policy, Text, unknown_level
from policies.sections import Part, Section, Sourced
from riskmatrix.engine import Mode, Scale, most
from riskmatrix.instrument import Instrument, instrument_of, instruments

BandKey = Literal["low", "medium", "high"]
MET_BY: dict[str, MetBy] = {
    "partner_share": "information_shared",
    "risk_action": "risk_acted_on",
    "liaison_officer": "decision_recorded",
}
"""What ends each kind of duty that an assessment may start."""


class Scaling(Sourced):
    """How answers add up and where a band begins. No document prints either, so both are our reading (Ruling 5)."""

    mode: Mode = "sum"
    medium_from: int = Field(18, ge=1)
    high_from: int = Field(26, ge=2)

    @property
    def scale(self) -> Scale:
        return Scale(self.mode, self.medium_from, self.high_from)

    @model_validator(mode="after")
    def _high_is_above_medium(self) -> Self:
        if self.high_from <= self.medium_from:
            raise ValueError("high begins above medium")
        return self


class Assessed(Sourced):
    """Who is assessed, in the document's words."""

    text: Text


class Review(Sourced):
    """Days after which somebody is reminded to assess again; fewer while the band is high."""

    every_days: int = Field(28, ge=1, le=366)
    high_every_days: int = Field(14, ge=1, le=366)

    def rule(self, band: str) -> DeadlineRule:
        days = self.high_every_days if band == "high" else self.every_days
        return self.rule_of(f"within_calendar_days:{days}", self.why)

    def rule_of(self, due: str, why: str | None) -> DeadlineRule:
        """A reminder, whatever the document says of reviewing: no document gives a number of days."""
        return DeadlineRule(
            kind="risk_review",
            label="Assess the risk again",
            due=due,
            met_by="risk_assessment_completed",
            interpretation=True,
            clause=self.clause,
            clause_id=self.clause_id,
            why=why or "the number of days is ours",
        )


class Duty(Part):
    """Something that stays owed until it is done. Without a time in the document it is never late (Ruling 1)."""

    kind: Literal["partner_share", "risk_action", "liaison_officer"]
    label: Text
    due: RuleText = "no_time_stated"


class Consequence(Sourced):
    """What a confirmed band means here. ``raises_to`` proposes a level; only a named person changes it.

    ``on_change``: where the band is another than the time before, whichever it is now.
    """

    key: Key
    text: Text
    bands: tuple[BandKey, ...] = ()
    on_change: bool = False
    raises_to: Key | None = None
    duty: Duty | None = None

    def holds(self, band: str, before: str | None) -> bool:
        return band in self.bands or (self.on_change and before not in (None, band))

    @property
    def rule(self) -> DeadlineRule | None:
        if self.duty is None:
            return None
        return DeadlineRule(
            kind=self.duty.kind,
            label=self.duty.label,
            due=self.duty.due,
            met_by=MET_BY[self.duty.kind],
            clause=self.clause,
            clause_id=self.clause_id,
            interpretation=self.interpretation,
            why=self.why,
        )


_SILENT = "the document does not say; these are our defaults"


class Risk(Part):
    """One landlord's use of an instrument. Every default is ours, for a policy that is silent."""

    instrument: Text = "pfp-ram-2024"
    version: int = Field(1, ge=1)
    scaling: Scaling = Scaling(interpretation=True, why=_SILENT)
    assessed: tuple[Assessed, ...] = ()
    review: Review = Review(interpretation=True, why=_SILENT)
    agencies: tuple[Text, ...] = ("Police", "Victim Support")
    consequences: tuple[Consequence, ...] = ()

    @property
    def questions(self) -> Instrument:
        return instrument_of(self.instrument, self.version)


class RiskSection(Section):
    """The part of a policy about risk; an older file without it is assessed by our defaults."""

    risk: Risk = Risk()

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """The instrument is there, its score reaches the bands, consequences are listed once, levels exist."""
        named = f"{self.risk.instrument}, version {self.risk.version}"
        if (self.risk.instrument, self.risk.version) not in instruments():
            known = "; ".join(f"{key}, version {version}" for key, version in instruments())
            yield Problem("risk.instrument", named, known, "there is no such instrument")
            return
        reach, scaling = most(self.risk.questions, self.risk.scaling.mode), self.risk.scaling
        if scaling.high_from > reach:
            expected = f"{reach} or less"
            yield Problem(
                "risk.scaling.high_from", scaling.high_from, expected, "no answers come to this score"
            )
        yield from self._consequence_problems(policy)

    def _consequence_problems(self, policy: Policy) -> Iterator[Problem]:
        keys = [one.key for one in self.risk.consequences]
        levels = {level.key for level in policy.core.levels}
        for number, one in enumerate(self.risk.consequences):
            path = f"risk.consequences[{number}]"
            if keys.count(one.key) > 1:
                yield Problem(f"{path}.key", one.key, "a key used once", "this consequence is listed twice")
            if not one.bands and not one.on_change:
                yield Problem(f"{path}.bands", list(one.bands), "a band, or on_change", "it never holds")
            if one.raises_to is not None and one.raises_to not in levels:
                yield unknown_level(f"{path}.raises_to", one.raises_to, policy.core)
