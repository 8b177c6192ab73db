"""Closing a case, reopening it, and marking a letter as sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import ContactMeans
from cases.gates.schema import Closing, Question
from cases.models import Person
from cases.pages.forms.fields import CaseForm, Happened, Words
from cases.pages.forms.recording import CHOOSE
from cases.services.closing import Ending
from cases.services.reaching import is_safe

YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


class CloseForm(CaseForm):
    """The policy's grounds, the questions of the chosen one, and the reason.

    What is missing is told by the gates, all at once; the form itself only refuses what cannot be.
    """

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of these grounds")},
    )
    reason = Words(
        label=gettext_lazy("Your reason"),
        help_text=gettext_lazy("As you would explain it to the complainant: it goes into the closing letter"),
        required=False,
    )

    def __init__(self, *args: Any, rules: Closing, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ground"].choices = [(one.key, one.label) for one in rules.grounds]  # type: ignore[attr-defined]
        chosen = rules.ground(str(self["ground"].value() or ""))
        self.asked = {_name(question): question for question in rules.questions_of(chosen)}
        for question in rules.questions:
            self.fields[_name(question)] = _field(question, shown=_name(question) in self.asked)

    @property
    def questions(self) -> list[Any]:
        """Those of the chosen ground, bound."""
        return [self[name] for name in self.asked]

    @property
    def ending(self) -> Ending:
        """What is typed so far, saved or not."""
        answers = {
            question.key: _answer(question, self[name].value()) for name, question in self.asked.items()
        }
        details = {key: answer for key, answer in answers.items() if answer is not None}
        return Ending(str(self["ground"].value() or ""), str(self["reason"].value() or ""), details)


class ReopenForm(CaseForm):
    reason = Words(label=gettext_lazy("Why"), missing=gettext_lazy("Say why the case is reopened"))


class SentForm(CaseForm):
    """A letter or survey that went without being made here; a way that is not safe for them only where they asked."""

    how = forms.ChoiceField(
        label=gettext_lazy("How it was sent"),
        choices=[CHOOSE, *ContactMeans.choices],
        error_messages={"required": gettext_lazy("Choose how it was sent")},
    )
    sent_at = Happened(label=gettext_lazy("When"))
    note = Words(
        label=gettext_lazy("What was sent, and how"),
        help_text=gettext_lazy("Such as: printed by hand and given to her at the office"),
        missing=gettext_lazy("Say what was sent, and how"),
    )
    asked_this_way = forms.BooleanField(
        label=gettext_lazy("They themselves asked for it this way"), required=False
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        self.warned = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.warned = bool(cleaned.get("how")) and not is_safe(self.person, cleaned["how"])
        if self.warned and not cleaned.get("asked_this_way"):
            self.add_error("asked_this_way", ValidationError(_unsafe(self.person)))
        return cleaned


def _name(question: Question) -> str:
    return f"asked_{question.key}"


def _field(question: Question, *, shown: bool) -> forms.Field:
    """What was answered for another ground is kept out of sight, in case that ground is chosen again."""
    if not shown:
        return forms.CharField(required=False, widget=forms.HiddenInput)
    if question.kind == "words":
        return Words(label=question.text, help_text=question.hint or "", required=False)
    return forms.ChoiceField(
        label=question.text,
        help_text=question.hint or "",
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )


def _answer(question: Question, typed: Any) -> bool | str | None:
    """None where nothing was answered."""
    if question.kind == "yes_no":
        return {"yes": True, "no": False}.get(str(typed))
    return str(typed or "").strip() or None


def _unsafe(person: Person) -> str:
    words = {"name": person.name, "safe": person.get_safe_contact_display().lower()}
    return _("%(name)s told us that this is not safe: %(safe)s. Tick if they asked for it this way") % words
