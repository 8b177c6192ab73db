"""What one confirmed assessment means under the policy of its case. Changes nothing."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case
from policies.schema import Policy
from policies.selectors import policy_of
from riskmatrix.engine import Answered, Answers
from riskmatrix.instrument import Instrument
from riskmatrix.models import Assessment, Band
from riskmatrix.schema import Consequence, Risk, RiskSection


@dataclass(frozen=True)
class Prompt:
    """Advice that an assessment brings: what to do, and in whose words."""

    key: str
    text: str
    clause: str = ""
    clause_id: str = ""
    interpretation: bool = False
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        return vars(self)


def risk_of(case: Case) -> Risk:
    """How the policy this case runs under assesses risk."""
    return policy_of(case.policy).section(RiskSection).risk


def consequences(risk: Risk, band: str, before: str | None) -> list[Consequence]:
    """What holds at this band; ``before`` is the band of the time before, None at the first assessment."""
    return [one for one in risk.consequences if one.holds(band, before)]


def level_proposed(case: Case, policy: Policy, band: str) -> Consequence | None:
    """The consequence that proposes a more serious level than the case has."""
    if case.route != "asb" or not case.level:
        return None
    rank = policy.rank(case.level)
    return next(
        (
            one
            for one in policy.section(RiskSection).risk.consequences
            if band in one.bands and one.raises_to and policy.rank(one.raises_to) < rank
        ),
        None,
    )


def prompts_of(assessment: Assessment, case: Case, before: str | None) -> list[Prompt]:
    """Everything this assessment asks somebody to do or to consider, the policy's own words first."""
    risk = risk_of(case)
    found = [
        Prompt(one.key, one.text, one.clause or "", one.clause_id or "", one.interpretation, one.why or "")
        for one in consequences(risk, assessment.confirmed_band, before)
    ]
    ours = [_high_prompt()] if needs_acting(assessment.confirmed_band) else []
    hate = [_hate_prompt()] if asks_about_hate(assessment, case, risk.questions) else []
    return found + ours + hate


def asks_about_hate(assessment: Assessment, case: Case, instrument: Instrument) -> bool:
    """The person feels that it is about who they are, and the case does not say so yet."""
    prompting = {str(one.number): set(one.prompts_hate) for one in instrument.questions if one.prompts_hate}
    said = any(
        not prompting[number].isdisjoint(given["chosen"])
        for number, given in assessment.answers.items()
        if number in prompting
    )
    return said and not case.hate


def _high_prompt() -> Prompt:
    return Prompt(
        "high_risk",
        _(
            "See that one named officer has the case, tell the manager, offer support, look at how often you speak, and"
            " consider the police and other partners."
        ),
        interpretation=True,
        why=_("Ours, for a high risk at any landlord."),
    )


def _hate_prompt() -> Prompt:
    return Prompt(
        "hate_policy",
        _(
            "They feel that this is about who they are. Ask whether it is to be recorded as a hate incident; it is one"
            " if they see it that way. Nothing is set by itself."
        ),
        interpretation=True,
        why=_("The scorecard asks the question; what follows from a yes is our reading."),
    )


def needs_acting(band: str) -> bool:
    return band == Band.HIGH


def answers_of(assessment: Assessment) -> Answers:
    """As they were given."""
    return {int(number): Answered.from_json(kept) for number, kept in assessment.answers.items()}
