"""The part of a policy about the ASB case review: when it can be asked for, and what people are told of it."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from cases.schema import DeadlineRule
from policies.problems import Problem
from policies.schema import Key, Policy, Text
from policies.sections import Part, Section, Sourced


class Threshold(Sourced):
    """One way to reach the threshold, as far as reports can be counted.

    ``reports`` of one complainant, or ``people`` who reported, in the last ``months``. ``hate``: only reports of
    something the person felt to be motivated by hate. ``statutory``: reports made within a month of what happened
    count, whoever made them (2014 Act s.104(4) and (11)). ``asks`` are questions that only people can answer.
    """

    key: Key
    text: Text
    months: int = Field(6, ge=1, le=24)
    reports: int = Field(0, ge=0, le=50)
    people: int = Field(0, ge=0, le=50)
    hate: bool = False
    statutory: bool = False
    asks: tuple[Text, ...] = ()

    @property
    def needed(self) -> int:
        return self.reports or self.people

    @model_validator(mode="after")
    def _counts_one_thing(self) -> Self:
        if bool(self.reports) == bool(self.people):
            raise ValueError("a threshold counts reports or people: give one of them")
        return self


class Said(Sourced):
    """Something people are told about the review, or staff keep in mind."""

    text: Text


class CaseReviewRules(Part):
    """``called`` is the landlord's word for it; ``run_by`` who decides and where to ask. ``remind`` is the clock
    that a second report within six months starts.
    """

    called: Text = "ASB case review"
    run_by: Text | None = None
    contact_point: Text | None = None
    thresholds: tuple[Threshold, ...] = ()
    information: tuple[Said, ...] = ()
    remind: DeadlineRule | None = None


class CaseReviewSection(Section):
    case_review: CaseReviewRules = CaseReviewRules()

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """Thresholds are listed once, and the reminder is for the information it is about."""
        rules = self.case_review
        keys = [one.key for one in rules.thresholds]
        for number, one in enumerate(rules.thresholds):
            if keys.count(one.key) > 1:
                path = f"case_review.thresholds[{number}].key"
                yield Problem(path, one.key, "a key used once", "this threshold is listed twice")
        if rules.remind and rules.remind.kind != "case_review_information":
            yield Problem(
                "case_review.remind.kind",
                rules.remind.kind,
                "case_review_information",
                "the reminder is to explain the review",
            )
