"""Everybody on a case as its people page shows them."""

from typing import Any

from django.utils.translation import gettext as _

from cases.choices import PartyRole, SafeContact
from cases.confided import known_on
from cases.models import Party, Person, Request, StaffRisk
from cases.pages.duties import moment_words
from cases.pages.summary import ORDER, kind_words, role_words
from cases.selectors.file import CaseFile
from cases.selectors.staff_risk import TakeCare, withdrawn_marks
from cases.services.reaching import needs_of
from cases.services.telling import not_kept
from policies.wording import short_date
from policies.working_time import LONDON
from timeline import clock

Row = dict[str, Any]


def people_rows(file: CaseFile) -> list[Row]:
    """Everybody once, with every part they play; complainants first."""
    by_person: dict[int, list[Party]] = {}
    for party in file.parties:
        by_person.setdefault(party.person_id, []).append(party)
    ordered = sorted(by_person.values(), key=lambda parties: ORDER.index(PartyRole(parties[0].role)))
    withdrawn = withdrawn_marks(file.case)
    return [_row(parties, file, withdrawn) for parties in ordered]


def _row(parties: list[Party], file: CaseFile, withdrawn: dict[int, list[StaffRisk]]) -> Row:
    person = parties[0].person
    roles = {party.role for party in parties}
    return {
        "person": person,
        "roles": ", ".join(role_words(party, file) for party in parties),
        "kind": kind_words(parties[0]),
        "careful": person.safe_contact != SafeContact.ANY,
        "safe_words": str(person.get_safe_contact_display()),
        "needs": needs_of(person),
        "told": told_of(person, file),
        "take_care": [
            {"mark": mark, "may_look": may_look_again(file, mark)}
            for mark in file.take_care
            if mark.person_id == person.pk
        ],
        "withdrawn": withdrawn.get(person.pk, []),
        "ask_safe": _asks_for_safe_contact(file, roles, person.safe_contact, person.safe_contact_note),
        "ask_representative": person.under_18 and not person.representative,
        "every_days": next((one.contact_every_days for one in parties if one.contact_every_days), None),
    }


def _asks_for_safe_contact(file: CaseFile, roles: set[str], safe: str, note: str) -> bool:
    """On domestic abuse nobody should be reached before they have said how; nothing said is not "any way is safe"."""
    return bool(
        file.case.domestic_abuse and roles - {PartyRole.RESPONDENT} and safe == SafeContact.ANY and not note
    )


def may_look_again(file: CaseFile, mark: TakeCare) -> bool:
    """A mark on somebody alike is looked at on a case of theirs. What is written on a restricted case is told nowhere
    else, so what came from elsewhere is looked at there.
    """
    return not mark.alike and bool(mark.recorded_by or not file.case.restricted)


def told_of(person: Person, file: CaseFile) -> list[str]:
    """What reports tell makes it harder for them, and nobody has kept with them yet."""
    told = [report.vulnerability for report in file.reports if report.owed_to == person.pk]
    return not_kept(told, person.vulnerability)


def count_anonymous(file: CaseFile) -> int:
    return sum(report.anonymous for report in file.reports)


def requests_of(file: CaseFile) -> list[Request]:
    """In the order they were recorded: an address says which one by its place, from 1."""
    return known_on(file.case, file.case.requests.select_related("person").order_by("id"))


def request_rows(file: CaseFile) -> list[Row]:
    """Newest first."""
    rows = [
        {"request": request, "number": number, "name": request.person.name, **_standing(request)}
        for number, request in enumerate(requests_of(file), start=1)
    ]
    return rows[::-1]


def _standing(request: Request) -> Row:
    if request.answered_at is not None:
        return {
            "state": "met",
            "state_text": _("Answered, %(day)s") % {"day": moment_words(request.answered_at)},
        }
    if request.answer_by is None:
        return {"state": "reminder", "state_text": _("No answer yet")}
    words = {"day": short_date(request.answer_by)}
    if request.answer_by < clock.now().astimezone(LONDON).date():
        return {"state": "reminder", "state_text": _("No answer by %(day)s") % words}
    return {"state": "reminder", "state_text": _("To answer by %(day)s") % words}
