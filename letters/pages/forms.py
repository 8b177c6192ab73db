"""What an officer fills in for a letter: the questions of its kind, words of their own, its format."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cases.pages.forms.fields import CaseForm, Happened, Words
from letters.kinds import letter_kinds
from letters.models import Letter, Release
from letters.models.sending import Channel
from letters.services.writing import stamp_of

LONGEST = 10_000
QUESTION = "asked-"


class LetterForm(CaseForm):
    """Nothing is required here: what is missing is told beside the letter, and stops it only from being made."""

    own_words = forms.CharField(
        label=gettext_lazy("Anything else you want to say"),
        help_text=gettext_lazy("Stands in the letter as you write it"),
        widget=forms.Textarea,
        required=False,
        max_length=LONGEST,
    )
    form = forms.ChoiceField(label=gettext_lazy("Format"), choices=Letter.Format.choices)
    channel = forms.ChoiceField(
        label=gettext_lazy("How it goes"), choices=Channel.choices, widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, letter: Letter, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks = letter_kinds[letter.kind].asks
        for name, question in self.asks.items():
            self.fields[f"{QUESTION}{name}"] = forms.CharField(
                label=question.label,
                help_text=question.hint,
                widget=forms.Textarea if question.lines > 1 else forms.TextInput,
                required=False,
                max_length=LONGEST,
            )

    @property
    def questions(self) -> list[Any]:
        """Each with how many lines its box has."""
        return [
            {"field": self[f"{QUESTION}{name}"], "rows": question.lines}
            for name, question in self.asks.items()
        ]

    def offer(self, ways: list[Channel]) -> None:
        """The likeliest is chosen, unless somebody chose another."""
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ChoiceField)
        channel.choices = [(one.value, one.label) for one in ways]
        self.initial.setdefault("channel", ways[0].value if ways else "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "send" in self.data and not cleaned.get("channel"):
            self.add_error("channel", gettext_lazy("Choose how it goes"))
        return cleaned

    def answers(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"{QUESTION}{name}"] for name in self.asks}


class ReleaseForm(CaseForm):
    """For somebody who neither wrote the letter nor has the case."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Why it may go"),
        choices=Release.Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why it may go")},
    )
    reason = Words(
        label=gettext_lazy("Who agreed and when, or why it identifies nobody"),
        missing=gettext_lazy("Write down who agreed and when, or why it identifies nobody"),
    )


class SendForm(CaseForm):
    """How a letter that was made goes out. Never by itself: somebody chooses."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How it goes"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how it goes")},
    )
    asked_this_way = forms.BooleanField(
        label=gettext_lazy("They themselves asked for it this way"), required=False
    )


class WentForm(CaseForm):
    """Somebody posted it, or gave it into the reader's hands."""

    at = Happened(label=gettext_lazy("When"))


class FoundOutForm(CaseForm):
    """What became of a letter that may not have arrived."""

    went = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        choices=[("no", gettext_lazy("It did not reach them")), ("yes", gettext_lazy("It did reach them"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what became of it")},
    )
    reason = Words(label=gettext_lazy("How you know"), missing=gettext_lazy("Say how you know"))


def filled_in(letter: Letter) -> dict[str, Any]:
    """What the form of a draft starts from; ``version`` is empty for one that nobody else can have changed yet."""
    asked = {f"{QUESTION}{name}": text for name, text in letter.answers.items()}
    version = stamp_of(letter) if letter.pk else ""
    return {**asked, "own_words": letter.own_words, "form": letter.format, "version": version}
