"""Somebody on a case: what is known of them, coming onto the case, and what we ask of them."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import Format, PartyRole, SafeContact
from cases.models import Party
from cases.pages.forms.fields import CaseForm, Happened, Words
from cases.pages.forms.late import DatedForm
from cases.pages.forms.people import by_key
from cases.services.parties import ADDABLE, NewParty
from cases.services.people import PersonDetails, Told, listed
from cases.services.staff_risk import Care
from cases.taxonomy import complainant_kinds, respondent_kinds

SOMEBODY_NEW = ""
PLATE = re.compile(r"(?=.*\d)[A-Z0-9](?: ?[A-Z0-9]){1,9}")


def _line(label: Any, length: int, hint: Any = "", **options: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=length, required=False, **options)


class ContactDetailsForm(CaseForm):
    """How somebody is reached, and how they can be reached safely."""

    phone = _line(gettext_lazy("Telephone"), 40, widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        error_messages={"invalid": gettext_lazy("Enter an e-mail address, such as name@example.org")},
    )
    address = _line(gettext_lazy("Address"), 300)
    safe_contact = forms.ChoiceField(label=gettext_lazy("Safe contact"), choices=SafeContact.choices)
    safe_contact_note = _line(
        gettext_lazy("How to contact them safely"),
        300,
        gettext_lazy("In their words: when, where, what never to do"),
    )
    needs = _line(gettext_lazy("Anything else they need from us"), 500)


class PersonForm(ContactDetailsForm):
    """Everything known of one person. What is emptied here is gone from their page and stays in the timeline."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter a name, or words that tell who they are")},
    )
    also_called = _line(
        gettext_lazy("Also called"),
        200,
        gettext_lazy(
            "Nicknames and other names, with commas between them. Letters that must not name them are checked for these"
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Who they are to us"), required=False)
    language = _line(gettext_lazy("Language they need"), 60, gettext_lazy("Empty where English is fine"))
    formats = forms.MultipleChoiceField(
        label=gettext_lazy("How they need to be told things"),
        choices=Format.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    adjustments = _line(
        gettext_lazy("Reasonable adjustments"),
        500,
        gettext_lazy("What we do differently for them, at every contact and in every letter"),
    )
    vulnerability = _line(
        gettext_lazy("Vulnerability and support"),
        500,
        gettext_lazy(
            "Theirs and that of the people they live with: what makes it harder, and who helps already"
        ),
    )
    under_18 = forms.BooleanField(label=gettext_lazy("They are under 18"), required=False)
    representative = _line(
        gettext_lazy("Who speaks for them"),
        300,
        gettext_lazy("A parent or guardian, a carer, an advocate, and how to reach them"),
    )
    vehicles = _line(
        gettext_lazy("Number plates of their vehicles"),
        200,
        gettext_lazy("With commas between them, such as AB12 CDE. Letters are checked for these too"),
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Keep who they are confidential"),
        help_text=gettext_lazy(
            "We know who they are and tell nobody else. That is not the same as anonymous"
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, parties: Iterable[Party], restricted: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = kinds_of({party.role for party in parties})  # type: ignore[attr-defined]
        for name in ("safe_contact_note", "adjustments") if restricted else ():
            hint = self.fields[name].help_text
            self.fields[name].help_text = f"{hint}. {_('Shown on their other cases too: say how, never why')}"

    def clean_also_called(self) -> str:
        return ", ".join(listed(self.cleaned_data["also_called"]))

    def clean_vehicles(self) -> str:
        """Raises ValidationError for what cannot be on a number plate."""
        plates = listed(self.cleaned_data["vehicles"].upper())
        if not all(PLATE.fullmatch(plate) for plate in plates):
            raise ValidationError(_("Enter number plates with commas between them, such as AB12 CDE"))
        return ", ".join(plates)

    def details(self) -> PersonDetails:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return PersonDetails(**{**typed, "formats": tuple(typed["formats"])})


class PartyForm(ContactDetailsForm):
    """Somebody who comes onto the case, or somebody on it who gets another part."""

    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    name = _line(gettext_lazy("Name"), 200, gettext_lazy("Of somebody new"))
    role = forms.ChoiceField(
        label=gettext_lazy("Their part in the case"),
        choices=[(role.value, role.label) for role in ADDABLE],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose their part in the case")},
    )
    same_household = forms.BooleanField(
        label=gettext_lazy("They live in the household this case is about"),
        help_text=gettext_lazy("Needed for another person complained about: a case is about one household"),
        required=False,
    )

    def __init__(self, *args: Any, parties: Iterable[Party], respondent: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = by_key(parties)
        known = ((key, person.name) for key, person in self.people.items())
        self.fields["who"].choices = [(SOMEBODY_NEW, _("Somebody new")), *known]  # type: ignore[attr-defined]
        labels = {PartyRole.RESPONDENT: respondent}
        roles = [(role.value, labels.get(role, role.label)) for role in ADDABLE]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("who") and not cleaned.get("name"):
            self.add_error("name", ValidationError(_("Enter a name, or words that tell who they are")))
        return cleaned

    def new_party(self) -> NewParty:
        typed, person = self.cleaned_data, self.people.get(self.cleaned_data["who"])
        names = ("name", "phone", "email", "address", "safe_contact", "safe_contact_note", "needs")
        told = Told(person_id=person.pk) if person else Told(**{name: typed[name] for name in names})
        return NewParty(told, PartyRole(typed["role"]), typed["same_household"])


class AskForm(DatedForm):
    """What we asked of somebody on the case."""

    moment_field = "asked_at"

    person = forms.ChoiceField(label=gettext_lazy("Of whom"))
    what = Words(
        label=gettext_lazy("What we asked"),
        help_text=gettext_lazy("A diary, a statement, a call back"),
        missing=gettext_lazy("Say what was asked"),
    )
    asked_at = Happened(
        label=gettext_lazy("When"), future=gettext_lazy("It cannot have been asked in the future")
    )
    answer_by = forms.DateField(
        label=gettext_lazy("To answer by"),
        help_text=gettext_lazy("Empty where no day was given"),
        required=False,
    )

    def __init__(self, *args: Any, parties: Iterable[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = by_key(parties)
        choices = [(key, person.name) for key, person in self.people.items()]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


class AnswerForm(DatedForm):
    moment_field = "answered_at"

    answer = Words(label=gettext_lazy("What they answered"), missing=gettext_lazy("Say what they answered"))
    answered_at = Happened(
        label=gettext_lazy("When"), future=gettext_lazy("They cannot have answered in the future")
    )


class StaffRiskForm(CaseForm):
    """``everywhere`` is asked on a restricted case only: of another, their other cases always show it."""

    known = forms.CharField(
        label=gettext_lazy("What is known, and what to do"),
        help_text=gettext_lazy(
            "In one line: “Large dog, not tied up. Visit in twos.” What happened, not what they are"
        ),
        max_length=200,
        error_messages={"required": gettext_lazy("Say what is known, and what to do")},
    )
    everywhere = forms.ChoiceField(
        label=gettext_lazy("On their other cases"),
        choices=[
            ("yes", gettext_lazy("Shown there too: these words do not give this case away")),
            ("no", gettext_lazy("Not shown there: the words would give this case away")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether their other cases show it")},
    )
    review_on = forms.DateField(
        label=gettext_lazy("Look at it again on"),
        help_text=gettext_lazy("Within a year"),
        error_messages={
            "required": gettext_lazy("Enter the day to look at it again"),
            "invalid": gettext_lazy("The day must be a date, such as 16/11/2026"),
        },
    )

    def __init__(self, *args: Any, restricted: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not restricted:
            del self.fields["everywhere"]

    def care(self) -> Care:
        typed = self.cleaned_data
        return Care(typed["known"], typed["review_on"], everywhere=typed.get("everywhere", "yes") == "yes")


class LookAgainForm(CaseForm):
    """Whether it still holds; it is looked at again only where it does."""

    holds = forms.ChoiceField(
        label=gettext_lazy("Does it still hold?"),
        choices=[("yes", gettext_lazy("Yes, it stays")), ("no", gettext_lazy("No, withdraw it"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether it still holds")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Say why")},
    )
    review_on = forms.DateField(
        label=gettext_lazy("Look at it again on"),
        help_text=gettext_lazy("Only if it stays: within a year"),
        required=False,
        error_messages={"invalid": gettext_lazy("The day must be a date, such as 16/11/2026")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("holds") == "yes" and not cleaned.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", ValidationError(_("Enter the day to look at it again")))
        return cleaned


def kinds_of(roles: set[str]) -> list[tuple[str, str]]:
    """The kinds that fit every part somebody plays."""
    registries = [respondent_kinds] if PartyRole.RESPONDENT in roles else []
    registries += [complainant_kinds] if roles - {PartyRole.RESPONDENT} else []
    kinds = {key: str(registry[key]) for registry in registries for key in registry}
    return [("", _("Not known")), *kinds.items()]
