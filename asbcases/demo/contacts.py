"""Trying to reach people, speaking with them, and answering for the promises that were missed."""

import datetime
from collections.abc import Collection

from asbcases.demo.file import File
from asbcases.demo.office import ONE_DAY
from cases.choices import ContactMeans, ContactOutcome, DeadlineState, MissReason, PartyRole
from cases.models import Breach, Case, Deadline, Person
from cases.services.misses import confirm_met, explain_miss
from cases.services.moments import is_late
from cases.services.reaching import SAFE_MEANS, is_safe
from cases.services.working import ContactDetails, ContactRecorded, record_contact
from timeline import clock

MEANS = {
    ContactOutcome.SPOKE: (
        ContactMeans.TELEPHONE,
        ContactMeans.TELEPHONE,
        ContactMeans.OFFICE,
        ContactMeans.VIDEO,
    ),
    ContactOutcome.VISIT_MET: (ContactMeans.VISIT,),
    ContactOutcome.NO_ANSWER: (ContactMeans.TELEPHONE,),
    ContactOutcome.MESSAGE_LEFT: (ContactMeans.TELEPHONE,),
    ContactOutcome.LETTER_SENT: (ContactMeans.LETTER,),
    ContactOutcome.VISIT_NO_ANSWER: (ContactMeans.VISIT,),
}
ATTEMPTS = (
    ContactOutcome.NO_ANSWER,
    ContactOutcome.MESSAGE_LEFT,
    ContactOutcome.VISIT_NO_ANSWER,
    ContactOutcome.LETTER_SENT,
)
A_FEW_MINUTES = datetime.timedelta(minutes=20)
UNDATED = 10
"""Days to the next contact where nothing says when."""


def owe_first(file: File, case: Case, besides: Collection[int] = ()) -> None:
    """Put down first contact with everybody it is owed to, ``besides`` what is put down already."""
    owed = case.deadlines.filter(kind="initial_contact", state=DeadlineState.RUNNING, person__isnull=False)
    owed = owed.exclude(pk__in=besides)
    for deadline in owed.order_by("id"):
        _put_down_first(file, deadline)


def _put_down_first(file: File, deadline: Deadline) -> None:
    assert deadline.person_id is not None
    assert deadline.due_at is not None
    now, due = clock.now(), deadline.due_at
    held = file.between(now + A_FEW_MINUTES, due)
    if file.chance(0.45) and held - now > 2 * A_FEW_MINUTES:
        file.later(file.between(now + A_FEW_MINUTES, held), attempt, deadline.person_id)
    if file.has("recorded_late") and held <= due:
        entered = file.office.at_work(due + file.rng.uniform(0.1, 1.5) * ONE_DAY, file.rng)
        file.later(entered, speak, deadline.person_id, True, held)
        return
    if file.has("met_late"):
        held = file.office.at_work(max(due, now) + file.rng.uniform(0.2, 2) * ONE_DAY, file.rng)
    file.later(held, speak, deadline.person_id, True)


def attempt(file: File, case: Case, person_id: int) -> None:
    outcome = file.rng.choice(ATTEMPTS[: 2 if case.restricted else None])
    _record(file, case, person_id, outcome, file.words("attempts", outcome.value), clock.now())


def speak(
    file: File, case: Case, person_id: int, first: bool = False, held: datetime.datetime | None = None
) -> None:
    """``held`` where it is entered later than it happened."""
    outcome = ContactOutcome.VISIT_MET if file.chance(0.25) and not case.restricted else ContactOutcome.SPOKE
    summary = file.words("first_contact" if first else "later_contact")
    when = held or clock.now() - datetime.timedelta(minutes=file.rng.randrange(1, 15))
    agreed = _agreed(file, case) if first else None
    recorded = _record(file, case, person_id, outcome, summary, when, agreed)
    _put_down_next(file, person_id, recorded.next_contact)
    if any(deadline.needs_explanation for deadline in recorded.met):
        file.in_days(0.3, 3, answer_for_misses)


def talk_about_closing(file: File, case: Case, person_id: int) -> None:
    _record(
        file,
        case,
        person_id,
        ContactOutcome.SPOKE,
        file.words("closing_talks"),
        clock.now(),
        about_closing=True,
    )


def _record(
    file: File,
    case: Case,
    person_id: int,
    outcome: ContactOutcome,
    summary: str,
    when: datetime.datetime,
    agreed: int | None = None,
    about_closing: bool = False,
) -> ContactRecorded:
    happened = max(when, min(case.opened_at, clock.now()))
    details = ContactDetails(
        person_id=person_id,
        means=_means(file, case, person_id, outcome),
        outcome=outcome,
        occurred_at=happened,
        summary=summary,
        told_main_contact=not file.chance(0.1),
        agreed_every_days=agreed,
        about_closing=about_closing,
        late_reason=file.words("late_entry") if is_late(happened) else "",
    )
    return record_contact(case, details, by=file.by)


def _means(file: File, case: Case, person_id: int, outcome: ContactOutcome) -> ContactMeans:
    """On domestic abuse only the way that is safe for them."""
    usual = file.rng.choice(MEANS[outcome])
    person = Person.objects.get(pk=person_id)
    if not case.domestic_abuse or is_safe(person, usual):
        return usual
    return ContactMeans(min(SAFE_MEANS[person.safe_contact]))


def _agreed(file: File, case: Case) -> int | None:
    """How often to be in touch, where the policy leaves it to the two of them; sometimes where it does not."""
    party = case.parties.filter(role=PartyRole.COMPLAINANT, contact_every_days__isnull=False)
    if party.exists() or not file.chance(0.85 if file.left_to_agree else 0.15):
        return None
    return file.rng.choice((7, 7, 7, 14, 14, 10))


def _put_down_next(file: File, person_id: int, following: Deadline | None) -> None:
    """Usually before it is due, with a gap now and then."""
    due = following.due_at if following else None
    due = due or file.days_on(UNDATED - 3, UNDATED + 4)
    gap = file.chance(0.1)
    at = due + file.rng.uniform(0.5, 5) * ONE_DAY if gap else due - file.rng.uniform(0.1, 2.5) * ONE_DAY
    at = file.office.at_work(max(at, clock.now() + ONE_DAY / 2), file.rng)
    if not gap and at > due:
        at = file.between(clock.now() + ONE_DAY / 2, due)
    if file.chance(0.15):
        file.later(file.between(clock.now() + ONE_DAY / 4, at), attempt, person_id)
    file.later(at, speak, person_id)


def answer_for_misses(file: File, case: Case) -> None:
    """Explain what was missed; a manager confirms what was only entered late. Some is left for tomorrow."""
    thorough = 0.55 if file.office.is_recent(clock.now(), 25) else 0.97
    owed = Breach.objects.filter(deadline__case=case, deadline__needs_explanation=True)
    for breach in owed.filter(explained_at__isnull=True, confirmed_at__isnull=True).order_by("id"):
        if file.chance(thorough):
            _answer(file, breach)


def _answer(file: File, breach: Breach) -> None:
    if breach.recorded_late_at is not None:
        confirm_met(breach, by=file.office.manager(file.rng))
        return
    reason = file.rng.choice((MissReason.OUR_FAILURE, MissReason.OUR_FAILURE, *MissReason))
    explain_miss(breach, reason=reason, explanation=file.words("explanations", reason.value), by=file.by)
