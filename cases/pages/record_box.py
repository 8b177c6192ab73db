"""The record box: contact, note or incident, and what saving meets."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import DeadlineState, PartyRole
from cases.models import Deadline
from cases.pages.forms.fields import CaseForm
from cases.pages.forms.recording import ContactForm, IncidentForm, NoteForm
from cases.pages.loading import starting
from cases.schema import MET_BY_CONTACT
from cases.selectors.file import CaseFile
from landlords.permissions import Permission, can

TABS = (
    ("contact", Permission.RECORD_CONTACT, gettext_lazy("Contact"), "record-contact"),
    ("note", Permission.ADD_NOTE, gettext_lazy("Note"), "add-note"),
    ("incident", Permission.ADD_INCIDENT, gettext_lazy("Incident"), "add-incident"),
)
"""In this order; each with the permission it needs, its label and its page."""


def record_box(request: Any, file: CaseFile) -> dict[str, Any] | None:
    """What the box shows to this person; None where nothing may be recorded."""
    offered = [tab for tab in TABS if can(request.actor, tab[1])] if file.case.is_open else []
    if not offered:
        return None
    asked = request.GET.get("record", "")
    key, _permission, _label, page = next((tab for tab in offered if tab[0] == asked), offered[0])
    return {
        "tabs": [
            {"url": f"?record={one}#record", "label": label, "current": one == key}
            for one, _permission, label, _page in offered
        ],
        "key": key,
        "url": reverse(page, args=[file.case.reference]),
        "form": _form(key, file),
        "meets": meets(file) if key == "contact" else [],
    }


def contact_form(
    file: CaseFile, data: Any = None, person: str = "", *, about_closing: bool = False
) -> ContactForm:
    """``person`` is the key of whoever the contact is most likely with; else the first complainant."""
    first = next(iter(file.people(PartyRole.COMPLAINANT)), None)
    chosen = person or (str(first.person.key) if first else "")
    form = ContactForm(
        data,
        parties=file.parties,
        domestic_abuse=file.case.domestic_abuse,
        initial=starting(file, person=chosen, about_closing=about_closing),
    )
    form.fields["told_main_contact"].help_text = _main_contact_words(file)
    return form


def meets(file: CaseFile) -> list[dict[str, str]]:
    """For each complainant, which clocks speaking with them meets."""
    owed: dict[str, list[str]] = {}
    for deadline in _met_by_contact(file):
        if deadline.person is not None:
            owed.setdefault(deadline.person.name, []).append(_label(deadline))
    return [{"name": name, "labels": ", ".join(dict.fromkeys(labels))} for name, labels in owed.items()]


def _form(key: str, file: CaseFile) -> CaseForm:
    if key == "contact":
        return contact_form(file)
    form_class = NoteForm if key == "note" else IncidentForm
    return form_class(initial=starting(file))


def _met_by_contact(file: CaseFile) -> list[Deadline]:
    return [
        one for one in file.deadlines if one.state == DeadlineState.RUNNING and one.met_by in MET_BY_CONTACT
    ]


def _label(deadline: Deadline) -> str:
    if deadline.met_by == "contact_naming_main_contact":
        return _("%(label)s (only if you told them you are their main contact)") % {"label": deadline.label}
    return deadline.label


def _main_contact_words(file: CaseFile) -> str:
    """A promise to say who the main contact is, is not kept by speaking alone (decision 11)."""
    clause = next(
        (one.clause for one in _met_by_contact(file) if one.met_by == "contact_naming_main_contact"), None
    )
    if clause is None:
        return ""
    return _("Needed to keep the promise of clause %(clause)s") % {"clause": clause}
