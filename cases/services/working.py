"""What an officer puts on the file: contact, notes, incidents, duties done."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cases import deadlines
from cases.choices import SUCCESSFUL, ContactMeans, ContactOutcome, DeadlineState, PartyRole
from cases.confided import known_on
from cases.lifecycle import CaseState
from cases.models import Case, Contact, Deadline, Incident, Note, Party, Person
from cases.models.record import NoteKind
from cases.permissions import check_can
from cases.schema import MET_BY_CONTACT
from cases.search import index_case
from cases.services.announcing import Happening, announce
from cases.services.locking import locked
from cases.services.moments import check_when, is_late, with_reason, wrong_with
from cases.services.opening import governing_of, restrict
from cases.services.reaching import is_safe
from cases.taxonomy import behaviours_named
from landlords.permissions import OurRule, Permission, Refused
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

NOTE_VERBS = {
    NoteKind.NOTE: "note_added",
    NoteKind.VISIT: "visit_noted",
    NoteKind.CONFERENCE: "conference_noted",
    NoteKind.SAFEGUARDING: "safeguarding_noted",
    NoteKind.CHILD_PROTECTION: "child_protection_noted",
}


@dataclass(frozen=True)
class ContactDetails:
    """One contact or attempt as the officer tells it. ``occurred_at`` is when it really happened.

    ``asked_this_way``: they themselves wanted to be reached in a way they had called unsafe.
    ``needs_passed_over``: the officer knows what they need and records it all the same.
    """

    person_id: int
    means: str
    outcome: str
    occurred_at: datetime.datetime
    summary: str = ""
    told_main_contact: bool = False
    agreed_every_days: int | None = None
    about_closing: bool = False
    late_reason: str = ""
    asked_this_way: bool = False
    needs_passed_over: bool = False


@dataclass(frozen=True)
class ContactRecorded:
    contact: Contact
    met: list[Deadline]
    next_contact: Deadline | None


@transaction.atomic
def record_contact(case: Case, details: ContactDetails, *, by: Actor) -> ContactRecorded:
    """Record a contact or an attempt. Only a contact meets clocks, all of that person's at once (decision 11).

    Raises Refused on a closed case, a person who is not a party, a time in the future, a late entry without its
    reason, and on domestic abuse a way that is not safe for them, unless they asked for it (decision 18).
    """
    case = locked(case, person_id=details.person_id)
    check_can(Permission.RECORD_CONTACT, case, by=by)
    parties = known_on(case, case.parties.filter(person_id=details.person_id).select_related("person"))
    if not parties:
        raise Refused(_("Choose somebody who is part of this case."))
    _check_contact(case, parties[0].person, details)
    contact = _contact(case, parties[0].person, details, by)
    met: list[Deadline] = []
    next_contact = None
    if details.outcome in SUCCESSFUL:
        met = deadlines.meet_by_contact(
            contact.person, at=contact.occurred_at, told_main_contact=details.told_main_contact
        )
        next_contact = _next_contact(case, parties, details, by)
    take_in_hand(case, by)
    _record_contact(case, contact, details, by)
    return ContactRecorded(contact, met, next_contact)


def _check_contact(case: Case, person: Person, details: ContactDetails) -> None:
    reasons = wrong_with(details.occurred_at, details.late_reason)
    if case.domestic_abuse and not is_safe(person, details.means) and not details.asked_this_way:
        reasons.append(unsafe_words(person))
    if reasons:
        raise Refused(*reasons)


def unsafe_words(person: Person) -> str:
    """Our safety rule, in our name: on domestic abuse a person is reached only in the way they called safe."""
    told = _(
        "Our safety rule: on domestic abuse %(name)s is reached only in the way that is safe for them (%(safe)s), "
        "unless they themselves asked for another."
    )
    return OurRule(told % {"name": person.name, "safe": str(person.get_safe_contact_display()).lower()})


def _contact(case: Case, person: Person, details: ContactDetails, by: Actor) -> Contact:
    return Contact.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        person=person,
        means=ContactMeans(details.means),
        outcome=ContactOutcome(details.outcome),
        told_main_contact=details.told_main_contact,
        about_closing=details.about_closing,
        late_reason=_late_reason(details.occurred_at, details.late_reason),
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


def _record_contact(case: Case, contact: Contact, details: ContactDetails, by: Actor) -> None:
    payload = {"outcome": contact.outcome, "means": contact.means, "person_id": contact.person_id}
    confirmed = {
        "asked_this_way": (details.asked_this_way, _("They asked to be reached this way themselves.")),
        "needs_passed_over": (details.needs_passed_over, _("Recorded knowing what they need.")),
    }
    record(
        "contact_made" if contact.is_contact else "contact_tried",
        by=by,
        case_id=case.pk,
        subject=("contact", contact.pk),
        payload=payload | {key: True for key, (ticked, _words) in confirmed.items() if ticked},
        text=with_reason(
            contact.summary, contact.late_reason, *(words for ticked, words in confirmed.values() if ticked)
        ),
        occurred_at=contact.occurred_at,
    )


def _late_reason(moment: datetime.datetime, reason: str) -> str:
    """Kept only where it is late."""
    return reason.strip() if is_late(moment) else ""


@transaction.atomic
def add_note(
    case: Case,
    *,
    text: str,
    by: Actor,
    kind: str = NoteKind.NOTE,
    occurred_at: datetime.datetime | None = None,
    late_reason: str = "",
) -> Note:
    """``occurred_at`` is when a visit or meeting was held.

    Raises Refused without text, on a moment in the future, and on a late entry without its reason.
    """
    case = locked(case)
    check_can(Permission.ADD_NOTE, case, by=by)
    if not text.strip():
        raise Refused(_("Write the note before you save it."))
    now = clock.now()
    check_when(occurred_at or now, late_reason)
    note = Note.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        kind=NoteKind(kind),
        text=text,
        written_at=now,
        written_by=by.name,
    )
    record(
        NOTE_VERBS[NoteKind(kind)],
        by=by,
        case_id=case.pk,
        subject=("note", note.pk),
        text=with_reason(text, _late_reason(occurred_at or now, late_reason)),
        occurred_at=occurred_at,
    )
    return note


@dataclass(frozen=True)
class IncidentDetails:
    """One event as told; ``occurred_words`` where nobody knows the exact time."""

    description: str
    behaviours: list[str]
    occurred_at: datetime.datetime | None = None
    occurred_words: str = ""
    location: str = ""
    late_reason: str = ""


@transaction.atomic
def add_incident(case: Case, details: IncidentDetails, *, by: Actor) -> Incident:
    """Add something that happened, told in a diary or on a visit rather than as a report: no new clock starts."""
    case = locked(case)
    check_can(Permission.ADD_INCIDENT, case, by=by)
    happened = details.occurred_at or clock.now()
    check_when(happened, details.late_reason)
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
    record(
        "incident_added",
        by=by,
        case_id=case.pk,
        subject=("incident", incident.pk),
        payload={"what": behaviours_named(details.behaviours) or _("not said")},
        text=with_reason(details.description, _late_reason(happened, details.late_reason)),
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
    _check_done_elsewhere(deadline)
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


def _check_done_elsewhere(deadline: Deadline) -> None:
    """Raises Refused where the record itself has to be made here, or nothing is left to do."""
    if deadline.met_by in MET_BY_CONTACT:
        raise Refused(_("Only speaking with the person meets this. Record the contact."))
    if deadline.met_by == "decision_recorded":
        raise Refused(_("Record the decision itself; that meets this."))
    if deadline.met_by == "risk_acted_on":
        raise Refused(_("Say on the risk page what is done about it; that meets this."))
    if deadline.state != DeadlineState.RUNNING:
        raise Refused(_("This is already done or no longer applies."))


def take_in_hand(case: Case, by: Actor) -> None:
    if case.status == CaseState.NEW:
        case.take_in_hand()
        case.save(update_fields=["status"])
        record("taken_in_hand", by=by, case_id=case.pk)


def _check_not_future(moment: datetime.datetime) -> None:
    if moment > clock.now():
        raise Refused(_("The date and time cannot be in the future."))
