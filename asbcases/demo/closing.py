"""How cases end, what is sent then, and what brings one back."""

from functools import partial
from typing import Any

from asbcases.demo import caring, contacts
from asbcases.demo.file import File
from asbcases.demo.office import ONE_DAY
from cases.choices import ContactMeans, PartyRole, SafeContact
from cases.gates.schema import Closing, Ground
from cases.lifecycle import CaseState
from cases.models import Case, Mailing
from cases.services.closing import Ending, close_case, closing_rules, look_at_closing, reopen_case
from cases.services.mailing import mailings_of, mark_sent_otherwise
from timeline import clock

OCCASIONS = {
    "resolved": (12, ("resolved",)),
    "nothing_more": (4, ("nothing_more", "everything_done", "exhausted")),
    "at_request": (2, ("at_request",)),
    "not_ours": (1, ("not_ours",)),
}
"""How often each is the end of a case, and what the landlords call that ground."""
SENT_BY = {
    SafeContact.EMAIL: ContactMeans.EMAIL,
    SafeContact.TEXT: ContactMeans.TEXT,
    SafeContact.CALL: ContactMeans.OFFICE,
}
"""Everybody else has a letter."""


def close(file: File, case: Case) -> None:
    """Talk about closing, and close if nothing stands against it; else try again some days later."""
    contacts.answer_for_misses(file, case)
    caring.settle(file, case)
    for party in case.parties.filter(role=PartyRole.COMPLAINANT).order_by("id"):
        contacts.talk_about_closing(file, case, party.person_id)
    rules = closing_rules(case)
    occasion, ground = _ground(file, rules)
    ending = Ending(ground.key, file.words("closings", occasion), _answers(file, rules, ground))
    if look_at_closing(case, ending, by=file.by).unmet:
        file.in_days(4, 9, close)
        return
    close_case(case, ground=ending.ground, reason=ending.reason, details=ending.details, by=file.by)
    _put_down_what_follows(file)


def _put_down_what_follows(file: File) -> None:
    file.diary.put(file.office.at_work(file.days_on(0.2, 4), file.rng), partial(send, file))
    if file.has("reopened"):
        file.diary.put(file.office.at_work(file.days_on(12, 20), file.rng), partial(reopen, file))


def _ground(file: File, rules: Closing) -> tuple[str, Ground]:
    """Something that the landlord has a ground for; a case that is taken up again had seemed resolved."""
    possible = {
        occasion: (often, ground)
        for occasion, (often, keys) in OCCASIONS.items()
        for ground in rules.grounds
        if ground.key in keys
    }
    if file.has("reopened"):
        return "resolved", possible["resolved"][1]
    weights = [often for often, _ground in possible.values()]
    (occasion,) = file.rng.choices(list(possible), weights)
    return occasion, possible[occasion][1]


def _answers(file: File, rules: Closing, ground: Ground) -> dict[str, Any]:
    return {
        question.key: True if question.kind == "yes_no" else file.words("closing_answers", question.key)
        for question in rules.questions_of(ground)
    }


def send(file: File) -> None:
    """Send what closing owes, unless the case is open again."""
    assert file.case_id is not None
    case = Case.objects.get(pk=file.case_id)
    if case.status == CaseState.CLOSED:
        for mailing in mailings_of(case):
            _send(file, mailing)


def _send(file: File, mailing: Mailing) -> None:
    how = SENT_BY.get(SafeContact(mailing.person.safe_contact), ContactMeans.LETTER)
    note = "Written and sent by the office"
    mark_sent_otherwise(mailing, how=how, sent_at=clock.now(), note=note, by=file.by)


def reopen(file: File) -> None:
    """Taken up again, and this time it lasts until today."""
    assert file.case_id is not None
    case = reopen_case(Case.objects.get(pk=file.case_id), reason=file.words("reopened"), by=file.by)
    for party in case.parties.filter(role=PartyRole.COMPLAINANT).order_by("id"):
        file.later(clock.now() + ONE_DAY / 48, contacts.speak, party.person_id)
