"""What an officer puts on the file: contact, notes, incidents, duties done."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cases import deadlines
from cases.choices import SUCCESSFUL, ContactMeans, ContactOutcome, DeadlineState, PartyRole
from cases.lifecycle import CaseState
from cases.models import Case, Contact, Deadline, Incident, Note, Party, Person
from cases.permissions import check_can
from cases.schema import MET_BY_CONTACT
from cases.search import index_case
from cases.services.announcing import Happening, announce
from cases.services.locking import locked
from cases.services.opening import governing_of, restrict
from landlords.permissions import Permission, Refused
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


@dataclass(frozen=True)
class ContactDetails:
    """One contact or attempt as the officer tells it. ``occurred_at`` is when it really happened."""

    person_id: int
    means: str
    outcome: str
    occurred_at: datetime.datetime
    summary: str = ""
    told_main_contact: bool = False
    agreed_every_days: int | None = None


@dataclass(frozen=True)
class ContactRecorded:
    contact: Contact
    met: list[Deadline]
    next_contact: Deadline | None


@transaction.atomic
def record_contact(case: Case, details: ContactDetails, *, by: Actor) -> ContactRecorded:
    """Record a contact or an attempt. Only a contact meets clocks, all of that person's at once (decision 11).

    Raises Refused on a closed case, a person who is not a party, or a time in the future.
    """
    case = locked(case, person_id=details.person_id)
    check_can(Permission.RECORD_CONTACT, case, by=by)
    parties = list(case.parties.filter(person_id=details.person_id).select_related("person"))
    if not parties:
        raise Refused(_("Choose somebody who is part of this case."))
    _check_not_future(details.occurred_at)
    contact = _contact(case, parties[0].person, details, by)
    met: list[Deadline] = []
    next_contact = None
    if details.outcome in SUCCESSFUL:
        met = deadlines.meet_by_contact(
            contact.person, at=contact.occurred_at, told_main_contact=details.told_main_contact
        )
        next_contact = _next_contact(case, parties, details, by)
    take_in_hand(case, by)
    _record_contact(case, contact, by)
    return ContactRecorded(contact, met, next_contact)


def _contact(case: Case, person: Person, details: ContactDetails, by: Actor) -> Contact:
    return Contact.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        person=person,
        means=ContactMeans(details.means),
        outcome=ContactOutcome(details.outcome),
        told_main_contact=details.told_main_contact,
        summary=details.summary,
        occurred_at=details.occurred_at,
        recorded_at=clock.now(),
        recorded_by=by.name,
    )


def _next_contact(case: Case, parties: list[Party], details: ContactDetails, by: Actor) -> Deadline | None:
    complainant = next((party for party in parties if party.role == PartyRole.COMPLAINANT), None)
    if complainant is None:
        return None
    governing = governing_of(case)
    agreed = details.agreed_every_days
    newly_agreed = bool(agreed) and agreed != complainant.contact_every_days
    for event in ("first_contact", *(["agreed"] if newly_agreed else [])):
        deadlines.start_on(event, case, complainant.person, governing, at=details.occurred_at)
    if newly_agreed:
        _agree_interval(complainant, details, by)
    return deadlines.restart_contact_interval(case, complainant, governing, spoke_at=details.occurred_at)


def _agree_interval(complainant: Party, details: ContactDetails, by: Actor) -> None:
    complainant.contact_every_days = details.agreed_every_days
    complainant.save(update_fields=["contact_every_days"])
    record(
        "interval_agreed",
        by=by,
        case_id=complainant.case_id,
        payload={"days": details.agreed_every_days, "person_id": complainant.person_id},
        occurred_at=details.occurred_at,
    )


def _record_contact(case: Case, contact: Contact, by: Actor) -> None:
    record(
        "contact_made" if contact.is_contact else "contact_tried",
        by=by,
        case_id=case.pk,
        subject=("contact", contact.pk),
        payload={"outcome": contact.outcome, "means": contact.means, "person_id": contact.person_id},
        text=contact.summary,
        occurred_at=contact.occurred_at,
    )


@transaction.atomic
def add_note(case: Case, *, text: str, by: Actor) -> Note:
    case = locked(case)
    check_can(Permission.ADD_NOTE, case, by=by)
    if not text.strip():
        raise Refused(_("Write the note before you save it."))
    note = Note.objects.create(
        landlord_id=case.landlord_id, case=case, text=text, written_at=clock.now(), written_by=by.name
    )
    record("note_added", by=by, case_id=case.pk, subject=("note", note.pk), text=text)
    return note


@dataclass(frozen=True)
class IncidentDetails:
    """One event as told; ``occurred_words`` where nobody knows the exact time."""

    description: str
    behaviours: list[str]
    occurred_at: datetime.datetime | None = None
    occurred_words: str = ""
    location: str = ""


@transaction.atomic
def add_incident(case: Case, details: IncidentDetails, *, by: Actor) -> Incident:
    """Add something that happened, told in a diary or on a visit rather than as a report: no new clock starts."""
    case = locked(case)
    check_can(Permission.ADD_INCIDENT, case, by=by)
    if details.occurred_at:
        _check_not_future(details.occurred_at)
    incident = Incident.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        description=details.description,
        behaviours=details.behaviours,
        occurred_at=details.occurred_at,
        occurred_words=details.occurred_words,
        location=details.location,
        recorded_at=clock.now(),
        recorded_by=by.name,
    )
    if "domestic_abuse" in details.behaviours:
        restrict(case, by=by)
    index_case(case)
    what = ", ".join(behaviour.replace("_", " ") for behaviour in details.behaviours)
    record(
        "incident_added",
        by=by,
        case_id=case.pk,
        subject=("incident", incident.pk),
        payload={"what": what or "not said"},
        text=details.description,
        occurred_at=details.occurred_at,
    )
    announce(Happening.INCIDENT, case, by=by)
    return incident


@transaction.atomic
def record_duty_done(deadline: Deadline, *, done_at: datetime.datetime, note: str, by: Actor) -> Deadline:
    """A duty done outside this system (on paper, by another team): when, and where the record is.

    Raises Refused for a duty that only contact meets, one already done, or a time in the future.
    """
    if deadline.case is None:
        raise Refused(_("Decide what this report is; that is what meets this reminder."))
    case = locked(deadline.case)
    check_can(Permission.RECORD_DUTY, case, by=by)
    deadline = Deadline.objects.select_for_update().get(pk=deadline.pk)
    if deadline.met_by in MET_BY_CONTACT:
        raise Refused(_("Only speaking with the person meets this. Record the contact."))
    if deadline.met_by == "decision_recorded":
        raise Refused(_("Record the decision itself; that meets this."))
    if deadline.state != DeadlineState.RUNNING:
        raise Refused(_("This is already done or no longer applies."))
    if not note.strip():
        raise Refused(_("Say where the record is kept."))
    _check_not_future(done_at)
    if done_at < deadline.start_at:
        raise Refused(_("It cannot have been done before the duty began."))
    deadlines.meet(deadline, at=done_at)
    if deadline.met_by == "referral_made" and deadline.person is not None:
        deadlines.start_on("referred", case, deadline.person, governing_of(case), at=done_at)
    take_in_hand(case, by)
    record(
        "duty_done",
        by=by,
        case_id=case.pk,
        subject=("deadline", deadline.pk),
        payload={"label": deadline.label},
        text=note,
        occurred_at=done_at,
    )
    return deadline


def take_in_hand(case: Case, by: Actor) -> None:
    if case.status == CaseState.NEW:
        case.take_in_hand()
        case.save(update_fields=["status"])
        record("taken_in_hand", by=by, case_id=case.pk)


def _check_not_future(moment: datetime.datetime) -> None:
    if moment > clock.now():
        raise Refused(_("The date and time cannot be in the future."))
