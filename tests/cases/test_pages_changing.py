"""Changing a case from the page: level, officer, misses, end; refusals tell everything and keep what was typed."""

import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Breach, Case, Deadline
from cases.services.closing import close_case
from cases.services.working import ContactDetails, add_note, record_contact
from cases.sweep import sweep_landlord
from landlords.permissions import Role
from tests.cases.pages import address, errors, send, version, words
from tests.factories.world import MONDAY, NOON, Side, report
from timeline.clock import clock_at
from timeline.models import Event

THURSDAY = MONDAY + datetime.timedelta(days=3)


def case(here: Side) -> Case:
    return Case.objects.select_related("team", "owner__user").get(pk=here.case.pk)


def deadline(here: Side, kind: str) -> Deadline:
    return here.case.deadlines.get(kind=kind, replaced_by__isnull=True)


def test_the_level_page_says_what_will_happen_to_the_clocks(here: Side, client: Client) -> None:
    page = words(here.sign_in(client).get(address("recategorise", here)))
    assert "It is Category B now. These are the levels of policy version 1" in page
    assert (
        "Category A Higher. First contact is owed to every complainant again, starting now: by the end of the"
        " same working day; never later than one still owed."
    ) in page
    assert "The case moves to the Tenancy Enforcement team, and nobody has it until it is given." in page
    assert 'value="b"' not in client.get(address("recategorise", here)).content.decode()


def test_the_level_is_changed_with_a_reason(here: Side, client: Client) -> None:
    response = send(here.sign_in(client), address("recategorise", here), level="a", reason="A knife")
    assert response.status_code == 302
    assert (case(here).level, case(here).team.key) == ("a", "tenancy_enforcement")
    assert [one.reason for one in here.case.categorisations.all()][-1] == "A knife"


def test_a_level_without_a_reason_or_unknown_changes_nothing(here: Side, client: Client) -> None:
    response = send(here.sign_in(client), address("recategorise", here), level="a", reason=" ")
    assert errors(response) == ["Say why the level changes"]
    assert 'value="a" checked' in " ".join(response.content.decode().split())
    response = send(client, address("recategorise", here), level="z", reason="A knife")
    assert len(errors(response)) == 1
    assert "A knife" in response.content.decode()
    assert case(here).level == "b"


def test_a_case_is_given_to_somebody_who_may_hold_one(here: Side, client: Client) -> None:
    here.sign_in(client)
    page = client.get(address("reassign", here)).content.decode()
    listed = {role: str(member.key) in page for role, member in here.members.items()}
    assert listed == {
        "adviser": False,
        "officer": True,
        "specialist": True,
        "manager": True,
        "auditor": False,
        "administrator": False,
    }
    specialist = here.members[Role.SPECIALIST]
    typed = {"officer": str(specialist.key), "team": "neighbourhood", "reason": "Knows the street"}
    assert send(client, address("reassign", here), **typed).status_code == 302
    assert case(here).owner == specialist
    assert "The case is now with Specialist Larkspur." in words(client.get(address("case", here)))


def test_a_case_is_given_to_a_team_without_an_officer(here: Side, client: Client) -> None:
    typed = {"officer": "", "team": "tenancy_enforcement", "reason": "Serious"}
    assert send(here.sign_in(client), address("reassign", here), **typed).status_code == 302
    assert (case(here).owner, case(here).team.key) == (None, "tenancy_enforcement")


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, "nobody"])
def test_a_case_is_not_given_to_anybody_else(here: Side, client: Client, role: str) -> None:
    key = here.members[role].key if role in here.members else uuid.uuid4()
    typed = {"officer": str(key), "team": "neighbourhood", "reason": "Please"}
    response = send(here.sign_in(client), address("reassign", here), **typed)
    assert len(errors(response)) == 1
    assert "Please" in response.content.decode()
    assert case(here).owner is None


def test_a_miss_is_explained(here: Side, client: Client) -> None:
    with clock_at(THURSDAY):
        sweep_landlord(here.landlord.pk)
        url = address("explain-miss", here, deadline(here, "initial_contact").key)
        here.sign_in(client)
        page = words(client.get(url))
        assert "Make first contact: Amina Larkspur Missed by 2 working days Was due by the end of" in page
        assert errors(send(client, url)) == ["Choose why it was missed", "Explain why it was missed"]
        assert Breach.objects.filter(explained_at__isnull=False).count() == 0
        assert send(client, url, reason="our_failure", explanation="Nobody on duty").status_code == 302
        breach = Breach.objects.get(deadline__case=here.case)
        assert (breach.explanation, breach.explained_by) == ("Nobody on duty", "Officer Larkspur")
        again = send(client, url, reason="our_failure", explanation="Twice")
        assert errors(again) == ["This miss is already explained, by Officer Larkspur."]
        assert "Twice" in again.content.decode()


def test_only_a_manager_confirms_what_was_recorded_late(here: Side, client: Client) -> None:
    with clock_at(THURSDAY):
        sweep_landlord(here.landlord.pk)
        spoke = ContactDetails(here.complainant.pk, "telephone", "spoke", NOON, late_reason="I was ill")
        record_contact(here.case, spoke, by=here.actor())
        url = address("confirm-met", here, deadline(here, "initial_contact").key)
        assert here.sign_in(client).post(url, {"version": ""}).status_code == 403
        assert Breach.objects.filter(confirmed_at__isnull=False).count() == 0
        here.sign_in(client, Role.MANAGER)
        assert "It is recorded as done Mon 16 Nov, 12 noon, in time" in words(client.get(url))
        assert send(client, url).status_code == 302
        assert Breach.objects.get(deadline__case=here.case).confirmed_by == "Manager Larkspur"
        assert "Met, recorded late" in words(client.get(address("case", here) + "?settled=1"))


