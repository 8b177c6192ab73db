"""The case page as its reader sees it."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.choices import PartyRole
from cases.models import Breach, Person
from cases.services.categorising import reassign, recategorise
from cases.services.misses import explain_miss
from cases.services.parties import NewParty, put_on_case
from cases.services.people import Told
from cases.services.working import ContactDetails, IncidentDetails, add_incident, add_note, record_contact
from cases.sweep import sweep_landlord
from landlords.permissions import Role
from tests.cases.pages import address, words
from tests.factories.world import MONDAY, NOON, Side, World, report
from timeline.actors import system
from timeline.clock import clock_at
from timeline.models import Access
from triage.facts import Facts
from triage.services import Submission, submit_report

DAY = datetime.timedelta(days=1)
THURSDAY = MONDAY + 3 * DAY


def page(here: Side, client: Client, query: str = "", role: str = Role.OFFICER) -> str:
    response = here.sign_in(client, role).get(address("case", here) + query)
    assert response.status_code == 200
    return words(response)


def test_the_head_answers_who_how_bad_whose_and_what_is_promised(here: Side, client: Client) -> None:
    found = page(here, client)
    assert "Complainant Amina Larkspur" in found
    assert "Alleged perpetrator Dale Larkspur 18 Larkspur Court · Our tenant" in found
    assert "Category Category B since Mon 16 Nov, 10am · 4.3 Category B" in found
    assert "New Nobody has this case Neighbourhood team · day 0, since Mon 16 Nov, 10am" in found
    assert (
        "Next promise Make first contact with Amina Larkspur By the end of Tuesday 17 November. 4.3 Category B"
        in found
    )


def test_a_promise_shows_its_clause_and_how_its_date_was_worked_out(here: Side, client: Client) -> None:
    found = page(here, client)
    assert (
        "Make first contact: Amina Larkspur Tomorrow By the end of Tuesday 17 November. 4.3 Category B"
        in found
    )
    assert "Mon 16 Nov Received. Day 0 Tue 17 Nov" in found
    assert "Policy version 1, England and Wales calendar version" in found
    assert "No time is stated. Owed since Mon 16 Nov." in found


def test_a_miss_offers_to_do_it_and_to_explain_it_and_stays_when_explained(
    here: Side, client: Client
) -> None:
    with clock_at(THURSDAY):
        sweep_landlord(here.landlord.pk)
        assert (
            "Make first contact: Amina Larkspur Missed by 2 working days "
            "Was due by the end of Tuesday 17 November. 4.3 Category B Record contact or Explain the miss"
        ) in page(here, client)
        breach = Breach.objects.get(deadline__case=here.case)
        explain_miss(breach, reason="our_failure", explanation="I was ill", by=here.actor())
        found = page(here, client)
    assert (
        "Missed, explained Was due by the end of Tuesday 17 November. “I was ill” Explained by Officer"
        in found
    )
    assert "It still counts as missed." in found


def test_a_contact_recorded_late_waits_for_a_manager(here: Side, client: Client) -> None:
    with clock_at(THURSDAY):
        sweep_landlord(here.landlord.pk)
        spoke = ContactDetails(here.complainant.pk, "telephone", "spoke", NOON, late_reason="I was ill")
        record_contact(here.case, spoke, by=here.actor())
        officer, manager = page(here, client), page(here, client, role=Role.MANAGER)
    told = "Missed: recorded late Was due Tue 17 Nov, done Mon 16 Nov, 12 noon."
    assert told in officer
    assert "Dated in time but recorded after the miss: a manager has to confirm it." in officer
    assert "Confirm it was met in time" not in officer
    assert "Explain the miss or Confirm it was met in time" in manager


def test_every_duty_leads_to_the_page_where_it_is_done(here: Side, client: Client) -> None:
    promises = here.sign_in(client).get(address("case", here)).context["promises"]
    found = {
        row["title"].partition(":")[0]: [(action["label"], action["url"]) for action in row["actions"]]
        for row in [*promises["rows"], *promises["later"]]
    }
    key = here.complainant.key
    assert found == {
        "Make first contact": [("Record contact", f"{address('record-contact', here)}?with={key}")],
        "Assess support needs, vulnerabilities and risk": [
            ("Assess the risk", address("assess-risk", here, key))
        ],
        "Agree the action plan": [("Agree the plan", f"{address('plan', here)}#plan-{key}")],
        "Decide which agency takes the lead": [
            ("Record the decision", address("record-decision", here, "lead_agency"))
        ],
    }


def test_what_can_wait_is_folded_away(here: Side, client: Client) -> None:
    for name in ("Leonora", "Idris"):
        put_on_case(here.case, NewParty(Told(name=name), PartyRole.COMPLAINANT), by=here.actor())
    promises = here.sign_in(client).get(address("case", here)).context["promises"]
    shown = [row["title"] for row in promises["rows"]]
    owed = len(shown) + len(promises["later"])
    assert (shown[0], len(shown)) == ("Make first contact: Amina Larkspur", 3)
    assert (owed, promises["later_label"]) == (here.case.deadlines.count(), f"{owed - 3} more")


def test_what_is_met_is_folded_away(here: Side, client: Client) -> None:
    record_contact(
        here.case, ContactDetails(here.complainant.pk, "telephone", "spoke", NOON), by=here.actor()
    )
    assert "Make first contact: Amina Larkspur Met" not in page(here, client)
    found = page(here, client, "?settled=1")
    assert "1 earlier promise, settled Make first contact: Amina Larkspur Met" in found
    assert "By the end of Tue 17 Nov, done Mon 16 Nov, 12 noon." in found


def test_what_is_owed_to_nobody_known_is_told_as_not_possible(here: Side, client: Client) -> None:
    submitted = submit_report(
        Submission(Facts(received_at=MONDAY, behaviours=("noise",), anonymous=True), description="Loud"),
        by=system("Tests"),
    )
    assert submitted.case is not None
    response = here.sign_in(client).get(reverse("case", args=[submitted.case.reference]))
    assert "Make first contact Not possible Nobody is known to whom this could be owed" in words(response)
    assert "Complainant Nobody named The report was anonymous" in words(response)


def test_why_this_level_and_what_to_do_now_show_their_sources(here: Side, client: Client) -> None:
    found = page(here, client)
    assert "Why this level Reported: Noise nuisance. This is Category B. 4.3 Category B" in found
    assert (
        "Ask the person to report the noise to the council's Environmental Health team as well. 4.2" in found
    )
    assert "Look for an open case about the same behaviour before opening a new one. our reading" in found


def test_a_changed_level_says_what_it_was_and_why(here: Side, client: Client) -> None:
    recategorise(here.case, level="a", reason="He has a knife", by=here.actor())
    found = page(here, client)
    assert "Category Category A was Category B until Mon 16 Nov, 12 noon" in found
    assert "Category A, Mon 16 Nov 2026, Officer Larkspur: He has a knife" in found


def test_people_with_the_safe_way_to_reach_them(here: Side, client: Client) -> None:
    Person.objects.filter(pk=here.complainant.pk).update(
        safe_contact="text", safe_contact_note="Never after 6pm", needs="Large print", kind="tenant"
    )
    found = page(here, client)
    assert "Amina Larkspur: text only" in found
    assert "Amina Larkspur Complainant · Tenant Text only “Never after 6pm” 07700 900123" in found
    assert "Needs: Large print" in found


def test_the_timeline_tells_what_happened_when_and_by_whom(here: Side, client: Client) -> None:
    tried = ContactDetails(here.complainant.pk, "telephone", "no_answer", NOON, "Rang twice")
    with clock_at(NOON + DAY):
        record_contact(here.case, tried, by=here.actor())
    add_note(here.case, text="<b>Dale</b> rang", by=here.actor())
    add_incident(here.case, IncidentDetails("He shouted", ["verbal_abuse"]), by=here.actor())
    found = page(here, client)
    assert (
        "No answer: Amina Larkspur 12 noon · Telephone · Officer Larkspur · recorded late, Tue 17 Nov Rang twice"
    ) in found
    assert "Note 12 noon · Officer Larkspur <b>Dale</b> rang" in found
    assert "New incident: Verbal abuse 12 noon · Officer Larkspur He shouted" in found
    assert "Noise reported 10am · Tests It happened again Larkspur" in found
    body = client.get(address("case", here)).content.decode()
    marks = [body.count(f"asb-timeline__item--{kind}") for kind in ("attempt", "reporter", "staff", "system")]
    assert marks == [1, 2, 2, 1]


def test_the_timeline_can_be_narrowed(here: Side, client: Client) -> None:
    tried = ContactDetails(here.complainant.pk, "telephone", "no_answer", NOON, "Rang twice")
    record_contact(here.case, tried, by=here.actor())
    contact, incident = page(here, client, "?show=contact"), page(here, client, "?show=incident")
    assert ("Rang twice" in contact, "It happened again" in contact) == (True, False)
    assert ("Rang twice" in incident, "It happened again" in incident) == (False, True)
    assert "Rang twice" in page(here, client, "?show=everything")


def test_earlier_entries_are_on_the_next_page(here: Side, client: Client) -> None:
    for number in range(30):
        add_note(here.case, text=f"Note number {number:02}", by=here.actor())
    first, second, third = (page(here, client, f"?entries={number}") for number in (1, 2, 3))
    assert ("It happened again" in first, "It happened again" in third) == (False, True)
    assert ("Note number 29" in first, "Note number 29" in second) == (True, False)
    assert "Earlier entries" in first
    assert "Later entries" in second


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (
            Role.OFFICER,
            [
                *("Contact", "Note", "Incident"),
                *("Change level", "Give to somebody", "Record as hate", "Close case"),
            ],
        ),
        (Role.ADVISER, ["Note", "Incident", "Record as hate"]),
        (Role.AUDITOR, []),
    ],
)
def test_only_what_the_reader_may_do_is_offered(
    here: Side, client: Client, role: Role, offered: list[str]
) -> None:
    response = here.sign_in(client, role).get(address("case", here))
    box = response.context["record"]
    tabs = [str(tab["label"]) for tab in box["tabs"]] if box else []
    assert tabs + [action["label"] for action in response.context["actions"]] == offered


def test_possible_matches_are_told_with_their_reason(here: Side, client: Client) -> None:
    other = report(here, "noise").case
    assert other is not None
    found = page(here, client)
    assert "Possible matches Join to another case Restricted A restricted case may match." in found
    assert f"{other.reference} Why it is shown: same name complained about, same home" in found
    assert here.restricted_case.reference not in client.get(address("case", here)).content.decode()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADVISER, Role.AUDITOR])
def test_a_restricted_case_is_not_there_for_others(here: Side, client: Client, role: Role) -> None:
    url = reverse("case", args=[here.restricted_case.reference])
    assert here.sign_in(client, role).get(url).status_code == 404
    assert Access.objects.count() == 0


def test_every_opening_of_a_restricted_case_is_written_down_and_can_be_read(
    here: Side, client: Client
) -> None:
    reference = here.restricted_case.reference
    here.sign_in(client, Role.MANAGER)
    for _ in range(2):
        assert client.get(reverse("case", args=[reference])).status_code == 200
    assert list(Access.objects.values_list("user_name", "purpose")) == [("Manager Larkspur", "case page")] * 2
    found = words(client.get(reverse("case-looks", args=[reference])))
    assert "Manager Larkspur case page Mon 16 Nov 2026, 12 noon 2" in found
    assert client.get(address("case-looks", here)).status_code == 404


def test_only_those_who_may_can_read_who_has_looked(here: Side, client: Client) -> None:
    restricted = here.restricted_case
    reassign(restricted, owner=here.members[Role.OFFICER], reason="Yours", by=here.actor(Role.MANAGER))
    here.sign_in(client)
    assert "Who has looked" not in words(client.get(reverse("case", args=[restricted.reference])))
    assert client.get(reverse("case-looks", args=[restricted.reference])).status_code == 403


def test_another_landlords_case_is_not_there(world: World, client: Client) -> None:
    world.here.sign_in(client, Role.MANAGER)
    for reference in (world.there.case.reference, "VV-00000-00000", "x"):
        assert client.get(reverse("case", args=[reference])).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_file(here: Side, client: Client) -> None:
    here.sign_in(client)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address("case", here))
        return len(captured)

    queries()
    assert queries() == 22
    for number in range(3):
        told = Told(name=f"Person {number}", phone="07700 900456")
        facts = Facts(received_at=NOON, behaviours=("noise",))
        submit_report(Submission(facts, "Again", reporter=told), by=system("Tests"), join=here.case)
        report(here, "noise")
    assert queries() == 22
