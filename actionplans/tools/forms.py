"""The form of one tool: its own questions, who it was used with, when, and what to remember."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.tools.schema import Details, Question
from cases.models import Party
from cases.pages.forms.fields import CaseForm, Happened, Words

YES_OR_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
LOOKS = {"yes_no": "yes_no", "choice": "radios", "text": "textarea"}
"""How a kind of question is drawn."""


class ToolForm(CaseForm):
    """No question has to be answered here: what is missing, the gates say, all at once."""

    person = forms.ChoiceField(label=gettext_lazy("With or against"), required=False)
    used_at = Happened(label=gettext_lazy("When"))
    late_reason = forms.CharField(
        label=gettext_lazy("If that was more than a day ago: why is it recorded only now?"),
        max_length=500,
        required=False,
    )
    note = Words(label=gettext_lazy("Note"), required=False)

    def __init__(
        self, *args: Any, questions: tuple[Question, ...], parties: list[Party], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.asked = questions
        self.people = {str(party.person.key): party.person for party in parties}
        names = [(key, person.name) for key, person in self.people.items()]
        self.fields["person"].choices = [("", _("Nobody in particular")), *names]  # type: ignore[attr-defined]
        for question in questions:
            self.fields[_name(question)] = _field(question)

    def rows(self) -> list[tuple[BoundField, str]]:
        """Every question's field, and how it is drawn."""
        return [(self[_name(question)], LOOKS[question.kind]) for question in self.asked]

    @property
    def details(self) -> Details:
        """The answers that were given, as the service takes them."""
        given = {question: self.cleaned_data.get(_name(question)) for question in self.asked}
        return {
            question.key: answer == "yes" if question.kind == "yes_no" else str(answer)
            for question, answer in given.items()
            if answer
        }

    @property
    def person_id(self) -> int | None:
        chosen = self.cleaned_data.get("person")
        return self.people[chosen].pk if chosen else None


class EndForm(CaseForm):
    outcome = Words(label=gettext_lazy("How it ended"), missing=gettext_lazy("Say how it ended"))


def _name(question: Question) -> str:
    return f"ask_{question.key}"


def _field(question: Question) -> forms.Field:
    words: dict[str, Any] = {"label": question.text, "help_text": question.hint or "", "required": False}
    if question.kind == "text":
        return Words(**words)
    choices = YES_OR_NO if question.kind == "yes_no" else [(one, one) for one in question.choices]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **words)