def test_a_promise_that_is_not_missed_has_nothing_to_explain(here: Side, client: Client) -> None:
    key = deadline(here, "initial_contact").key
    here.sign_in(client, Role.MANAGER)
    for name in ("explain-miss", "confirm-met"):
        assert client.get(address(name, here, key)).status_code == 404
    assert client.get(address("record-duty", here, uuid.uuid4())).status_code == 404


def test_a_duty_done_elsewhere_is_recorded(here: Side, client: Client) -> None:
    url = address("record-duty", here, deadline(here, "risk_assessment").key)
    here.sign_in(client)
    assert errors(send(client, url, done_at="2026-11-16T13:00", note="")) == [
        "The date and time cannot be in the future",
        "Say where the record is kept",
    ]
    assert errors(send(client, url, done_at="2026-11-16T09:00", note="Shared drive")) == [
        "It cannot have been done before the duty began."
    ]
    assert send(client, url, done_at="2026-11-16T11:00", note="Shared drive").status_code == 302
    done = deadline(here, "risk_assessment")
    assert (done.state, done.met_at) == ("met", MONDAY + datetime.timedelta(hours=1))


def test_a_duty_that_only_contact_meets_is_not_marked_done(here: Side, client: Client) -> None:
    url = address("record-duty", here, deadline(here, "initial_contact").key)
    response = send(here.sign_in(client), url, done_at="2026-11-16T11:00", note="Honest")
    assert errors(response) == ["Only speaking with the person meets this. Record the contact."]
    assert deadline(here, "initial_contact").state == "running"


def test_what_is_sent_to_a_closed_case_is_refused_and_kept(here: Side, client: Client) -> None:
    close_case(here.case, ground="resolved", reason="Quiet", by=here.actor())
    response = send(here.sign_in(client), address("add-note", here), text="Too late")
    assert errors(response) == ["This case is closed. Reopen it first."]
    assert "Too late" in response.content.decode()


def test_a_case_is_joined_to_a_suggested_older_one(here: Side, client: Client) -> None:
    newer = report(here, "verbal_abuse").case
    assert newer is not None
    url = reverse("join-case", args=[newer.reference])
    here.sign_in(client)
    assert "Why it is shown: same name complained about" in words(client.get(url))
    assert here.restricted_case.reference not in client.get(url).content.decode()
    assert send(client, url, older=here.case.reference, reason="Same man").status_code == 302
    newer = Case.objects.get(pk=newer.pk)
    assert (newer.status, newer.joined_to) == ("joined", here.case)
    page = words(client.get(reverse("case", args=[newer.reference])))
    assert f"This belongs to another case, where the work goes on: {here.case.reference}" in page
    assert "Verbal abuse reported" in words(client.get(address("case", here)))


def test_a_case_is_joined_by_a_typed_reference(here: Side, client: Client) -> None:
    newer = report(here, "verbal_abuse").case
    assert newer is not None
    url = reverse("join-case", args=[newer.reference])
    here.sign_in(client)
    assert errors(send(client, url, older="another", reason="Same man")) == [
        "Type the reference of the other case"
    ]
    for reference in (here.restricted_case.reference, "VV-00000-00000"):
        response = send(client, url, older="another", reference=reference, reason="Same man")
        assert errors(response) == [f"There is no case with the reference {reference}."]
        response = send(client, url, older=reference, reason="Same man")
        assert errors(response) == [f"There is no case with the reference {reference}."]
    assert Case.objects.get(pk=newer.pk).status == "new"
    typed = here.case.reference.lower().replace("-", "")
    assert send(client, url, older="another", reference=typed, reason="Same man").status_code == 302
    assert Case.objects.get(pk=newer.pk).joined_to == here.case


@pytest.mark.parametrize("name", ["recategorise", "reassign", "close-case", "join-case", "reopen-case"])
@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR])
def test_those_who_may_not_change_a_case_are_told_so(
    here: Side, client: Client, name: str, role: Role
) -> None:
    events = Event.objects.count()
    assert here.sign_in(client, role).post(address(name, here), {"reason": "x"}).status_code == 403
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("recategorise", {"level": "a", "reason": "Mine"}),
        ("reassign", {"officer": "", "team": "tenancy_enforcement", "reason": "Mine"}),
        ("close-case", {"ground": "resolved", "reason": "Mine"}),
    ],
)
def test_the_second_of_two_officers_is_told_first(
    here: Side, client: Client, name: str, typed: dict[str, str]
) -> None:
    here.sign_in(client)
    read = version(client, address(name, here))
    add_note(here.case, text="Wait", by=here.actor(Role.MANAGER))
    events = Event.objects.count()
    response = client.post(address(name, here), {"version": read, **typed})
    assert response.context["form"].non_field_errors() == [
        "Somebody else has changed this case while you were writing: Note, Manager Larkspur, Mon 16 Nov, 12 noon. "
        "Nothing of yours is saved yet; what you typed is below. Check it, then save again"
    ]
    assert "Mine" in response.content.decode()
    assert Event.objects.count() == events
    renewed = response.context["form"]["version"].value()
    assert client.post(address(name, here), {"version": renewed, **typed}).status_code == 302
