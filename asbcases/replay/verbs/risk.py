"""Assessing a complainant's risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from asbcases.replay.verbs.base import Event, Name, YesNoText
from riskmatrix.engine import Answered, answers_from
from riskmatrix.findings import risk_of
from riskmatrix.instrument import Instrument
from riskmatrix.models import Band
from riskmatrix.services.assessing import assess_risk

if TYPE_CHECKING:
    from asbcases.replay.stage import Stage


class AssessRiskEvent(Event):
    """Somebody's risk is assessed with the scorecard, and the officer confirms a band."""

    of: Name | None = Field(None, description="whose, by name; the complainant if left out")
    answers: dict[int, YesNoText | list[YesNoText]] = Field(
        min_length=1,
        description="by the number of the question: a key, several in a list, or `declined`. A question that is not"
        " listed was asked too, and not answered",
    )
    unfinished: bool = Field(False, description="the questions that are not listed were not asked")
    confirmed_band: Band = Field(description=", ".join(f"`{one}`" for one in Band))
    judgement: str = Field(
        "The chronology gives no reason.",
        description="why, where the band is another than the score suggests",
    )
    occasion: str = Field("", description="what it was made for")
    consents: dict[str, bool] = Field({}, description="by agency: whether they agree that it is told")

    def happen(self, stage: Stage) -> None:
        case = stage.case_of(self)
        assess_risk(
            case,
            person_id=stage.person_in(case, self.of),
            answers=self._answers(risk_of(case).questions),
            confirmed_band=self.confirmed_band,
            judgement=self.judgement,
            occasion=self.occasion,
            consents=self.consents,
            by=stage.actor(self),
        )

    def _answers(self, instrument: Instrument) -> dict[int, Answered]:
        given = answers_from(self.answers)
        asked = [] if self.unfinished else [question.number for question in instrument.questions]
        return {number: Answered(declined=True) for number in asked} | given


VERBS: dict[str, type[Event]] = {"assess_risk": AssessRiskEvent}
