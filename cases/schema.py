"""The part of a policy that promises times: one rule per duty, level or managing team."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from policies.problems import Problem
from policies.rules import parse_rule
from policies.schema import Key, Policy, Text, unknown_level, unknown_team
from policies.sections import Section, Sourced

Kind = Literal[
    "acknowledgement",
    "initial_contact",
    "risk_assessment",
    "action_plan",
    "contact_update",
    "contact_until_agreed",
    "risk_review",
    "risk_action",
    "partner_share",
    "liaison_officer",
    "case_review_information",
    "resolution",
    "domestic_abuse_referral",
    "lead_agency",
    "triage_decision",
]
PER_REPORT: frozenset[str] = frozenset({"acknowledgement", "initial_contact", "triage_decision"})
"""Kinds that every report starts anew; the others are owed once to each complainant of a case."""
FROM_FINDINGS: frozenset[str] = frozenset({"risk_review", "risk_action", "partner_share", "liaison_officer"})
"""Kinds that what an assessment found may start; another level leaves those alone."""

UNTIL_AGREED = "contact_until_agreed"
"""Asks for contact from the first one on, until it is agreed with the complainant how often we speak."""

StartEvent = Literal["received", "opened", "added", "referred", "first_contact", "last_contact", "agreed"]
"""``added``: the moment a complainant is put on an open case without a report of their own."""
MetBy = Literal[
    "successful_contact",
    "contact_naming_main_contact",
    "acknowledgement_delivered",
    "risk_assessment_completed",
    "risk_acted_on",
    "information_shared",
    "action_plan_agreed",
    "action_plan_sent",
    "case_review_information_given",
    "referral_made",
    "decision_recorded",
    "case_closed",
]
MET_BY_CONTACT: frozenset[str] = frozenset({"successful_contact", "contact_naming_main_contact"})
OWED_TO_A_PERSON: frozenset[str] = MET_BY_CONTACT | {
    "acknowledgement_delivered",
    "risk_assessment_completed",
    "action_plan_agreed",
    "action_plan_sent",
    "case_review_information_given",
}
"""What cannot be done for somebody nobody can name: impossible, without a date (decision 10, Ruling 14)."""


def _parses(text: str) -> str:
    parse_rule(text)
    return text


RuleText = Annotated[str, AfterValidator(_parses)]


class DeadlineRule(Sourced):
    """One duty and its time. A clause for the duty and its length makes it a promise, else it is a reminder.

    ``start_why`` marks a start moment that is our reading of a clause that does not name one.
    ``unless_agreed`` lets an interval agreed with the complainant replace the rule's own.
    """

    kind: Kind
    label: Text
    public: Text | None = None
    due: RuleText
    start: StartEvent = "received"
    start_why: Text | None = None
    met_by: MetBy
    routes: tuple[Literal["asb", "good_neighbourhood", "refer", "not_asb", "out_of_scope"], ...] = ("asb",)
    levels: tuple[Key, ...] = ()
    teams: tuple[Key, ...] = ()
    only_domestic_abuse: bool = False
    unless_agreed: bool = False
    explanation_required: bool = False

    @property
    def basis(self) -> Literal["promise", "reminder"]:
        return "reminder" if self.interpretation else "promise"

    def applies(self, *, route: str, level: str | None, team: str, domestic_abuse: bool = False) -> bool:
        return (
            route in self.routes
            and (not self.levels or level in self.levels)
            and (not self.teams or team in self.teams)
            and (domestic_abuse or not self.only_domestic_abuse)
        )

    @model_validator(mode="after")
    def _intervals_follow_contact(self) -> Self:
        if self.due.startswith("every_") and self.start != "last_contact":
            raise ValueError("a rule that comes round again starts from last_contact")
        return self

    @model_validator(mode="after")
    def _added_is_first_contact(self) -> Self:
        """Other duties to a complainant start when they come onto the case anyway; who reports is not told this one."""
        if self.start == "added" and (self.kind != "initial_contact" or self.public is not None):
            raise ValueError("only an initial_contact without public words starts from added")
        return self

    @model_validator(mode="after")
    def _until_agreed_is_ours(self) -> Self:
        """No document asks for contact before how often is agreed, so it can never be a promise (Ruling 1)."""
        if self.kind == UNTIL_AGREED and (not self.interpretation or self.start != "last_contact"):
            raise ValueError("contact_until_agreed is our reading and starts from last_contact")
        return self


class DeadlinesSection(Section):
    """Every clock of the landlord."""

    deadlines: tuple[DeadlineRule, ...]

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """Levels and teams exist, no duty is timed twice, and every ASB level has its first contact timed."""
        levels = {level.key for level in policy.core.levels}
        for number, rule in enumerate(self.deadlines):
            for key in set(rule.levels) - levels:
                yield unknown_level(f"deadlines[{number}].levels", key, policy.core)
            for team in set(rule.teams) - set(policy.core.teams):
                yield unknown_team(f"deadlines[{number}].teams", team, policy.core)
        for level in policy.core.levels:
            yield from self.first_contact_problems(level.key, level.team)

    def first_contact_problems(self, level: str, team: str) -> Iterator[Problem]:
        """A level that a team can hold has its first contact timed exactly once, and at most once for those added."""
        timed = [r for r in self.for_case(route="asb", level=level, team=team) if r.kind == "initial_contact"]
        found = [rule for rule in timed if rule.start != "added"]
        if len(found) > 1 or len(timed) > len(found) + 1:
            yield Problem(
                "deadlines", f"{level}, {team}", "one initial_contact rule", "first contact is timed twice"
            )
        if not found:
            yield Problem(
                "deadlines", f"{level}, {team}", "an initial_contact rule", "first contact is not timed"
            )

    def for_case(
        self, *, route: str, level: str | None, team: str, domestic_abuse: bool = False
    ) -> list[DeadlineRule]:
        return [
            rule
            for rule in self.deadlines
            if rule.applies(route=route, level=level, team=team, domestic_abuse=domestic_abuse)
        ]


class RecordRule(Sourced):
    """A decision the policy wants on record: the question, its possible answers, and the cases it is asked on.

    Empty ``answers`` leave the words to the officer. Several conditions must all hold; none asks on every case.
    ``position``: only somebody who holds this job title may decide it. ``when_needed``: not every case comes to it.
    ``each_confidential``: asked at once of each person on the case, other than those complained about, who is kept
    confidential, and answered for each of them.
    """

    key: Key
    question: Text
    answers: tuple[Text, ...] = ()
    routes: tuple[Literal["asb", "good_neighbourhood"], ...] = ("asb",)
    levels: tuple[Key, ...] = ()
    behaviours: tuple[Key, ...] = ()
    respondent: tuple[Key, ...] = ()
    only_hate: bool = False
    only_domestic_abuse: bool = False
    position: Key | None = None
    when_needed: bool = False
    each_confidential: bool = False

    def asked_on(self, asked: "Asked") -> bool:
        return (
            asked.route in self.routes
            and (not self.levels or asked.level in self.levels)
            and (not self.behaviours or not asked.behaviours.isdisjoint(self.behaviours))
            and (not self.respondent or not asked.respondents.isdisjoint(self.respondent))
            and (asked.hate or not self.only_hate)
            and (asked.domestic_abuse or not self.only_domestic_abuse)
        )


@dataclass(frozen=True)
class Asked:
    """What of a case decides which decisions it must have on record."""

    route: str
    level: str
    behaviours: frozenset[str]
    respondents: frozenset[str]
    hate: bool
    domestic_abuse: bool


class RecordsSection(Section):
    """The decisions this landlord's policy wants on record."""

    records: tuple[RecordRule, ...] = ()

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """Keys are used once and levels exist."""
        levels = {level.key for level in policy.core.levels}
        keys = [rule.key for rule in self.records]
        for number, rule in enumerate(self.records):
            if keys.count(rule.key) > 1:
                yield Problem(
                    f"records[{number}].key", rule.key, "a key used once", "this record is listed twice"
                )
            if rule.position is not None and rule.position not in policy.core.positions:
                known = ", ".join(policy.core.positions) or "none listed"
                yield Problem(
                    f"records[{number}].position", rule.position, known, "this position is not in the file"
                )
            for level in set(rule.levels) - levels:
                yield unknown_level(f"records[{number}].levels", level, policy.core)
