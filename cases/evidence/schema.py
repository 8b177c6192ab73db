"""How a policy file says what is owed to evidence: looking at it, finding its case, telling who gave it."""

from collections.abc import Iterator
from typing import Literal

from policies.problems import Problem
from policies.rules import DatedRule, RuleError, parse_dated_rule
from policies.schema import Policy, Text
from policies.sections import Part, Section, Sourced


class ReviewRule(Sourced):
    """What somebody must look at or listen to and say what it shows. No document sets a time, so none is ever late.

    ``by_case_officer``: the words name the officer of the case, so a finding of somebody else alone is pointed out.
    """

    of: Literal["recordings", "everything"] = "everything"
    text: Text = "Look at or listen to everything we are given, and write down what it shows"
    by_case_officer: bool = False


class CourtRule(Sourced):
    """``text``: what to do when somebody gives evidence; ``objection``: when they object to its use in court."""

    text: Text = "Tell whoever gives evidence that it may be used in court"
    objection: Text = "Write down any objection to its use in court"


class InboxRule(Sourced):
    """By when evidence that nobody has put on a case should be on one. A reminder: it can never be missed."""

    rule: str = "end_of_next_working_day"

    @property
    def dated(self) -> DatedRule:
        return parse_dated_rule(self.rule)


class StoringRule(Sourced):
    """What the landlord says about keeping it."""

    text: Text


class DiaryRule(Sourced):
    text: Text = "Diary sheets can help somebody tell what happened and when"


_OMBUDSMAN = (
    "The document does not say; left unheard or on no case, evidence is of no use to the people it is about."
)


class EvidenceRules(Part):
    review: ReviewRule = ReviewRule(interpretation=True, why=_OMBUDSMAN)
    court: CourtRule = CourtRule(
        interpretation=True,
        why="The document does not say; people should know what becomes of what they give us.",
    )
    inbox: InboxRule = InboxRule(interpretation=True, why=_OMBUDSMAN)
    storing: tuple[StoringRule, ...] = ()
    diary: DiaryRule | None = None


class EvidenceSection(Section):
    evidence: EvidenceRules = EvidenceRules()

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """The inbox has a rule that gives a date."""
        try:
            parse_dated_rule(self.evidence.inbox.rule)
        except RuleError as error:
            yield Problem("evidence.inbox.rule", self.evidence.inbox.rule, error.expected, error.why)
