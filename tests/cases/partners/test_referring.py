"""Referrals: consent, the ground without it, the promise they meet, and what came of them."""

import datetime
from typing import Any

import pytest
from django.db import transaction

from cases.gates.engine import GateRefused
from cases.models import Case, Deadline, Person, Referral
from cases.services.closing import close_case
from cases.services.partners import record_referral_outcome, refer_person
from landlords.models import Landlord
from landlords.permissions import Refused, Role
from tests.factories.policies import load
from tests.factories.world import MONDAY, NOON, Side, report
from timeline.actors import system
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope

DAY = datetime.timedelta(days=1)
BY = system("Tests")
AGENCY = "Our ASB worker at Victim Support"


def refer(here: Side, role: str = Role.OFFICER, **changes: Any) -> Referral:
    told = {
        "person_id": here.complainant.pk,
        "agency": AGENCY,
        "reason": "She cannot sleep",
        "consent": "yes",
        **changes,
    }
    return refer_person(here.case, **told, by=here.actor(role))


def newest() -> Event:
    return Event.objects.select_related("words").order_by("-id")[0]


def test_a_referral_is_on_the_timeline_and_its_reason_not_in_the_chain(here: Side) -> None:
    referral = refer(here)
    event = newest()
    assert (event.verb, event.payload, event.words.text, event.subject_id) == (
        "referral_made",
        {"agency": AGENCY, "person_id": here.complainant.pk},
        "She cannot sleep",
        referral.pk,
    )
    assert (referral.consent, referral.basis_without_consent, referral.recorded_by) == (
        "yes",
        "",
        "Officer Larkspur",
    )


def test_an_agency_outside_the_list_is_named_in_the_text_only(here: Side) -> None:
    refer(here, agency="Dr Grey, her psychiatrist")
    event = newest()
    assert event.payload["agency"] == "an agency outside the list"
    assert event.words.text == "Dr Grey, her psychiatrist: She cannot sleep"


@pytest.mark.parametrize("consent", ["no", "not_asked"])
@pytest.mark.parametrize("basis", ["", "crime_and_disorder", "legitimate_interests"])
def test_without_consent_it_is_refused_with_the_clause(here: Side, consent: str, basis: str) -> None:
    events = Event.objects.count()
    with pytest.raises(GateRefused) as refused:
        refer(here, consent=consent, basis_without_consent=basis)
    assert [(reason.clause, reason.clause_id) for reason in refused.value.unmet] == [("4.7", "VV-056")]
    assert (Referral.objects.count(), Event.objects.count()) == (0, events)


@pytest.mark.parametrize("consent", ["no", "not_asked"])
def test_to_protect_somebody_it_needs_no_consent_and_fewer_read_it(here: Side, consent: str) -> None:
    referral = refer(here, consent=consent, basis_without_consent="safeguarding")
    assert referral.basis_without_consent == "safeguarding"
    assert newest().verb == "safeguarding_referral"
    record_referral_outcome(referral, outcome="They visited", by=here.actor())
    assert newest().verb == "safeguarding_outcome"


def test_where_they_agreed_no_other_ground_is_kept(here: Side) -> None:
    assert refer(here, basis_without_consent="public_task").basis_without_consent == ""
    assert newest().verb == "referral_made"


def test_safeguarding_stays_on_a_referral_they_agreed_to(here: Side) -> None:
    assert refer(here, basis_without_consent="safeguarding").basis_without_consent == "safeguarding"
    assert newest().verb == "safeguarding_referral"


@pytest.mark.parametrize(
    ("changes", "role", "words"),
    [
        ({"reason": " "}, Role.OFFICER, "Say why they are referred"),
        ({"agency": ""}, Role.OFFICER, "Say which agency"),
        ({"person_id": 0}, Role.OFFICER, "Choose somebody who is part of this case"),
        ({"made_at": NOON + DAY}, Role.OFFICER, "cannot be in the future"),
        ({"made_at": NOON - 2 * DAY}, Role.OFFICER, "Say why it is entered late"),
        ({}, Role.ADVISER, "you cannot refer somebody or share information"),
        ({}, Role.AUDITOR, "you cannot refer somebody or share information"),
    ],
)
def test_a_refused_referral_leaves_no_trace(
    here: Side, changes: dict[str, Any], role: Role, words: str
) -> None:
    events = Event.objects.count()
    with pytest.raises(Refused, match=words):
        refer(here, role, **changes)
    assert (Referral.objects.count(), Event.objects.count()) == (0, events)


