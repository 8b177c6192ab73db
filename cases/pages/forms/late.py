"""Forms about something that happened at a moment: what is entered late says why."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.pages.forms.fields import CaseForm
from cases.services.moments import is_late


class DatedForm(CaseForm):
    """``asks_why_late`` is true once a moment more than a day back has been typed: only then the question is drawn."""

    moment_field = "occurred_at"

    late_reason = forms.CharField(
        label=gettext_lazy("Why is it entered late?"),
        help_text=gettext_lazy("It happened more than a day ago"),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks_why_late = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        moment = cleaned.get(self.moment_field)
        self.asks_why_late = moment is not None and is_late(moment)
        if self.asks_why_late and not cleaned.get("late_reason"):
            self.add_error("late_reason", ValidationError(_("Say why it is entered late")))
        return cleaned
