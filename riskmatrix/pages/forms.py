"""The scorecard as a form, and what is said about its result."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.pages.forms.fields import CaseForm, Happened, Words
from riskmatrix.engine import DECLINED, Answered, Scored, faults, score
from riskmatrix.instrument import Question
from riskmatrix.models import Band
from riskmatrix.schema import Risk
from riskmatrix.services.assessing import fault_words
from riskmatrix.services.consent import LONGEST_AGENCY

YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
AGREES = [("yes", gettext_lazy("Agrees")), ("no", gettext_lazy("Does not agree"))]
JUDGE = "judge"
"""What the button says where the officer's own judgement is to stand."""


class AssessForm(CaseForm):
    """Every question with its printed answers and a way to say that it was asked without an answer."""

    occasion = forms.CharField(
        label=gettext_lazy("Why now"),
        help_text=gettext_lazy("For example, after the incident on 2 January"),
        max_length=200,
        required=False,
    )
    assessed_at = Happened(
        label=gettext_lazy("When it was asked"), future=gettext_lazy("The assessment cannot be in the future")
    )
    late_reason = forms.CharField(
        label=gettext_lazy("Why it is recorded late"),
        help_text=gettext_lazy("Only where it was more than a day ago"),
        max_length=500,
        required=False,
    )
    judged_band = forms.ChoiceField(
        label=gettext_lazy("The risk as you judge it"),
        choices=Band.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    judgement = Words(label=gettext_lazy("Why you judge it differently"), required=False)

    def __init__(self, *args: Any, risk: Risk, **options: Any) -> None:
        super().__init__(*args, **options)
        self.risk, self.instrument = risk, risk.questions
        for question in self.instrument.questions:
            self._add(question)
        for number, agency in enumerate(risk.agencies):
            label = _("%(agency)s may be told") % {"agency": agency}
            self.fields[f"share{number}"] = _choice(label, AGREES)

    def _add(self, question: Question) -> None:
        choices = [(option.key, option.label) for option in question.options]
        choices.append((DECLINED, _("Declined / not known")))
        answer = forms.MultipleChoiceField if question.several else forms.ChoiceField
        widget = forms.CheckboxSelectMultiple if question.several else forms.RadioSelect
        field = answer(label=question.text, choices=choices, widget=widget, required=False)
        field.error_messages["invalid_choice"] = _("Question %(number)d: choose one of its answers") % {
            "number": question.number
        }
        self.fields[f"q{question.number}"] = field
        if question.details:
            self.fields[f"d{question.number}"] = forms.CharField(
                label=question.details, max_length=1000, required=False
            )
        if question.consent:
            self.fields[f"c{question.number}"] = _choice(question.consent, YES_NO)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for fault in faults(self.instrument, self.answers()):
            self.add_error(f"q{fault.number}", fault_words(fault))
        return cleaned

    def answers(self) -> dict[int, Answered]:
        """Of the questions that something was said to, as far as what was typed is valid."""
        found = {question.number: self._answered(question) for question in self.instrument.questions}
        return {number: given for number, given in found.items() if given != Answered()}

    def _answered(self, question: Question) -> Answered:
        number, typed = question.number, self.cleaned_data
        given = typed.get(f"q{number}") or ()
        chosen = (given,) if isinstance(given, str) else tuple(given)
        return Answered(
            chosen=tuple(key for key in chosen if key != DECLINED),
            declined=DECLINED in chosen,
            text=typed.get(f"d{number}", ""),
            consent={"yes": True, "no": False}.get(typed.get(f"c{number}", "")),
        )

    def consents(self) -> dict[str, bool]:
        """Only what was answered."""
        given = {
            agency: self.cleaned_data.get(f"share{number}")
            for number, agency in enumerate(self.risk.agencies)
        }
        return {agency: answer == "yes" for agency, answer in given.items() if answer}

    def scored(self) -> Scored:
        """Of what was typed, even where something else on the form is wrong."""
        answers = self.answers() if self.is_bound and hasattr(self, "cleaned_data") else {}
        return score(self.instrument, answers, self.risk.scaling.scale)


@dataclass(frozen=True)
class OptionRow:
    """``sign`` is the key that chooses it; ``points`` is empty where nothing is scored."""

    id: str
    value: str
    label: str
    points: str
    sign: int
    alone: bool
    checked: bool
    note: str = ""

    @property
    def declined(self) -> bool:
        return self.value == DECLINED


@dataclass(frozen=True)
class QuestionRow:
    number: int
    question: Question
    name: str
    kind: str
    tall: bool
    options: list[OptionRow]
    answer: Any
    details: Any
    consent: Any


TALL = 60
"""Answers longer than this stand one below the other."""


def question_row(form: AssessForm, question: Question) -> QuestionRow:
    name = f"q{question.number}"
    value = form[name].value() or ()
    chosen = {value} if isinstance(value, str) else set(value)
    rows = [
        OptionRow(
            f"id_{name}_{index}",
            option.key,
            option.label,
            "" if option.unscored else str(option.score),
            index + 1,
            option.alone,
            option.key in chosen,
            _note(option.ours, option.unscored),
        )
        for index, option in enumerate(question.options)
    ]
    last = len(rows)
    declined = _("Declined / not known")
    rows.append(OptionRow(f"id_{name}_{last}", DECLINED, declined, "", 0, True, DECLINED in chosen))
    return QuestionRow(
        question.number,
        question,
        name,
        "checkbox" if question.several else "radio",
        any(len(option.label) > TALL for option in question.options),
        rows,
        form[name],
        form[f"d{question.number}"] if question.details else None,
        form[f"c{question.number}"] if question.consent else None,
    )


def _note(ours: bool, unscored: bool) -> str:
    if ours:
        return _("added by us")
    return _("no score printed") if unscored else ""


class ActForm(CaseForm):
    """What is done about a high risk, and the level where the policy proposes another."""

    words = Words(
        label=gettext_lazy("What is done about it"),
        help_text=gettext_lazy("Who does what, and what the person themselves wants. Nothing? Say why."),
        missing=gettext_lazy("Say what is done about the risk, or why nothing is"),
    )
    raise_level = forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, question: str = "", **options: Any) -> None:
        """``question`` asks about the level; empty where the policy proposes none."""
        super().__init__(*args, **options)
        self.fields["raise_level"].label = question
        if not question:
            del self.fields["raise_level"]

    @property
    def answer(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data.get("raise_level", ""))


class ConsentForm(CaseForm):
    """What a complainant says about one agency."""

    agency = forms.CharField(
        label=gettext_lazy("Agency"),
        max_length=LONGEST_AGENCY,
        error_messages={"required": gettext_lazy("Say which agency this is about")},
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("What they say"),
        choices=[*AGREES, ("withdrawn", gettext_lazy("Takes back their agreement"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what they say")},
    )


def _choice(label: str, choices: list[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)
