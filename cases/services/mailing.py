"""Letters and surveys a case owes: queued with their words, later marked as sent. Nothing goes out by itself."""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.choices import ContactMeans
from cases.confided import known_on
from cases.gates.closing import complainants, reopened_at
from cases.gates.schema import Closing, Told
from cases.models import Case, Mailing, Person, Report
from cases.services.locking import locked
from cases.services.reaching import is_safe
from landlords.permissions import Permission, Refused, check
from policies.schema import Policy
from policies.selectors import policy_of
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor
from timeline.registry import Registry
from timeline.services import record

MailingListener = Callable[[Mailing, Actor], None]
mailing_queued_listeners: Registry[MailingListener] = Registry("listener to queued mailings")
mailing_sent_otherwise_listeners: Registry[MailingListener] = Registry("listener to mailings sent otherwise")
"""Told before it is marked; one that raises Refused says why it cannot have gone another way."""


def queue_mailings(case: Case, rules: Closing, *, reason: str, done: str, by: Actor) -> list[Mailing]:
    """What closing owes each complainant whose name we know. Where nobody gave a name it is not possible.

    ``done`` is the action taken, where the policy wants it in the letter. Inside the caller's transaction.
    """
    policy = policy_of(case.policy)
    queued = []
    for person in complainants(case):
        for told in rules.queues:
            letter = told.kind == "closing_letter"
            body = _letter(policy, rules, reason=reason, done=done) if letter else []
            words = "\n\n".join([f"{_greeting(case, person)}\n\n{told.words}", *body])
            queued.append(_queue(case, person, told, words, by))
    return queued


@transaction.atomic
def mark_sent_otherwise(
    mailing: Mailing,
    *,
    how: str,
    sent_at: datetime.datetime,
    note: str,
    by: Actor,
    asked_this_way: bool = False,
) -> Mailing:
    """It went without us having made it here: on paper, by hand. ``note`` says what went. Refused without one, as
    ``mark_mailing_sent``, and where the letter that was made for it is on its way.
    """
    locked(mailing.case)
    check(by, Permission.RECORD_CONTACT)
    if not note.strip():
        raise Refused(_("Say what was sent, and how."))
    for listener in mailing_sent_otherwise_listeners.values():
        listener(mailing, by)
    return mark_mailing_sent(
        mailing, how=how, sent_at=sent_at, by=by, asked_this_way=asked_this_way, note=note
    )


@transaction.atomic
def mark_mailing_sent(
    mailing: Mailing,
    *,
    how: str,
    sent_at: datetime.datetime,
    by: Actor,
    asked_this_way: bool = False,
    note: str = "",
) -> Mailing:
    """It has gone. ``how`` is one of ContactMeans. It is marked once.

    Raises Refused when it is marked already, for a moment that cannot be, when the case was reopened before, and for
    a way that is not safe for the person, unless they asked for it (decision 18).
    """
    case = locked(mailing.case)
    check(by, Permission.RECORD_CONTACT)
    mailing = Mailing.objects.select_for_update(of=("self",)).select_related("person").get(pk=mailing.pk)
    known_on(case, [mailing])
    _check_can_have_been_sent(mailing, case, sent_at)
    if not asked_this_way and not is_safe(mailing.person, how):
        raise Refused(unsafe_words(mailing.person))
    mailing.sent_how = ContactMeans(how)
    mailing.sent_at = sent_at
    mailing.sent_by = by.name
    mailing.save(update_fields=["sent_how", "sent_at", "sent_by"])
    record(
        "mailing_sent",
        by=by,
        case_id=case.pk,
        subject=("mailing", mailing.pk),
        payload={"person_id": mailing.person_id, "kind": mailing.kind, "means": how},
        text=note.strip(),
        occurred_at=sent_at,
    )
    return mailing


def mailings_of(case: Case) -> list[Mailing]:
    """In the order they were queued; a page names one by its place in this list, from 1."""
    return known_on(case, case.mailings.select_related("person").order_by("pk"))


def unsafe_words(person: Person) -> str:
    told = _("Our safety rule: %(name)s is written to only in the way that is safe for them (%(safe)s).")
    return told % {"name": person.name, "safe": str(person.get_safe_contact_display()).lower()}


def overtaken(mailing: Mailing, taken_up: datetime.datetime | None) -> bool:
    """The case was reopened before it was sent: what it says is no longer true."""
    return taken_up is not None and mailing.sent_at is None and mailing.queued_at <= taken_up


def _check_can_have_been_sent(mailing: Mailing, case: Case, sent_at: datetime.datetime) -> None:
    if mailing.sent_at is not None:
        raise Refused(_("This is already marked as sent, by %(name)s.") % {"name": mailing.sent_by})
    if sent_at > clock.now():
        raise Refused(_("The date and time cannot be in the future."))
    if sent_at.astimezone(LONDON).date() < mailing.queued_at.astimezone(LONDON).date():
        raise Refused(_("It cannot have been sent before the case was closed."))
    taken_up = reopened_at(case)
    if taken_up is not None and overtaken(mailing, taken_up) and sent_at >= taken_up:
        raise Refused(_("The case was reopened before this was sent. What it says is no longer true."))


def _queue(case: Case, person: Person, told: Told, words: str, by: Actor) -> Mailing:
    mailing = Mailing.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        person=person,
        kind=told.kind,
        words=words,
        clause=told.clause or "",
        queued_at=clock.now(),
        queued_by=by.name,
    )
    record(
        "mailing_queued",
        by=by,
        case_id=case.pk,
        subject=("mailing", mailing.pk),
        payload={"person_id": person.pk, "kind": mailing.kind},
    )
    for listener in mailing_queued_listeners.values():
        listener(mailing, by)
    return mailing


def _greeting(case: Case, person: Person) -> str:
    """With the reference of the person's own report: that of the case stays with us."""
    told = Report.objects.filter(Q(complainant=person) | Q(reporter=person), incident__case=case)
    report = told.order_by("received_at", "pk").first()
    dear = _("Dear %(name)s,") % {"name": person.name}
    if report is None:
        return dear
    return f"{dear}\n{_('Your report %(reference)s') % {'reference': report.reference}}"


def _letter(policy: Policy, rules: Closing, *, reason: str, done: str) -> list[str]:
    """Why, what was done, how to report again, what the person can do next."""
    organisation = policy.core.organisation
    again = _(
        "If it happens again, or anything else happens, please tell us: telephone %(phone)s (%(hours)s) or e-mail "
        "%(email)s. If somebody is in danger, ring 999."
    ) % {"phone": organisation.phone, "hours": organisation.opening_hours, "email": organisation.email}
    return [
        _("Why we have closed it: %(reason)s") % {"reason": reason.strip()},
        *([_("What was done: %(done)s") % {"done": done.strip()}] if done.strip() else []),
        again,
        *(step.words for step in rules.next_steps),
        organisation.name,
    ]
