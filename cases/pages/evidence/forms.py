"""What is asked about evidence."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.evidence.examining import Examined, examine, size_words
from cases.evidence.sniffing import WANTED
from cases.models import Incident, Party
from cases.models.evidence import EvidenceKind
from cases.pages.forms.fields import CaseForm, Moment, Words
from cases.references import is_reference, normalise
from cases.services.evidence import EvidenceDetails
from landlords.permissions import Refused
from policies.wording import short_date
from policies.working_time import LONDON

BY_ITSELF = ("", gettext_lazy("Tell by the file"))


class SeveralInput(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files at once; what is wrong with any of them is told for each, and none is kept."""

    widget = SeveralInput(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Examined]:
        given: list[UploadedFile[Any]] = data if isinstance(data, list) else [data] if data else []
        try:
            return examine(given)
        except Refused as refused:
            raise ValidationError(refused.reasons) from None


class EvidenceForm(CaseForm):
    """Files with what is said about them, or something kept elsewhere."""

    uploads = Files(label=gettext_lazy("Files"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=[BY_ITSELF, *EvidenceKind.choices], required=False
    )
    title = forms.CharField(
        label=gettext_lazy("Called"),
        help_text=gettext_lazy("Empty: as the file is called"),
        max_length=150,
        required=False,
    )
    from_words = forms.CharField(
        label=gettext_lazy("Who gave it to us"),
        help_text=gettext_lazy("For example, the police, or the e-mail address it came from"),
        max_length=300,
        required=False,
    )
    captured_at = Moment(
        label=gettext_lazy("When it was made"),
        required=False,
        future=gettext_lazy("It cannot have been made in the future"),
    )
    where_kept = forms.CharField(
        label=gettext_lazy("Or, where it is kept"),
        help_text=gettext_lazy("Where there is no file: in the Noise App, with the police, on paper"),
        max_length=300,
        required=False,
    )
    told_of_court = forms.BooleanField(
        label=gettext_lazy("I told them that it may be used in court"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["uploads"].help_text = files_hint()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "uploads" in cleaned and not cleaned["uploads"]:
            self._check_kept_elsewhere(cleaned)
        return cleaned

    def _check_kept_elsewhere(self, cleaned: dict[str, Any]) -> None:
        """Without a file there is nothing to tell what it is by: each is asked where it is typed."""
        asked = {
            "where_kept": ("uploads", _("Choose a file, or say where it is kept")),
            "kind": ("kind", _("Choose what it is")),
            "title": ("title", _("Say what it is called")),
        }
        for name, (told_at, words) in asked.items():
            if not cleaned.get(name):
                self.add_error(told_at, words)

    def details(self) -> EvidenceDetails:
        typed = self.cleaned_data
        return EvidenceDetails(
            kind=typed["kind"],
            title=typed["title"],
            from_words=typed["from_words"],
            where_kept=typed["where_kept"],
            captured_at=typed["captured_at"],
            told_of_court=typed["told_of_court"],
        )


class CaseEvidenceForm(EvidenceForm):
    """The same on a case: from somebody on it, about something that happened on it."""

    person = forms.ChoiceField(label=gettext_lazy("From"), required=False)
    incident = forms.ChoiceField(label=gettext_lazy("About"), required=False)

    def __init__(self, *args: Any, parties: list[Party], incidents: list[Incident], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(party.person.key): party.person for party in parties}
        self.incidents = {str(number): one for number, one in enumerate(incidents, start=1)}
        people = [(key, person.name) for key, person in self.people.items()]
        told = [(number, _incident_words(one)) for number, one in self.incidents.items()]
        self.fields["person"].choices = [("", _("Somebody else")), *people]  # type: ignore[attr-defined]
        self.fields["incident"].choices = [("", _("The case as a whole")), *told]  # type: ignore[attr-defined]

    def details(self) -> EvidenceDetails:
        given = super().details()
        person = self.people.get(self.cleaned_data["person"])
        incident = self.incidents.get(self.cleaned_data["incident"])
        return EvidenceDetails(
            **{
                **vars(given),
                "person_id": person.pk if person else None,
                "incident_id": incident.pk if incident else None,
            }
        )


class FindingForm(CaseForm):
    finding = Words(
        label=gettext_lazy("What it shows"),
        help_text=gettext_lazy("What can be seen or heard, from when to when. Or that nothing can"),
        missing=gettext_lazy("Say what it shows, or that nothing can be seen or heard"),
    )


class CourtForm(CaseForm):
    """Told that it may be used in court, an objection, or both."""

    told = forms.BooleanField(label=gettext_lazy("I told them that it may be used in court"), required=False)
    objection = Words(
        label=gettext_lazy("Their objection"),
        help_text=gettext_lazy("In their words, if they object to its use in court"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("told") and not cleaned.get("objection"):
            self.add_error(None, ValidationError(_("Tick that you told them, or write down their objection")))
        return cleaned


class MatchForm(forms.Form):
    reference = forms.CharField(
        label=gettext_lazy("Reference of the case"),
        max_length=40,
        error_messages={"required": gettext_lazy("Type the reference of the case it belongs to")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def clean_reference(self) -> str:
        typed = normalise(self.cleaned_data["reference"])
        if not is_reference(typed):
            raise ValidationError(_("Type a reference such as VV-7K4M2-QX9RT"))
        return typed


def files_hint() -> str:
    hint = _("Up to %(number)d files, each up to %(size)s: %(wanted)s")
    size = size_words(settings.EVIDENCE_FILE_SIZE)
    return hint % {"number": settings.EVIDENCE_FILES_A_POST, "size": size, "wanted": WANTED}


def _incident_words(incident: Incident) -> str:
    """The day and how it was told, as far as a line goes."""
    told = incident.description[:80]
    if incident.occurred_at is None:
        return told
    return f"{short_date(incident.occurred_at.astimezone(LONDON).date(), with_year=True)}: {told}"
