"""The form of one decision the policy wants on record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cases.pages.forms.fields import CaseForm, Words
from cases.schema import RecordRule

LONGEST_ANSWER = 300


class DecisionForm(CaseForm):
    """The policy's own question, with its answers to choose from or a line to write."""

    reason = Words(label=gettext_lazy("Why"), missing=gettext_lazy("Say why"))

    def __init__(self, *args: Any, rule: RecordRule, **options: Any) -> None:
        super().__init__(*args, **options)
        missing = {"required": gettext_lazy("Answer the question")}
        if rule.answers:
            choices = [(answer, answer) for answer in rule.answers]
            self.fields["answer"] = forms.ChoiceField(
                label=rule.question, choices=choices, widget=forms.RadioSelect, error_messages=missing
            )
        else:
            self.fields["answer"] = forms.CharField(
                label=rule.question, max_length=LONGEST_ANSWER, error_messages=missing
            )
