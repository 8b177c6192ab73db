"""Somebody comes onto a case that is already open: a witness, another complainant, another of the household."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cases import deadlines
from cases.addresses import address_words, same_home
from cases.choices import PartyRole
from cases.confided import known_on
from cases.models import Case, Party, Person
from cases.permissions import check_can
from cases.search import index_case
from cases.services.locking import locked
from cases.services.opening import governing_of
from cases.services.people import Told, add_party, person_from
from landlords.permissions import Permission, Refused
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

ADDABLE = (PartyRole.COMPLAINANT, PartyRole.WITNESS, PartyRole.RESPONDENT)
"""Reporters come with their report."""


@dataclass(frozen=True)
class NewParty:
    """Who is added, as what. ``same_household``: somebody says that this respondent lives with the others."""

    told: Told
    role: PartyRole
    same_household: bool = False


@transaction.atomic
def put_on_case(case: Case, new: NewParty, *, by: Actor) -> Party:
    """Add a person to an open case; the duties owed to a further complainant start now.

    Raises Refused for nobody, for a part they already have, for somebody on both sides of one case, and for a
    respondent of another household (decision 21).
    """
    case = locked(case)
    check_can(Permission.CHANGE_PEOPLE, case, by=by)
    parties = known_on(case, case.parties.select_related("person").order_by("id"))
    if reasons := _against(new, parties):
        raise Refused(*reasons)
    person = person_from(new.told, case.landlord_id)
    assert person is not None
    party = add_party(case, person, new.role)
    if new.role == PartyRole.COMPLAINANT:
        _start_duties(case, person, clock.now())
    index_case(case)
    payload = {"person_id": person.pk, "role": new.role.value}
    record("person_added", by=by, case_id=case.pk, subject=("party", party.pk), payload=payload)
    return party


def _start_duties(case: Case, person: Person, at: datetime.datetime) -> None:
    """Nobody else's report tells them anything: whoever has not reported on this case is owed first contact too."""
    governing = governing_of(case)
    deadlines.start_for_complainant(case, person, governing, started_at=at)
    deadlines.start_missing(governing.for_newcomer(), case, person, governing, at=at)


def _against(new: NewParty, parties: list[Party]) -> list[str]:
    if not new.told.is_somebody:
        return [_("Say who it is.")]
    if new.role not in ADDABLE:
        return [_("A reporter comes onto a case with a report. Log the report.")]
    roles = {party.role for party in parties if new.told.person_id == party.person_id}
    if new.told.person_id and not roles:
        return [_("Choose somebody who is part of this case, or enter a new person.")]
    if new.role in roles:
        return [_("They already have this part in the case.")]
    if (new.role == PartyRole.RESPONDENT and PartyRole.COMPLAINANT in roles) or (
        new.role == PartyRole.COMPLAINANT and PartyRole.RESPONDENT in roles
    ):
        return [
            _(
                "Nobody is on both sides of one case. Log the counter-allegation as a report: it is a case of its own."
            )
        ]
    return _another_household(new, parties) if new.role == PartyRole.RESPONDENT else []


def _another_household(new: NewParty, parties: list[Party]) -> list[str]:
    known = [party.person for party in parties if party.role == PartyRole.RESPONDENT]
    if not known:
        return []
    address = address_words(_address(new.told, parties))
    homes = [address_words(person.address) for person in known if person.address]
    elsewhere = bool(address and homes) and not any(same_home(address, home) for home in homes)
    if new.same_household and not elsewhere:
        return []
    return [
        _(
            "A case is about one household. Somebody who lives elsewhere gets a case of their own: log a report, "
            "and link the two."
        )
    ]


def _address(told: Told, parties: list[Party]) -> str:
    return next((one.person.address for one in parties if one.person_id == told.person_id), told.address)
