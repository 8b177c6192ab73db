"""What an administrator types: the heading and the words of a letter."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from letters.proofreading import LONGEST_BODY, LONGEST_SUBJECT

TOO_LONG = gettext_lazy(
    "The words must be 20,000 characters or fewer; they have %(show_value)d. Letters say little to be read"
)


class Body(forms.CharField):
    """Lines keep their numbers: nothing is taken away from the beginning, and every line ends with one sign."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value.strip())


class WordingForm(forms.Form):
    """``seen`` is what the slot's stamp was when the page was made."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    subject = forms.CharField(
        label=gettext_lazy("Heading"),
        max_length=LONGEST_SUBJECT,
        error_messages={
            "required": gettext_lazy("Write the heading of the letter"),
            "max_length": gettext_lazy("The heading must be 200 characters or fewer; it has %(show_value)d"),
        },
    )
    body = Body(
        label=gettext_lazy("Words"),
        strip=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"spellcheck": "true"}),
        error_messages={
            "required": gettext_lazy("Write the words of the letter"),
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def renew(self, stamp: str) -> None:
        """Let the next try pass with what has been read meanwhile; what was typed stays."""
        self.data = {**self.data.dict(), "seen": stamp} if isinstance(self.data, QueryDict) else self.data
