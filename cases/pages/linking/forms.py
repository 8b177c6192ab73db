"""Choosing the other case, and saying why."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models.link import LinkKind
from cases.pages.forms.changing import ANOTHER
from cases.pages.forms.fields import CaseForm, Words
from cases.references import normalise
from cases.selectors import Match

BY_HAND = (LinkKind.RELATED, LinkKind.COUNTER_ALLEGATION, LinkKind.REPORTED_AGAIN)
"""The fourth is made by splitting a case."""


class OtherCaseForm(CaseForm):
    """``other`` is one of the suggested cases, or ANOTHER with its reference typed in."""

    other = forms.CharField(
        label=gettext_lazy("Which case"),
        error_messages={"required": gettext_lazy("Choose the other case")},
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference of another case"), max_length=40, required=False
    )

    def __init__(self, *args: Any, matches: list[Match], **options: Any) -> None:
        super().__init__(*args, **options)
        self.suggested = [match for match in matches if match.case is not None]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("other") == ANOTHER and not cleaned.get("reference"):
            self.add_error("reference", ValidationError(_("Type the reference of the other case")))
        return cleaned

    @property
    def chosen(self) -> str:
        """The reference chosen or typed, as it is written."""
        typed = self.cleaned_data["other"] == ANOTHER
        return normalise(self.cleaned_data["reference"]) if typed else self.cleaned_data["other"]


class LinkForm(OtherCaseForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("How they belong together"),
        choices=[(kind.value, kind.label) for kind in BY_HAND],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how they belong together")},
    )
    reason = Words(label=gettext_lazy("Why"), missing=gettext_lazy("Say why they belong together"))


class ReasonForm(CaseForm):
    reason = Words(label=gettext_lazy("Why"), missing=gettext_lazy("Say why"))


class SplitForm(CaseForm):
    """``incidents`` are numbered as they stand on the page, from 1."""

    incidents = forms.MultipleChoiceField(
        label=gettext_lazy("What goes to the new case"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what goes to the new case")},
    )
    title = forms.CharField(
        label=gettext_lazy("What the new case is called"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say what the new case is called")},
    )
    reason = Words(
        label=gettext_lazy("Why it is a case of its own"),
        missing=gettext_lazy("Say why it is a case of its own"),
    )

    def __init__(self, *args: Any, incidents: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["incidents"].choices = incidents  # type: ignore[attr-defined]
