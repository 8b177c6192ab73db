"""The partners page and its forms, as each reader sees them."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.models import Referral, Sharing
from landlords.permissions import Role
from tests.cases.pages import address, errors, send, words
from tests.factories.world import Side, World
from timeline.models import Event
from timeline.scope import landlord_scope

WORKER = "Our ASB worker at Victim Support"
PURPOSE = "Detecting offences"
SECRET = "The little boy has bruises"


def referral(here: Side, **changes: Any) -> dict[str, Any]:
    key = str(here.complainant.key)
    return {"person": key, "agency": WORKER, "reason": "Cannot sleep", "consent": "yes", **changes}


def sharing(here: Side, **changes: Any) -> dict[str, Any]:
    return {
        "person": str(here.complainant.key),
        "agency": "Police",
        "what": "What happened on Sunday",
        "purpose": PURPOSE,
        "permission": "yes",
        "basis": "consent",
        "person_told": "on",
        **changes,
    }


def page(side: Side, client: Client, role: str = Role.OFFICER) -> str:
    response = side.sign_in(client, role).get(address("partners", side))
    assert response.status_code == 200
    return words(response)


def test_an_empty_page_says_what_is_so_and_what_the_policy_asks(here: Side, client: Client) -> None:
    found = page(here, client)
    assert "Nobody on this case was referred to anybody." in found
    assert "No partner was told anything of this case." in found
    assert f"Agencies {WORKER} 4.6 bullet 6" in found
    assert "Ask the person first, unless asking would put somebody at risk. 4.7 our reading" in found


def test_a_referral_and_its_outcome(here: Side, client: Client) -> None:
    here.sign_in(client)
    response = send(client, address("refer-person", here), **referral(here))
    assert response.headers["Location"] == address("partners", here)
    assert (
        f"{WORKER} : Amina Larkspur No outcome yet Cannot sleep Consent: Agreed Officer Larkspur, Mon 16 Nov"
    ) in page(here, client)
    send(client, address("referral-outcome", here, 1), outcome="They rang her")
    assert "Outcome, Mon 16 Nov Cannot sleep Consent: Agreed “They rang her”" in page(here, client)
    assert Referral.objects.get().outcome == "They rang her"


def test_another_agency_is_named(here: Side, client: Client) -> None:
    here.sign_in(client)
    url = address("refer-person", here)
    assert errors(send(client, url, **referral(here, agency="another"))) == ["Enter the name of the agency"]
    assert Referral.objects.count() == 0
    send(client, url, **referral(here, agency="another", other_agency="Her school"))
    assert Referral.objects.get().agency == "Her school"


def test_without_consent_the_page_says_which_clause_stands_against_it(here: Side, client: Client) -> None:
    here.sign_in(client)
    url = address("refer-person", here)
    response = send(client, url, **referral(here, consent="no"))
    assert errors(response) == [
        "What either party tells is confidential: refer them with their agreement, or to protect a child or a "
        "vulnerable adult. (4.7)"
    ]
    assert "Cannot sleep" in response.content.decode()
    assert Referral.objects.count() == 0
    send(client, url, **referral(here, consent="no", basis_without_consent="safeguarding"))
    assert Referral.objects.get().basis_without_consent == "safeguarding"


def test_what_was_shared_is_shown_with_its_basis(here: Side, client: Client) -> None:
    here.sign_in(client)
    response = send(client, address("share-information", here), **sharing(here))
    assert response.headers["Location"] == address("partners", here)
    assert (
        "Police : Amina Larkspur What happened on Sunday For: Detecting offences Permission: Agreed. "
        "Lawful basis: They agreed They know that it was shared, and with whom Officer Larkspur, Mon 16 Nov"
    ) in page(here, client)


def test_the_form_is_about_somebody_unless_told_otherwise(here: Side, client: Client) -> None:
    here.sign_in(client)
    form = client.get(address("share-information", here)).context["form"]
    assert form["person"].field.choices[0] == (str(here.complainant.key), "Amina Larkspur")
    respondent = here.case.parties.get(role="respondent").person
    url = f"{address('share-information', here)}?person={respondent.key}"
    assert client.get(url).context["form"]["person"].value() == str(respondent.key)


def test_our_reading_is_told_and_does_not_refuse(here: Side, client: Client) -> None:
    here.sign_in(client)
    told = sharing(here, permission="not_asked", basis="crime_and_disorder")
    assert send(client, address("share-information", here), **told).status_code == 302
    assert (
        "What was shared is on the file. We would also: Ask the person first, unless asking would put "
        "somebody at risk. (4.7)"
    ) in page(here, client)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"permission": "no"}, "They did not agree, so it cannot be shared because they agreed."),
        ({"person_told": ""}, "Say why they were not told."),
        ({"purpose": ""}, "Personal data is disclosed only for one of the purposes of the policy."),
        ({"agency": ""}, "Choose the agency"),
        ({"basis": ""}, "Choose the lawful basis"),
        ({"shared_at": "2026-11-10T09:00"}, "Say why it is entered late"),
    ],
)
def test_what_is_missing_is_told_kept_and_nothing_is_saved(
    here: Side, client: Client, changes: dict[str, str], message: str
) -> None:
    here.sign_in(client)
    events = Event.objects.count()
    response = send(client, address("share-information", here), **sharing(here, **changes))
    assert message in " ".join(errors(response))
    assert "What happened on Sunday" in response.content.decode()
    assert (Sharing.objects.count(), Event.objects.count()) == (0, events)


def test_where_no_purposes_are_printed_none_is_asked_for(world: World, client: Client) -> None:
    world.there.sign_in(client)
    assert "What for" not in words(client.get(address("share-information", world.there)))
    typed = {
        "person": "",
        "agency": "Police",
        "what": "The street",
        "permission": "no",
        "basis": "public_task",
    }
    assert send(client, address("share-information", world.there), **typed).status_code == 302
    assert "Police The street Permission: Refused. Lawful basis: Public task" in page(world.there, client)


def test_what_protects_somebody_is_shown_to_fewer(here: Side, client: Client) -> None:
    here.sign_in(client)
    told = {"permission": "not_asked", "basis": "safeguarding", "person_told": "", "why_not_told": "Not safe"}
    send(client, address("share-information", here), **sharing(here, what=SECRET, **told))
    protect = {"consent": "not_asked", "basis_without_consent": "safeguarding", "reason": SECRET}
    send(client, address("refer-person", here), **referral(here, **protect))
    counts = {}
    for role in (Role.OFFICER, Role.AUDITOR, Role.ADVISER):
        here.sign_in(client, role)
        counts[role] = [
            client.get(address(name, here)).content.decode().count(SECRET) for name in ("partners", "case")
        ]
    assert counts == {Role.OFFICER: [2, 2], Role.AUDITOR: [2, 2], Role.ADVISER: [0, 0]}


@pytest.mark.parametrize(
    ("role", "offered"), [(Role.OFFICER, True), (Role.ADVISER, False), (Role.AUDITOR, False)]
)
def test_only_what_the_reader_may_do_is_offered(
    here: Side, client: Client, role: Role, offered: bool
) -> None:
    found = page(here, client, role)
    assert [label in found for label in ("Refer somebody", "Record what was shared")] == [offered] * 2


@pytest.mark.parametrize("name", ["refer-person", "share-information"])
@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR])
def test_those_who_may_not_are_told_why_and_nothing_happens(
    here: Side, client: Client, name: str, role: Role
) -> None:
    here.sign_in(client, role)
    typed = referral(here) if name == "refer-person" else sharing(here)
    for response in (client.get(address(name, here)), client.post(address(name, here), typed)):
        assert response.status_code == 403
    assert (Referral.objects.count(), Sharing.objects.count()) == (0, 0)


def entries(world: World) -> list[int]:
    found = []
    for side in (world.here, world.there):
        with transaction.atomic(), landlord_scope(side.landlord.pk):
            found.append(Event.objects.count())
    return found


@pytest.mark.parametrize("name", ["partners", "refer-person", "share-information"])
def test_another_landlords_and_a_restricted_case_are_not_there(
    world: World, client: Client, name: str
) -> None:
    world.here.sign_in(client)
    before = entries(world)
    for reference in (world.here.restricted_case.reference, world.there.case.reference):
        url = reverse(name, args=[reference])
        assert client.get(url).status_code == 404
        assert client.post(url).status_code in (404, 405)
    assert entries(world) == before


def test_a_referral_that_is_not_there(here: Side, client: Client) -> None:
    here.sign_in(client)
    send(client, address("refer-person", here), **referral(here))
    found = [client.get(address("referral-outcome", here, number)).status_code for number in (0, 1, 2)]
    assert found == [404, 200, 404]
