"""Who comes onto an open case, as what, and what that starts (decision 21)."""

import pytest

from cases.choices import PartyRole
from cases.models import Case, Deadline, Party, Person
from cases.search import found_ids
from cases.services.parties import NewParty, put_on_case
from cases.services.people import Told
from landlords.permissions import Refused, Role
from tests.factories.world import NOON, Side
from timeline.models import Event

BETH = Told(name="Beth Ashdown", phone="07700 900456")
C, W, R = PartyRole.COMPLAINANT, PartyRole.WITNESS, PartyRole.RESPONDENT


def respondent(here: Side) -> Person:
    return here.case.parties.get(role=R).person


def state() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, Party, Deadline, Event))


def test_another_complainant_is_owed_what_a_complainant_is_from_now(here: Side) -> None:
    first = set(here.case.deadlines.values_list("kind", flat=True))
    party = put_on_case(here.case, NewParty(BETH, C), by=here.actor())
    owed = Deadline.objects.filter(person=party.person).order_by("kind")
    assert {one.kind for one in owed} == first
    assert {one.start_at for one in owed} == {NOON}
    assert found_ids("ashdown") == [here.case.pk]


def test_a_witness_is_owed_nothing_and_only_the_part_goes_into_the_chain(here: Side) -> None:
    party = put_on_case(here.case, NewParty(BETH, W), by=here.actor())
    assert Deadline.objects.filter(person=party.person).count() == 0
    event = Event.objects.filter(case_id=here.case.pk).order_by("-id")[0]
    assert (event.verb, event.payload) == ("person_added", {"person_id": party.person_id, "role": "witness"})


def test_a_witness_can_become_a_complainant(here: Side) -> None:
    witness = put_on_case(here.case, NewParty(BETH, W), by=here.actor())
    put_on_case(here.case, NewParty(Told(person_id=witness.person_id), C), by=here.actor())
    roles = here.case.parties.filter(person=witness.person).order_by("id").values_list("role", flat=True)
    assert list(roles) == ["witness", "complainant"]
    assert Person.objects.filter(name="Beth Ashdown").count() == 1


@pytest.mark.parametrize("address", ["", "18 Larkspur Court, Harrowmere"])
def test_another_of_the_household_is_complained_about_too(here: Side, address: str) -> None:
    put_on_case(
        here.case, NewParty(Told(name="Dora", address=address), R, same_household=True), by=here.actor()
    )
    names = here.case.parties.filter(role=R).order_by("id").values_list("person__name", flat=True)
    assert list(names) == ["Dale Larkspur", "Dora"]


def test_the_first_respondent_needs_no_household(here: Side) -> None:
    here.case.parties.filter(role=R).delete()
    put_on_case(here.case, NewParty(BETH, R), by=here.actor())
    assert here.case.parties.get(role=R).person.name == "Beth Ashdown"


HOUSEHOLD = "A case is about one household"
SIDES = "Nobody is on both sides of one case"


@pytest.mark.parametrize(
    ("told", "role", "same", "words"),
    [
        (Told(name="Dora"), R, False, HOUSEHOLD),
        (Told(name="Dora", address="20 Larkspur Court"), R, True, HOUSEHOLD),
        (Told(), W, False, "Say who it is"),
        (Told(name="Dora"), PartyRole.REPORTER, False, "A reporter comes onto a case with a report"),
        (Told(person_id=0), W, False, "Say who it is"),
        (Told(person_id=-1), W, False, "Choose somebody who is part of this case"),
    ],
)
def test_what_cannot_be_added_leaves_no_trace(
    here: Side, told: Told, role: PartyRole, same: bool, words: str
) -> None:
    before = state()
    with pytest.raises(Refused, match=words):
        put_on_case(here.case, NewParty(told, role, same), by=here.actor())
    assert state() == before


def test_nobody_is_on_both_sides_of_one_case_or_twice_on_one(here: Side) -> None:
    before = state()
    for person, role, words in (
        (here.complainant, R, SIDES),
        (respondent(here), C, SIDES),
        (here.complainant, C, "They already have this part"),
    ):
        with pytest.raises(Refused, match=words):
            put_on_case(here.case, NewParty(Told(person_id=person.pk), role, True), by=here.actor())
    assert state() == before


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_those_who_may_not_add_nobody(here: Side, role: Role) -> None:
    before = state()
    with pytest.raises(Refused, match="you cannot change what is known about a person"):
        put_on_case(Case.objects.get(pk=here.case.pk), NewParty(BETH, W), by=here.actor(role))
    assert state() == before
