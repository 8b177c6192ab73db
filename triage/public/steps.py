"""The order of the questions, and what is still missing from a draft."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from landlords.models import Landlord
from triage.public.draft import Answers, Draft
from triage.public.forms import EffectForm, StepForm, WhatForm, WhenForm, WhoForm, YouForm
from triage.public.words import UNSURE


@dataclass(frozen=True)
class Step:
    """``key`` is also the end of its address, except for the first, which is the form's own address."""

    key: str
    number: int
    title: str | Promise
    form: type[StepForm]

    @property
    def template(self) -> str:
        return f"triage/public/{self.key}.html"

    def url(self, landlord: Landlord) -> str:
        if self.number == 1:
            return reverse("public-report", args=[landlord.key])
        return reverse("public-step", args=[landlord.key, self.key])


STEPS = (
    Step("what", 1, _("What is happening"), WhatForm),
    Step("when", 2, _("When, where and in your own words"), WhenForm),
    Step("who", 3, _("Who is doing it"), WhoForm),
    Step("effect", 4, _("How it affects you"), EffectForm),
    Step("you", 5, _("You, and how to reach you safely"), YouForm),
)
BY_KEY = {step.key: step for step in STEPS}


class Journey:
    """One visitor's way through the steps of one landlord's form."""

    def __init__(self, draft: Draft, landlord: Landlord) -> None:
        self.draft = draft
        self.landlord = landlord

    def form(self, step: Step, answers: Answers | None = None) -> StepForm:
        """The step's form with these answers, or with those kept, or empty."""
        kept = self.draft.answers(step.key) if answers is None else answers
        return step.form(kept, landlord=self.landlord.name, unsure=self.unsure)

    @property
    def unsure(self) -> bool:
        chosen = self.draft.answers("what")
        return chosen is None or not set(chosen.getlist("behaviours")) - {UNSURE}

    @cached_property
    def forms(self) -> dict[str, StepForm]:
        return {step.key: self.form(step) for step in STEPS}

    def missing(self) -> Iterator[Step]:
        """Steps not answered yet, or whose answers no longer hold."""
        return (step for step in STEPS if not self.forms[step.key].is_valid())

    def next_url(self) -> str:
        """The first thing still to answer, or the page to check everything."""
        step = next(self.missing(), None)
        return step.url(self.landlord) if step else reverse("public-check", args=[self.landlord.key])

    def back_url(self, step: Step) -> str:
        if step.number == 1:
            return reverse("report-landlords")
        return STEPS[step.number - 2].url(self.landlord)

    @property
    def in_danger(self) -> bool:
        answers = self.draft.answers("effect")
        return answers is not None and answers.get("immediate_danger") == "yes"
