"""What is changed about a person on a restricted case stays with that case."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from cases.choices import PartyRole
from cases.confided import known_in_list, known_on
from cases.models import Case, Confided, Party, Person
from cases.search import found_ids
from cases.selectors.listing import Wanted, list_cases
from cases.selectors.matches import possible_matches
from cases.selectors.people import conflicts_of
from cases.services.opening import give_access
from cases.services.parties import NewParty, put_on_case
from cases.services.people import PersonDetails, Told, change_person, details_of
from cases.services.rearranging import merge_cases
from cases.services.splitting import split_case
from cases.services.undoing import undo
from cases.services.working import IncidentDetails, add_incident
from landlords.permissions import Refused, Role
from tests.cases.linking.world import told
from tests.cases.pages import send, words
from tests.factories.world import NOON, Side, World
from timeline.models import Event
from timeline.scope import landlord_scope
from triage.staff.selectors import find_people

REFUGE = "2 Refuge Lane, ZZ1 1ZZ"
SECRETS = (REFUGE, "07700 900999", "Left him in March", "Her own doctor only", "Aunt Beth", "Aminata Sow")


@pytest.fixture
def secret(here: Side) -> Case:
    """A restricted case of the same complainant, on which the specialist is named."""
    case = told(here, "domestic_abuse", known=here.complainant, about="Dale")
    give_access(case, here.members[Role.SPECIALIST].pk)
    return case


def confide(here: Side, case: Case, **changes: Any) -> Person:
    known = here_on(case, here.complainant.pk)
    return change_person(case, here.complainant.pk, replace(known, **changes), by=here.actor(Role.MANAGER))


def here_on(case: Case, person_id: int) -> PersonDetails:
    party = known_on(case, case.parties.filter(person=person_id).select_related("person"))[0]
    return details_of(party.person)


def everything_secret(here: Side, case: Case) -> Person:
    address, phone, vulnerability, needs, speaks, name = SECRETS
    return confide(
        here,
        case,
        name=name,
        address=address,
        phone=phone,
        vulnerability=vulnerability,
        needs=needs,
        representative=speaks,
        email="amina@refuge.example",
        kind="tenant",
        under_18=True,
        confidential=True,
    )


def test_only_the_restricted_case_shows_it(here: Side, secret: Case) -> None:
    before = details_of(Person.objects.get(pk=here.complainant.pk))
    everything_secret(here, secret)
    assert details_of(Person.objects.get(pk=here.complainant.pk)) == before
    assert here_on(here.case, here.complainant.pk) == before
    shown = here_on(secret, here.complainant.pk)
    assert (shown.address, shown.phone, shown.vulnerability) == SECRETS[:3]
    assert (shown.needs, shown.representative, shown.name) == SECRETS[3:]
    assert (shown.email, shown.under_18, shown.confidential) == ("amina@refuge.example", True, True)


def test_how_to_reach_them_safely_goes_to_all_their_cases(here: Side, secret: Case) -> None:
    shared = {
        "safe_contact": "text",
        "safe_contact_note": "After noon only",
        "language": "Polish",
        "formats": ("large_print",),
        "adjustments": "Ring twice",
    }
    confide(here, secret, address=REFUGE, **shared)
    person = Person.objects.get(pk=here.complainant.pk)
    assert {name: getattr(person, name) for name in shared} == {**shared, "formats": ["large_print"]}
    assert person.address == ""
    assert Confided.objects.get().known == {"address": REFUGE}


def test_the_shared_alone_confides_nothing(here: Side, secret: Case) -> None:
    confide(here, secret, safe_contact="text")
    assert Confided.objects.count() == 0
    assert here_on(here.case, here.complainant.pk).safe_contact == "text"


def test_a_later_change_adds_to_the_one_row_and_tells_what_the_case_knew(here: Side, secret: Case) -> None:
    confide(here, secret, address=REFUGE)
    confide(here, secret, address="3 Other Lane", phone="")
    assert Confided.objects.get().known == {"address": "3 Other Lane", "phone": ""}
    event = Event.objects.filter(case_id=secret.pk).select_related("words").order_by("-id")[0]
    assert event.payload == {"person_id": here.complainant.pk, "changed": ["phone", "address"]}
    assert event.words.text.splitlines() == [
        "Telephone: 07700 900123 → nothing",
        f"Address: {REFUGE} → 3 Other Lane",
    ]


def test_a_change_on_the_ordinary_case_leaves_what_is_confided(here: Side, secret: Case) -> None:
    confide(here, secret, address=REFUGE)
    known = here_on(here.case, here.complainant.pk)
    changes = replace(known, address="16 Larkspur Court", email="new@example.org")
    change_person(here.case, here.complainant.pk, changes, by=here.actor())
    shown = here_on(secret, here.complainant.pk)
    assert (shown.address, shown.email) == (REFUGE, "new@example.org")
    assert found_ids("refuge") == [secret.pk]


def test_only_the_restricted_case_is_found_by_it(here: Side, secret: Case) -> None:
    assert set(found_ids("amina 07700900123")) == {secret.pk, here.restricted_case.pk, here.case.pk}
    everything_secret(here, secret)
    for sought in ("refuge", "07700900999", "aminata", "amina@refuge.example"):
        assert found_ids(sought) == [secret.pk], sought
    assert secret.pk not in found_ids("07700900123")
    assert here.case.pk in found_ids("07700900123")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADVISER, Role.MANAGER])
@pytest.mark.parametrize("sought", ["refuge lane", "07700 900999", "aminata"])
def test_the_people_search_neither_matches_nor_returns_it(
    here: Side, secret: Case, role: Role, sought: str
) -> None:
    everything_secret(here, secret)
    assert find_people(sought, by=here.actor(role)) == []


def test_whoever_may_see_the_case_finds_the_person_as_the_others_know_them(here: Side, secret: Case) -> None:
    everything_secret(here, secret)
    found = [
        one for one in find_people("amina", by=here.actor(Role.MANAGER)) if one.pk == here.complainant.pk
    ]
    assert [(one.name, one.phone, one.address) for one in found] == [("Amina Larkspur", "07700 900123", "")]
    officer = find_people("amina", by=here.actor())
    assert [one.pk for one in officer if one.pk == here.complainant.pk] == []


def test_somebody_new_on_a_restricted_case_is_offered_to_nobody_who_may_not_see_it(
    here: Side, secret: Case
) -> None:
    beth = NewParty(Told(name="Beth Ashdown", phone="07700 900456"), PartyRole.WITNESS)
    party = put_on_case(secret, beth, by=here.actor(Role.MANAGER))
    assert find_people("ashdown", by=here.actor()) == []
    assert find_people("ashdown", by=here.actor(Role.MANAGER)) == [party.person]


def test_nobody_learns_by_a_match_where_somebody_complained_about_lives_now(here: Side, secret: Case) -> None:
    dale = secret.parties.get(role=PartyRole.RESPONDENT).person
    changes = replace(details_of(dale), name="Dorian Vale", address="9 Hidden Road, Harrowmere")
    change_person(secret, dale.pk, changes, by=here.actor(Role.MANAGER))
    for role in (Role.OFFICER, Role.SPECIALIST, Role.ADVISER):
        found = possible_matches(
            respondent_name="Dorian Vale",
            respondent_address="9 Hidden Road, Harrowmere",
            place="",
            by=here.actor(role),
        )
        assert found == [], role


def test_nobody_learns_by_a_conflict_where_somebody_lives_now(here: Side, secret: Case) -> None:
    confide(here, secret, address=REFUGE)
    other = told(here, "noise", who="Beth", about="Amina")
    respondents = other.parties.filter(role=PartyRole.RESPONDENT).values("person")
    Person.objects.filter(pk__in=respondents).update(address=REFUGE)
    parties = other.parties.select_related("person").order_by("pk")
    for role in (Role.OFFICER, Role.SPECIALIST, Role.ADVISER, Role.MANAGER):
        assert conflicts_of(other, parties, by=here.actor(role)) == [], role


def test_the_list_names_each_person_as_the_case_knows_them(here: Side, secret: Case) -> None:
    confide(here, secret, name="Aminata Sow")
    listed = list_cases(Wanted(), by=here.actor(Role.MANAGER)).rows
    names = {one.case.pk: one.complainants for one in listed}
    assert names[secret.pk] == ["Aminata Sow"]
    assert names[here.case.pk] == ["Amina Larkspur"]


def test_rows_of_several_cases_are_each_told_as_their_case_knows(here: Side, secret: Case) -> None:
    confide(here, secret, name="Aminata Sow")
    parties = Party.objects.filter(person=here.complainant).select_related("case", "person").order_by("pk")
    told = {row.case_id: row.person.name for row in known_in_list(parties)}
    assert told == {here.case.pk: "Amina Larkspur", secret.pk: "Aminata Sow"}


def test_what_was_written_before_the_restriction_stays_where_it_was(here: Side, secret: Case) -> None:
    other = told(here, "noise", known=here.complainant)
    known = here_on(here.case, here.complainant.pk)
    change_person(here.case, here.complainant.pk, replace(known, phone="07700 900777"), by=here.actor())
    add_incident(here.case, IncidentDetails("He broke her arm", ["domestic_abuse"]), by=here.actor())
    here.case.refresh_from_db()
    change_person(here.case, here.complainant.pk, replace(known, phone="07700 900888"), by=here.actor())
    assert here_on(here.case, here.complainant.pk).phone == "07700 900888"
    assert here_on(other, here.complainant.pk).phone == "07700 900777"


def test_a_merge_brings_it_along_and_undoing_takes_it_away(here: Side, secret: Case) -> None:
    manager = here.actor(Role.MANAGER)
    second = told(here, "domestic_abuse", known=here.complainant, about="Dale")
    confide(here, second, address=REFUGE)
    merged = merge_cases(second, secret, reason="One matter", by=manager)
    assert here_on(Case.objects.get(pk=secret.pk), here.complainant.pk).address == REFUGE
    assert set(found_ids("refuge")) == {secret.pk, second.pk}
    undo(merged, reason="A mistake", by=manager)
    assert here_on(Case.objects.get(pk=secret.pk), here.complainant.pk).address == ""
    assert found_ids("refuge") == [second.pk]


def test_a_split_takes_a_copy_along(here: Side, secret: Case) -> None:
    manager = here.actor(Role.MANAGER)
    told(here, "domestic_abuse", known=here.complainant, about="Dale", join=secret, by=manager)
    confide(here, secret, address=REFUGE)
    newest = secret.incidents.order_by("-pk")[0]
    new = split_case(secret, incident_ids=[newest.pk], reason="Another matter", by=manager)
    confide(here, new, address="3 Other Lane")
    assert here_on(new, here.complainant.pk).address == "3 Other Lane"
    assert here_on(secret, here.complainant.pk).address == REFUGE


def test_a_refused_change_confides_nothing(here: Side, secret: Case) -> None:
    before, events = details_of(here.complainant), Event.objects.count()
    for role in (Role.ADVISER, Role.AUDITOR):
        with pytest.raises(Refused, match="you cannot change what is known about a person"):
            change_person(secret, here.complainant.pk, replace(before, address=REFUGE), by=here.actor(role))
    assert (Confided.objects.count(), Event.objects.count()) == (0, events)


def test_the_pages_of_both_cases(here: Side, secret: Case, client: Client) -> None:
    everything_secret(here, secret)
    here.sign_in(client, Role.MANAGER)
    for name in ("case", "people", "record-contact", "refer-person", "share-information", "close-case"):
        ordinary = words(client.get(reverse(name, args=[here.case.reference])))
        assert [one for one in SECRETS if one in ordinary] == [], name
        assert "Aminata Sow" in words(client.get(reverse(name, args=[secret.reference]))), name
    people = words(client.get(reverse("people", args=[secret.reference])))
    assert [one for one in SECRETS if one not in people] == []


def test_the_form_says_what_stays_and_what_is_shown_elsewhere(
    here: Side, secret: Case, client: Client
) -> None:
    here.sign_in(client, Role.MANAGER)
    url = reverse("change-person", args=[secret.reference, here.complainant.key])
    page = words(client.get(url))
    stays = "This case is restricted. What you change here stays with it"
    beside = "what never to do. Shown on their other cases too: say how, never why"
    assert (stays in page, beside in page, page.count("say how, never why")) == (True, True, 2)
    ordinary = words(client.get(reverse("change-person", args=[here.case.reference, here.complainant.key])))
    assert (stays in ordinary, "say how, never why" in ordinary) == (False, False)
    typed = {"name": "Amina Larkspur", "phone": "07700 900123", "safe_contact": "any"}
    send(client, url, **typed, address=REFUGE)
    assert Confided.objects.get().known == {"email": "", "address": REFUGE}


def test_the_page_that_restricts_says_what_becomes_of_what_is_known(
    here: Side, secret: Case, client: Client
) -> None:
    here.sign_in(client, Role.MANAGER)
    sentence = (
        "What is changed about people from then on stays with it; what was written before stays where it was."
    )
    assert sentence in words(client.get(reverse("add-incident", args=[here.case.reference])))
    assert sentence not in words(client.get(reverse("add-incident", args=[secret.reference])))


def point_at(case: Case, person: Person, side: Side) -> None:
    whose = {"landlord": side.landlord, "case": case, "person": person}
    Confided.objects.create(**whose, known={"phone": "1"}, changed_at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_another_landlord_sees_none_of_it_and_cannot_point_at_it(
    here: Side, secret: Case, world: World
) -> None:
    confide(here, secret, address=REFUGE)
    with landlord_scope(world.there.landlord.pk):
        assert Confided.objects.count() == 0
        assert found_ids("refuge") == []
        assert Confided.objects.filter(pk__gt=0).update(known={}) == 0
        with pytest.raises(IntegrityError), transaction.atomic():
            point_at(secret, here.complainant, world.there)
    assert Confided.objects.get().known == {"address": REFUGE}