def test_everything_missing_is_told_at_once(here: Side) -> None:
    with pytest.raises(Refused) as refused:
        refer(here, reason="", agency="", consent="no")
    assert len(refused.value.reasons) == 3


def test_the_outcome_is_recorded_once_and_after_the_referral(here: Side) -> None:
    referral = refer(here)
    for changes, words in (
        ({"outcome": " "}, "Say what came of it"),
        ({"outcome": "x", "outcome_at": NOON - datetime.timedelta(hours=1)}, "cannot be before the referral"),
        ({"outcome": "x", "outcome_at": NOON + DAY}, "cannot be in the future"),
    ):
        with pytest.raises(Refused, match=words):
            record_referral_outcome(referral, **changes, by=here.actor())
    with clock_at(NOON + DAY):
        record_referral_outcome(referral, outcome="They rang her", by=here.actor())
    saved = Referral.objects.get()
    assert (saved.outcome, saved.outcome_at) == ("They rang her", NOON + DAY)
    event = newest()
    assert (event.verb, event.payload, event.words.text) == (
        "referral_outcome",
        {"agency": AGENCY, "person_id": here.complainant.pk},
        "They rang her",
    )
    with pytest.raises(Refused, match="already on the file"):
        record_referral_outcome(referral, outcome="Again", by=here.actor())
    assert Referral.objects.get().outcome == "They rang her"


def test_nothing_is_referred_on_a_closed_case(here: Side) -> None:
    close_case(here.case, ground="resolved", reason="It stopped", by=here.actor())
    with pytest.raises(Refused, match="This case is closed"):
        refer(here)
    assert Referral.objects.count() == 0


class TestPlacesForPeople:
    """5.2: domestic abuse is referred to the Tenancy Enforcement Mailbox, which is a promise; 6.8 asks for consent."""

    @pytest.fixture(autouse=True)
    def pfp(self, db: None) -> Any:
        with clock_at(MONDAY):
            load("places-for-people")
        landlord = Landlord.objects.get(key="places-for-people")
        with clock_at(NOON), transaction.atomic(), landlord_scope(landlord.pk):
            case = report(Side(landlord, "Marigold"), "domestic_abuse").case
            assert case is not None
            self.case = case
            yield

    @property
    def person(self) -> Person:
        return self.case.parties.get(role="complainant").person

    def duty(self) -> Deadline:
        return self.case.deadlines.get(kind="domestic_abuse_referral")

    def refer(self, agency: str, **changes: Any) -> Referral:
        told = {"reason": "5.2", "consent": "yes", **changes}
        return refer_person(self.case, person_id=self.person.pk, agency=agency, **told, by=BY)

    def test_the_mailbox_meets_the_promise_and_needs_no_consent(self) -> None:
        self.refer("Tenancy Enforcement Mailbox (ours)", consent="not_asked")
        assert (self.duty().state, self.duty().met_at) == ("met", NOON)

    @pytest.mark.parametrize("agency", ["A support agency", "Somebody else"])
    def test_another_agency_does_not(self, agency: str) -> None:
        self.refer(agency)
        assert self.duty().state == "running"

    def test_a_referral_before_the_report_does_not(self) -> None:
        self.refer("Tenancy Enforcement Mailbox (ours)", made_at=MONDAY - DAY, late_reason="On paper")
        assert self.duty().state == "running"

    @pytest.mark.parametrize(
        ("consent", "clause_ids"), [("not_asked", ["PFP-098"]), ("no", ["PFP-098"]), ("yes", [])]
    )
    def test_consent_is_sought_before_any_referral(self, consent: str, clause_ids: list[str]) -> None:
        found: list[str] = []
        try:
            self.refer("A support agency", consent=consent)
        except GateRefused as refused:
            found = [reason.clause_id for reason in refused.unmet]
        assert found == clause_ids
        assert Referral.objects.count() == (0 if clause_ids else 1)


def test_the_case_of_another_landlord_is_out_of_reach(here: Side, world: Any) -> None:
    with pytest.raises(Case.DoesNotExist):
        refer_person(
            world.there.case,
            person_id=world.there.complainant.pk,
            agency=AGENCY,
            reason="x",
            consent="yes",
            by=here.actor(),
        )
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        assert Referral.objects.count() == 0
