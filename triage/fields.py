"""Form fields that the public form and the phone screen share."""

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.working_time import ImpossibleTime, localise
from triage.services import LONGEST_TEXT

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = object

LONGEST_VULNERABILITY = 500
TRUTH = {"yes": True, "no": False}
"""What a three-way answer says of a fact; "unknown" and no answer say nothing of it."""


class LongText(forms.CharField):
    """Several lines. A browser sends each line end as two characters, which its counter counts as one."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        words = gettext_lazy("Use %(limit_value)d characters or fewer. You have used %(show_value)d.")
        options.setdefault("max_length", LONGEST_TEXT)
        super().__init__(error_messages={"max_length": words}, **options)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n")


def line(
    label: Words, length: int, *, attrs: dict[str, str] | None = None, **options: Any
) -> forms.CharField:
    """One line of text that may be left empty."""
    too_long = gettext_lazy("Use %(limit_value)d characters or fewer. You have used %(show_value)d.")
    options.setdefault("required", False)
    return forms.CharField(
        label=label,
        max_length=length,
        widget=forms.TextInput(attrs={"maxlength": False, **(attrs or {})}),
        error_messages={"max_length": too_long, "required": options.pop("missing", "")},
        **options,
    )


def yes_no(label: Words, unknown: Words, help_text: Words = "") -> forms.ChoiceField:
    choices = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("unknown", unknown)]
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=choices, widget=forms.RadioSelect, required=False
    )


def radios(label: Words, choices: Any, **options: Any) -> forms.ChoiceField:
    """One of several; not required unless ``missing`` says what to tell somebody who chose none."""
    missing = options.pop("missing", "")
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        required=bool(missing),
        error_messages={"required": missing},
        **options,
    )


def day(label: Words, **options: Any) -> forms.DateField:
    invalid = gettext_lazy("Enter a day such as 27/3/2026.")
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput, error_messages={"invalid": invalid}, **options
    )


def hour(label: Words, **options: Any) -> forms.TimeField:
    invalid = gettext_lazy("Enter a time such as 23:30.")
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput, error_messages={"invalid": invalid}, **options
    )


def instant(on: datetime.date, at: datetime.time) -> datetime.datetime:
    """The UTC instant of a London day and time. Raises ValidationError for a time the clocks left out."""
    try:
        return localise(on, at)
    except ImpossibleTime:
        message = _("That time did not exist: the clocks went forward from 1am to 2am that night.")
        raise ValidationError(message) from None


def present(form: forms.Form, name: str) -> str:
    """What was entered, without spaces around it; empty where nothing or nothing valid was."""
    return str(form.cleaned_data.get(name) or "").strip()
