"""What an officer puts on the file: contact, a note, an incident."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import ContactMeans, ContactOutcome, PartyRole
from cases.models import Party
from cases.models.record import NoteKind
from cases.pages.forms.fields import Happened, Moment, Words
from cases.pages.forms.late import DatedForm
from cases.services.reaching import SAFE_MEANS, is_safe, needs_of, passed_over
from cases.taxonomy import behaviour_choices

CHOOSE = ("", gettext_lazy("Choose"))


class ContactForm(DatedForm):
    """Speaking with somebody on the case, or trying to.

    ``warned``: the way is not safe for them; on domestic abuse it is refused unless they asked for it.
    ``overlooked``: what they need that this way does not give by itself.
    """

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
    occurred_at = Happened(
        label=gettext_lazy("When"), future=gettext_lazy("The contact cannot be in the future")
    )
    summary = Words(
        label=gettext_lazy("What was said"),
        help_text=gettext_lazy("Their words first. Then what you agreed."),
        required=False,
    )
    told_main_contact = forms.BooleanField(
        label=gettext_lazy("I told them I am their main contact"), required=False
    )
    about_closing = forms.BooleanField(
        label=gettext_lazy("It was about closing the case"),
        help_text=gettext_lazy("We told them why, and listened to what they said against it"),
        required=False,
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
    needs_confirmed = forms.BooleanField(
        label=gettext_lazy("I know what they need. Record it"), required=False
    )

    def __init__(
        self, *args: Any, parties: list[Party], domestic_abuse: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.domestic_abuse = domestic_abuse
        if domestic_abuse:
            self.fields["unsafe_confirmed"].label = _("They asked us to reach them this way")
        self.people = {str(party.person.key): party for party in reversed(parties)}
        ordered = sorted(parties, key=lambda party: party.role != PartyRole.COMPLAINANT)
        names = {str(party.person.key): _option(party) for party in reversed(ordered)}
        self.fields["person"].choices = list(reversed(names.items()))  # type: ignore[attr-defined]
        self.warned = False
        self.overlooked: list[str] = []

    @property
    def needs(self) -> list[dict[str, str]]:
        """What to think of with each person, before anything is said."""
        found = {party.person.name: needs_of(party.person) for party in self.people.values()}
        return [{"name": name, "words": " · ".join(words)} for name, words in found.items() if words]

    @property
    def asked_this_way(self) -> bool:
        return self.domestic_abuse and self.warned and self.cleaned_data["unsafe_confirmed"]

    @property
    def needs_passed_over(self) -> bool:
        return bool(self.overlooked) and self.cleaned_data["needs_confirmed"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        party, means = self.people.get(cleaned.get("person", "")), cleaned.get("means")
        if party is None or not means:
            return cleaned
        self.warned = not is_safe(party.person, means)
        self.overlooked = passed_over(party.person, means)
        if self.warned and not cleaned.get("unsafe_confirmed"):
            self.add_error("unsafe_confirmed", ValidationError(_unsafe(party, self.domestic_abuse)))
        if self.overlooked and not cleaned.get("needs_confirmed"):
            self.add_error("needs_confirmed", ValidationError(_overlooked(party, self.overlooked)))
        return cleaned


class NoteForm(DatedForm):
    """``occurred_at`` is for a visit or a meeting; other notes are about the moment they are written."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of note"), choices=NoteKind.choices, initial=NoteKind.NOTE, required=False
    )
    text = Words(label=gettext_lazy("Note"), missing=gettext_lazy("Write the note before you save it"))
    occurred_at = Moment(
        label=gettext_lazy("When it was"),
        help_text=gettext_lazy("For a visit or a meeting. Empty means now"),
        required=False,
        future=gettext_lazy("What you note cannot be in the future"),
    )


class IncidentForm(DatedForm):
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


def _overlooked(party: Party, needs: list[str]) -> str:
    words = {"name": party.person.name, "needs": ", ".join(needs)}
    return (
        _("%(name)s needs: %(needs)s. Say in “What was said” how you met that, then tick to record it")
        % words
    )


def _unsafe(party: Party, domestic_abuse: bool) -> str:
    person = party.person
    words = {"name": person.name, "safe": person.get_safe_contact_display().lower()}
    if domestic_abuse:
        return (
            _(
                "Our safety rule: %(name)s is reached only in the way that is safe for them (%(safe)s). "
                "Tick if they themselves asked for this way"
            )
            % words
        )
    return _("%(name)s told us that this is not safe: %(safe)s. Tick to record it all the same") % words
