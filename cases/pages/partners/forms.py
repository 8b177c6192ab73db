"""Referring somebody to another agency, what came of it, and telling a partner something."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Party
from cases.models.partner import LawfulBasis, Permitted
from cases.pages.forms.fields import Happened, Words
from cases.pages.forms.late import DatedForm
from cases.pages.forms.people import by_key
from cases.partner_rules import Agency, Partners

ANOTHER = "another"
NOBODY = ""


class AgencyForm(DatedForm):
    """With whom: one of the policy's agencies, or another by its name."""

    agency = forms.ChoiceField(
        label=gettext_lazy("Which agency"), error_messages={"required": gettext_lazy("Choose the agency")}
    )
    other_agency = forms.CharField(
        label=gettext_lazy("Name of another agency"), max_length=200, required=False
    )

    def __init__(self, *args: Any, agencies: Iterable[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        listed = [(agency.label, agency.label) for agency in agencies]
        choices = [("", _("Choose")), *listed, (ANOTHER, _("Another agency"))]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("agency") == ANOTHER and not cleaned.get("other_agency"):
            self.add_error("other_agency", ValidationError(_("Enter the name of the agency")))
        return cleaned

    def named(self) -> str:
        typed = self.cleaned_data
        return str(typed["other_agency"] if typed["agency"] == ANOTHER else typed["agency"])


class ReferralForm(AgencyForm):
    moment_field = "made_at"

    person = forms.ChoiceField(label=gettext_lazy("Who is referred"))
    reason = Words(label=gettext_lazy("Why"), missing=gettext_lazy("Say why they are referred"))
    consent = forms.ChoiceField(
        label=gettext_lazy("Did they agree to be referred?"),
        choices=Permitted.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether they agreed")},
    )
    basis_without_consent = forms.ChoiceField(
        label=gettext_lazy("If they did not agree: on which ground"), required=False
    )
    made_at = Happened(
        label=gettext_lazy("When"), future=gettext_lazy("The referral cannot be in the future")
    )

    def __init__(self, *args: Any, rules: Partners, parties: Iterable[Party], **options: Any) -> None:
        supporting = sorted(rules.agencies, key=lambda agency: not (agency.supports or agency.internal))
        super().__init__(*args, agencies=supporting, **options)
        self.people = by_key(parties)
        people = [(key, person.name) for key, person in self.people.items()]
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        grounds = [(rule.basis, LawfulBasis(rule.basis).label) for rule in rules.without_consent]
        choices = [("", _("They agreed")), *grounds]
        self.fields["basis_without_consent"].choices = choices  # type: ignore[attr-defined]


class OutcomeForm(DatedForm):
    moment_field = "outcome_at"

    outcome = Words(label=gettext_lazy("What came of it"), missing=gettext_lazy("Say what came of it"))
    outcome_at = Happened(
        label=gettext_lazy("When"), future=gettext_lazy("The outcome cannot be in the future")
    )


class SharingForm(AgencyForm):
    moment_field = "shared_at"

    person = forms.ChoiceField(label=gettext_lazy("About whom"), required=False)
    what = Words(
        label=gettext_lazy("What was told, how, and why"), missing=gettext_lazy("Say what was told, and why")
    )
    purpose = forms.ChoiceField(label=gettext_lazy("What for"), required=False)
    permission = forms.ChoiceField(
        label=gettext_lazy("What did they say when asked?"),
        choices=Permitted.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether they agreed")},
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Lawful basis"),
        choices=[("", gettext_lazy("Choose")), *LawfulBasis.choices],
        error_messages={"required": gettext_lazy("Choose the lawful basis")},
    )
    person_told = forms.BooleanField(
        label=gettext_lazy("They know that it is shared, and with whom"), required=False
    )
    why_not_told = forms.CharField(label=gettext_lazy("If not, why"), max_length=300, required=False)
    shared_at = Happened(label=gettext_lazy("When"), future=gettext_lazy("It cannot be shared in the future"))

    def __init__(self, *args: Any, rules: Partners, parties: Iterable[Party], **options: Any) -> None:
        super().__init__(*args, agencies=[one for one in rules.agencies if not one.internal], **options)
        self.people = by_key(parties)
        nobody = (NOBODY, _("Nobody in particular"))
        people = [(key, person.name) for key, person in self.people.items()]
        self.fields["person"].choices = [*people, nobody]  # type: ignore[attr-defined]
        if rules.purposes is None:
            del self.fields["purpose"]
            return
        purposes = [("", _("Choose")), *((words, words) for words in rules.purposes.words)]
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]
