"""Telling partners: permission asked, answer and lawful basis recorded, in each landlord's own terms (Ruling 6)."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from cases.choices import PartyRole
from cases.deadlines import Owed, start
from cases.gates.engine import GateRefused
from cases.models import Case, Sharing
from cases.schema import DeadlineRule
from cases.services.parties import NewParty, put_on_case
from cases.services.partners import look_at_sharing, share_information
from cases.services.people import Told
from landlords.models import Landlord
from landlords.permissions import Refused, Role
from landlords.services import add_member
from policies.selectors import policy_of
from tests.factories.policies import load
from tests.factories.world import MONDAY, NOON, Side, World, report
from timeline.actors import Actor, system
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope

DAY = datetime.timedelta(days=1)
PURPOSE = "Preventing anti-social behaviour, crime and disorder"
POLICE = "Police"


def told(case: Case, **changes: Any) -> dict[str, Any]:
    return {
        "person_id": case.parties.filter(role="complainant").order_by("id")[0].person_id,
        "agency": POLICE,
        "what": "What happened on Sunday",
        "permission": "yes",
        "basis": "consent",
        "person_told": True,
        **changes,
    }


def share(here: Side, role: str = Role.OFFICER, **changes: Any) -> Sharing:
    words = told(here.case, **{"purpose": PURPOSE, **changes})
    return share_information(here.case, **words, by=here.actor(role))


def newest() -> Event:
    return Event.objects.select_related("words").order_by("-id")[0]


def test_what_was_shared_is_on_record_and_its_words_not_in_the_chain(here: Side) -> None:
    sharing = share(here)
    assert (sharing.permission, sharing.basis, sharing.purpose, sharing.person_told, sharing.approved_by) == (
        "yes",
        "consent",
        PURPOSE,
        True,
        "",
    )
    event = newest()
    assert (event.verb, event.payload, event.words.text) == (
        "information_shared",
        {"agency": POLICE, "person_id": here.complainant.pk},
        "What happened on Sunday",
    )


def test_to_protect_somebody_fewer_read_it(here: Side) -> None:
    share(
        here,
        permission="not_asked",
        basis="safeguarding",
        person_told=False,
        why_not_told="He reads her post",
    )
    assert newest().verb == "safeguarding_shared"


def test_it_may_be_about_nobody_in_particular(here: Side) -> None:
    sharing = share(
        here, person_id=None, permission="not_asked", basis="crime_and_disorder", person_told=False
    )
    assert (sharing.person_id, newest().payload["person_id"]) == (None, None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"what": ""}, "Say what was told, and why"),
        ({"agency": " "}, "Say which agency"),
        ({"person_id": 0}, "Choose somebody who is part of this case"),
        ({"permission": "no"}, "They did not agree, so it cannot be shared because they agreed"),
        ({"person_told": False}, "Say why they were not told"),
        ({"shared_at": NOON + DAY}, "cannot be in the future"),
        ({"shared_at": NOON - 2 * DAY}, "Say why it is entered late"),
        ({"purpose": ""}, r"only for one of the purposes of the policy\. Choose it\. \(4\.7\)"),
    ],
)
def test_what_is_missing_refuses_and_leaves_no_trace(here: Side, changes: dict[str, Any], words: str) -> None:
    events = Event.objects.count()
    with pytest.raises(Refused, match=words):
        share(here, **changes)
    assert (Sharing.objects.count(), Event.objects.count()) == (0, events)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_those_who_may_not_share_nothing(here: Side, role: Role) -> None:
    events = Event.objects.count()
    with pytest.raises(Refused, match="you cannot refer somebody or share information"):
        share(here, role)
    assert (Sharing.objects.count(), Event.objects.count()) == (0, events)


VIVID = {
    "crime_and_disorder": [],
    "safeguarding": [],
    "legal_obligation": [],
    "public_task": ["VV-056"],
    "legitimate_interests": ["VV-056"],
}
DERBY_NOT_ASKED = {
    "crime_and_disorder": ["DH-103"],
    "safeguarding": [],
    "legal_obligation": ["DH-103"],
    "public_task": ["DH-103"],
    "legitimate_interests": ["DH-103"],
}
PLUS_DANE = {
    "crime_and_disorder": [],
    "safeguarding": [],
    "legal_obligation": [],
    "public_task": ["PD-107"],
    "legitimate_interests": ["PD-107"],
}
BELIEVE = {key: ["BH-037"] if ids else [] for key, ids in PLUS_DANE.items()}
PFP_NOT_ASKED = {key: ["PFP-126"] if ids else [] for key, ids in PLUS_DANE.items()}
NOTHING: dict[str, list[str]] = {key: [] for key in PLUS_DANE}

REFUSES: list[tuple[str, str, dict[str, list[str]]]] = [
    ("vivid", "no", VIVID),
    ("derby-homes", "not_asked", DERBY_NOT_ASKED),
    ("derby-homes", "no", NOTHING),
    ("plus-dane", "no", PLUS_DANE),
    ("believe", "no", BELIEVE),
    ("places-for-people", "not_asked", PFP_NOT_ASKED),
    ("places-for-people", "no", NOTHING),
]


@pytest.fixture
def landlord(request: pytest.FixtureRequest, db: None) -> Iterator[Side]:
    """A landlord with one noise case, its officer and its manager."""
    with clock_at(MONDAY):
        load(request.param)
        side = Side(Landlord.objects.get(key=request.param), "Larkspur")
    with clock_at(NOON), transaction.atomic(), landlord_scope(side.landlord.pk):
        for role in (Role.OFFICER, Role.MANAGER):
            email = f"{role}@{request.param}.example"
            side.members[role] = add_member(email=email, name=f"The {role}", role=role, by=system("Tests"))
        case = report(side, "noise").case
        assert case is not None
        side.case = case
        yield side


def refused_by(side: Side, by: Actor, **changes: Any) -> list[str]:
    """The clauses that refuse it; nothing where it is recorded."""
    before = Sharing.objects.count()
    try:
        share_information(side.case, **told(side.case, purpose=PURPOSE, **changes), by=by)
    except GateRefused as refused:
        assert Sharing.objects.count() == before
        return [reason.clause_id for reason in refused.unmet]
    assert Sharing.objects.count() == before + 1
    return []


@pytest.mark.parametrize(("landlord", "permission", "expected"), REFUSES, indirect=["landlord"])
def test_which_bases_stand_without_permission(
    landlord: Side, permission: str, expected: dict[str, list[str]]
) -> None:
    by = landlord.actor()
    found = {basis: refused_by(landlord, by, permission=permission, basis=basis) for basis in expected}
    assert found == expected


@pytest.mark.parametrize("landlord", ["derby-homes"], indirect=True)
def test_derby_records_the_basis_and_reminds_of_a_manager(landlord: Side) -> None:
    """3.5 shares at medium and high risk, 16.0 asks for permission: a manager weighing the two is our reading."""
    words = told(landlord.case, permission="no", basis="crime_and_disorder")
    by_officer = share_information(landlord.case, **words, by=landlord.actor())
    by_manager = share_information(landlord.case, **words, by=landlord.actor(Role.MANAGER))
    assert (by_officer.approved_by, by_manager.approved_by) == ("", "The manager")
    reminders = look_at_sharing(by_officer, by=landlord.actor()).reminders
    assert [one.clause_id for one in reminders] == ["DH-017"]
    assert look_at_sharing(by_manager, by=landlord.actor(Role.MANAGER)).reminders == []


@pytest.mark.parametrize("landlord", ["northmoor"], indirect=True)
def test_where_the_policy_says_so_only_its_managers_share_without_agreement(landlord: Side) -> None:
    words = told(landlord.case, permission="no", basis="legal_obligation", agency="Police Scotland")
    manager = landlord.members[Role.MANAGER]
    for by in (landlord.actor(), manager.actor()):
        with pytest.raises(
            GateRefused, match="the Housing Manager or the Community Safety Lead has to record it"
        ):
            share_information(landlord.case, **words, by=by)
    assert Sharing.objects.count() == 0
    manager.positions = ["housing_manager"]
    assert share_information(landlord.case, **words, by=manager.actor()).approved_by == "The manager"


def test_a_duty_to_share_is_met_for_the_person_it_is_about(here: Side) -> None:
    other = put_on_case(here.case, NewParty(Told(name="Beth"), PartyRole.COMPLAINANT), by=here.actor()).person
    rule = DeadlineRule(
        kind="partner_share", label="Share", due="no_time_stated", met_by="information_shared", clause="3.5"
    )
    policy = policy_of(here.case.policy)
    for person in (here.complainant, other):
        owed = Owed(here.landlord.pk, here.case.team_id, case=here.case, person=person)
        start(rule, owed, policy=policy, started_at=NOON)
    share(here)
    states = here.case.deadlines.filter(kind="partner_share").order_by("id").values_list("state", flat=True)
    assert list(states) == ["met", "running"]


def test_another_landlord_is_out_of_reach(here: Side, world: World) -> None:
    with pytest.raises(Case.DoesNotExist):
        share_information(world.there.case, **told(here.case), by=here.actor())
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        assert Sharing.objects.count() == 0
