"""Putting contact, notes and incidents on the file."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.models.record import GUARDED_KINDS, NoteKind
from cases.pages import duties
from cases.pages.forms.recording import ContactForm, IncidentForm, NoteForm
from cases.pages.loading import act, open_file, show, starting
from cases.pages.record_box import contact_form, meets
from cases.selectors.file import CaseFile
from cases.selectors.people import Conflict, conflicts_of
from cases.services.working import (
    ContactDetails,
    ContactRecorded,
    IncidentDetails,
    add_incident,
    add_note,
    record_contact,
)
from landlords.access import staff_page
from landlords.permissions import Permission
from timeline.actors import Actor

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@staff_page(Permission.RECORD_CONTACT)
def record_contact_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("record contact"))
    conflicts = conflicts_of(file.case, file.parties, by=request.actor)
    form = contact_form(
        file, request.POST or None, request.GET.get("with", ""), about_closing="closing" in request.GET
    )

    def do() -> str:
        details = _details(form)
        recorded = record_contact(file.case, details, by=request.actor)
        return " ".join([_recorded(recorded), *_careful(details.person_id, conflicts)])

    shown = {"meets": meets(file), "conflicts": conflicts, "take_care": file.take_care}
    return act(request, file, form, do) or show(request, file, form, "cases/contact.html", **shown)


@read_or_post
@staff_page(Permission.ADD_NOTE)
def add_note_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("add a note"))
    form = NoteForm(request.POST or None, initial=starting(file))

    def do() -> str:
        return _note(file, form, request.actor)

    return act(request, file, form, do, mind_others=False) or show(request, file, form, "cases/note.html")


@read_or_post
@staff_page(Permission.ADD_INCIDENT)
def add_incident_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("add an incident"))
    form = IncidentForm(request.POST or None, initial=starting(file))

    def do() -> str:
        return _incident(file, form, request.actor)

    return act(request, file, form, do, mind_others=False) or show(request, file, form, "cases/incident.html")


def _details(form: ContactForm) -> ContactDetails:
    typed = form.cleaned_data
    return ContactDetails(
        person_id=form.people[typed["person"]].person_id,
        means=typed["means"],
        outcome=typed["outcome"],
        occurred_at=typed["occurred_at"],
        summary=typed["summary"],
        told_main_contact=typed["told_main_contact"],
        agreed_every_days=typed["agreed_every_days"],
        about_closing=typed["about_closing"],
        late_reason=typed["late_reason"],
        asked_this_way=form.asked_this_way,
        needs_passed_over=form.needs_passed_over,
    )


def _careful(person_id: int, conflicts: list[Conflict]) -> list[str]:
    """Whoever has just spoken with somebody on both sides is told once more. Of a restricted case nothing is."""
    return [
        _("Careful: %(words)s.") % {"words": one.words}
        for one in conflicts
        if one.person is not None and one.person.pk == person_id
    ]


def _note(file: CaseFile, form: NoteForm, by: Actor) -> str:
    typed = form.cleaned_data
    note = add_note(
        file.case,
        text=typed["text"],
        kind=typed["kind"] or NoteKind.NOTE,
        occurred_at=typed["occurred_at"],
        late_reason=typed["late_reason"],
        by=by,
    )
    if note.kind in GUARDED_KINDS:
        return _("The note is on the file. Caseworkers, managers and auditors can read it, nobody else.")
    return _("The note is on the file.")


def _recorded(recorded: ContactRecorded) -> str:
    """What the contact met, or that it met nothing, and when the next one is due."""
    if not recorded.contact.is_contact:
        return _("The attempt is on the file. An attempt is not contact: what was owed is still owed.")
    told = [_("The contact is on the file.")]
    met = [one for one in recorded.met if one.case_id == recorded.contact.case_id]  # others may be restricted
    if met:
        labels = dict.fromkeys(duties.title(deadline) for deadline in met)
        told.append(_("Met: %(labels)s.") % {"labels": ", ".join(labels)})
    if recorded.next_contact and recorded.next_contact.due_at:
        told.append(_("Next contact %(when)s.") % {"when": duties.by_end(recorded.next_contact.due_at)})
    return " ".join(told)


def _incident(file: CaseFile, form: IncidentForm, by: Actor) -> str:
    typed = form.cleaned_data
    details = IncidentDetails(
        description=typed["description"],
        behaviours=typed["behaviours"],
        occurred_at=typed["occurred_at"],
        occurred_words=typed["occurred_words"],
        location=typed["location"],
        late_reason=typed["late_reason"],
    )
    add_incident(file.case, details, by=by)
    return _("The incident is on the file. No new promise starts: for that, log a report.")
