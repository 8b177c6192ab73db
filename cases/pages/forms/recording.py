"""What an officer puts on the file: contact, a note, an incident."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import ContactMeans, ContactOutcome, PartyRole, SafeContact
from cases.models import Party
from cases.pages.forms.fields import CaseForm, Moment, Words
from cases.taxonomy import behaviour_choices

CHOOSE = ("", gettext_lazy("Choose"))
SAFE_MEANS: dict[str, frozenset[str]] = {
    SafeContact.CALL: frozenset({ContactMeans.TELEPHONE}),
    SafeContact.TEXT: frozenset({ContactMeans.TEXT}),
    SafeContact.EMAIL: frozenset({ContactMeans.EMAIL}),
    SafeContact.LETTER: frozenset({ContactMeans.LETTER}),
}
"""Beside these the person may always have come to our office; any way is safe for everybody else."""


class ContactForm(CaseForm):
    """Speaking with somebody on the case, or trying to."""

    person = forms.ChoiceField(
        label=gettext_lazy("With"), error_messages={"required": gettext_lazy("Choose who it was with")}
    )
    means = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[CHOOSE, *ContactMeans.choices],
        error_messages={"required": gettext_lazy("Choose how you contacted them")},
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=[CHOOSE, *ContactOutcome.choices],
        error_messages={"required": gettext_lazy("Choose what happened")},
    )
    occurred_at = Moment(
        label=gettext_lazy("When"),
        help_text=gettext_lazy("Now, or earlier if you record it later"),
        required=False,
        future=gettext_lazy("The contact cannot be in the future"),
    )
    summary = Words(
        label=gettext_lazy("What was said"),
        help_text=gettext_lazy("Their words first. Then what you agreed."),
        required=False,
    )
    told_main_contact = forms.BooleanField(
        label=gettext_lazy("I told them I am their main contact"), required=False
    )
    agreed_every_days = forms.IntegerField(
        label=gettext_lazy("Days agreed between contacts"),
        help_text=gettext_lazy("Empty leaves it as it is"),
        min_value=1,
        max_value=365,
        required=False,
        error_messages={
            "invalid": gettext_lazy("Enter the days between contacts as a number, such as 14"),
            "min_value": gettext_lazy("The days between contacts must be 1 or more"),
            "max_value": gettext_lazy("The days between contacts must be 365 or fewer"),
        },
    )
    unsafe_confirmed = forms.BooleanField(
        label=gettext_lazy("This is how it happened. Record it"), required=False
    )

    def __init__(self, *args: Any, parties: list[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(party.person.key): party for party in reversed(parties)}
        ordered = sorted(parties, key=lambda party: party.role != PartyRole.COMPLAINANT)
        names = {str(party.person.key): _option(party) for party in reversed(ordered)}
        self.fields["person"].choices = list(reversed(names.items()))  # type: ignore[attr-defined]
        self.warned = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        party = self.people.get(cleaned.get("person", ""))
        if party is None or not cleaned.get("means") or _is_safe(party, cleaned["means"]):
            return cleaned
        self.warned = True
        if not cleaned.get("unsafe_confirmed"):
            self.add_error("unsafe_confirmed", ValidationError(_unsafe(party)))
        return cleaned


class NoteForm(CaseForm):
    text = Words(label=gettext_lazy("Note"), missing=gettext_lazy("Write the note before you save it"))


class IncidentForm(CaseForm):
    """Something that happened, told in a diary or on a visit: no new promise starts."""

    description = Words(
        label=gettext_lazy("What happened"), missing=gettext_lazy("Say what happened, in their words")
    )
    behaviours = forms.MultipleChoiceField(
        label=gettext_lazy("What kind"), widget=forms.CheckboxSelectMultiple, required=False
    )
    occurred_at = Moment(
        label=gettext_lazy("When"),
        required=False,
        future=gettext_lazy("What happened cannot be in the future"),
    )
    occurred_words = forms.CharField(
        label=gettext_lazy("Or, in words"),
        help_text=gettext_lazy("For example, most nights last week"),
        max_length=300,
        required=False,
    )
    location = forms.CharField(label=gettext_lazy("Where"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["behaviours"].choices = behaviour_choices()  # type: ignore[attr-defined]


def _option(party: Party) -> str:
    """A name with the part the person plays and, where there is only one, the safe way to reach them."""
    words = {"name": party.person.name, "role": party.get_role_display().lower()}
    if party.person.safe_contact in SAFE_MEANS:
        safe = party.person.get_safe_contact_display().lower()
        return _("%(name)s, %(safe)s (%(role)s)") % {**words, "safe": safe}
    return _("%(name)s (%(role)s)") % words


def _is_safe(party: Party, means: str) -> bool:
    safe = SAFE_MEANS.get(party.person.safe_contact)
    return safe is None or means in safe or means == ContactMeans.OFFICE


def _unsafe(party: Party) -> str:
    person = party.person
    words = {"name": person.name, "safe": person.get_safe_contact_display().lower()}
    return _("%(name)s told us that this is not safe: %(safe)s. Tick to record it all the same") % words
