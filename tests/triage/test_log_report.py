"""The phone screen: the outcome while the caller is on the line, and one report when it is saved."""

import datetime
import html
import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from cases.models import Case, Deadline, Person, Report
from cases.references import normalise
from landlords.permissions import Role
from tests.factories.policies import policy_file
from tests.factories.world import MONDAY, NOON, Side, World, report
from timeline.clock import clock_at
from timeline.scope import landlord_scope
from triage.staff.outcome import facts_mentioned
from triage.staff.selectors import find_people

CALL: dict[str, Any] = {
    "entry": "first-call",
    "channel": "telephone",
    "caller": "new",
    "caller_name": "Wren Example",
    "caller_kind": "tenant",
    "caller_phone": "07700 900555",
    "safe_contact": "call",
    "behaviours": ["threats_of_violence"],
    "description": "“Come up here again and I’ll put you down those stairs.”",
    "respondent_name": "A man",
    "respondent_kind": "tenant",
    "location": "28 Sorrel House",
    "immediate_danger": "no",
    "hate_perceived": "unknown",
}


def words(response: Any) -> str:
    """As it is read: no tags, single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def errors(response: Any) -> list[str]:
    summary = re.search(r"govuk-error-summary__list\">(.*?)</ul>", response.content.decode(), re.DOTALL)
    return re.findall(r"<li>(?:<a[^>]*>)?([^<]+)", summary[1]) if summary else []


def save(client: Client, **changed: Any) -> Any:
    return client.post("/desk/log/", CALL | changed | {"action": "save"})


def outcome(client: Client, target: str = "outcome", **changed: Any) -> str:
    return words(client.post("/desk/log/outcome/", CALL | changed, headers={"HX-Target": target}))


def logged(side: Side, by: str = "Officer Larkspur") -> list[Report]:
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        found = Report.objects.filter(recorded_by=by).select_related("reporter", "complainant", "policy")
        return list(found.order_by("id"))


@pytest.fixture
def officer(world: World) -> Client:
    return world.here.sign_in(Client())


def test_danger_is_asked_first(officer: Client) -> None:
    page = words(officer.get("/desk/log/"))
    assert page.index("Is anyone in danger right now?") < page.index("Who is calling?")


def test_saving_opens_the_case_at_once(world: World, officer: Client) -> None:
    response = save(officer)
    [kept] = logged(world.here)
    with transaction.atomic(), landlord_scope(kept.landlord_id):
        case = Case.objects.get(incidents__report=kept)
        [first] = Deadline.objects.filter(report=kept, kind="initial_contact")
    assert response.headers["Location"] == f"/desk/cases/{case.reference}/"
    assert (case.route, case.level) == ("asb", "a")
    assert first.due_at == datetime.datetime(2026, 11, 16, 23, 59, 59, tzinfo=datetime.UTC)
    assert kept.facts["immediate_danger"] is False
    assert kept.facts["hate_perceived"] is None
    assert kept.reporter is not None
    assert (kept.reporter.name, kept.reporter.safe_contact) == ("Wren Example", "call")


def test_the_button_without_script_keeps_nothing(world: World, officer: Client) -> None:
    response = officer.post("/desk/log/", CALL | {"action": "outcome"})
    page = words(response)
    assert "New anti-social behaviour case" in page
    assert 'value="Wren Example"' in response.content.decode()
    assert logged(world.here) == []


def test_the_outcome_says_who_why_and_by_when(officer: Client) -> None:
    panel = outcome(officer)
    assert panel.startswith(
        "New anti-social behaviour case Category A. Tenancy Enforcement Officer , Tenancy Enforcement team "
        "Read to the caller “Thank you for telling us. Our Tenancy Enforcement Officer will speak to you by the "
        "end of Monday 16 November 2026. If anyone is in danger before then, call 999.”"
    )
    assert "Reported: Threats of violence. This is Category A." in panel
    assert "Make first contact 4.3 Category A our reading" in panel


@pytest.mark.parametrize(
    ("changed", "lead", "say"),
    [
        (
            {"behaviours": ["parking"]},
            "Waits for a decision: not anti-social behaviour",
            "Thank you for telling us. A colleague will read this and tell you what we can do. "
            "If anyone is in danger before then, call 999.",
        ),
        (
            {"immediate_danger": "yes"},
            "New anti-social behaviour case",
            "Please call 999 now. I will write down what you have told me. Call us back when you are safe.",
        ),
        (
            {"caller": "anonymous"},
            "New anti-social behaviour case",
            "Thank you for telling us. As you do not want to give your name, we cannot contact you. You can call "
            "us at any time. If anyone is in danger before then, call 999.",
        ),
        (
            {"other_name": "Leila Example"},
            "New anti-social behaviour case",
            "Thank you for telling us. Our Tenancy Enforcement Officer will speak to Leila Example by the end of "
            "Monday 16 November 2026. If anyone is in danger before then, call 999.",
        ),
    ],
)
def test_the_words_for_the_caller_promise_only_what_is_promised(
    officer: Client, changed: dict[str, Any], lead: str, say: str
) -> None:
    panel = outcome(officer, **changed)
    assert panel.startswith(lead)
    assert f"“{say}”" in panel


def test_the_outcome_is_what_saving_does(world: World, officer: Client) -> None:
    """Each promise read out is one that was started, to the day."""
    panel = outcome(officer, behaviours=["noise"])
    assert "Make first contact 4.3 Category B our reading" in panel
    save(officer, behaviours=["noise"])
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        [first] = Deadline.objects.filter(report=logged(world.here)[0], kind="initial_contact")
    assert first.due_at == datetime.datetime(2026, 11, 17, 23, 59, 59, tzinfo=datetime.UTC)
    assert "by the end of Tuesday 17 November 2026" in panel


def test_a_report_that_waits_goes_to_be_decided(world: World, officer: Client) -> None:
    response = save(officer, behaviours=["parking"])
    [kept] = logged(world.here)
    assert response.headers["Location"] == f"/desk/waiting/{kept.reference}/"


def test_pressed_twice_it_is_kept_once(world: World, officer: Client) -> None:
    first, second = save(officer).headers["Location"], save(officer).headers["Location"]
    assert first == second
    assert len(logged(world.here)) == 1
    save(officer, entry="second-call")
    assert len(logged(world.here)) == 2


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"caller_name": ""}, ["Enter who is calling, or choose that they stay anonymous"]),
        ({"description": "", "behaviours": []}, ["Say what happened, or choose what it is about."]),
        (
            {"caller": "anonymous"},
            ["An anonymous caller has no details. Take this out, or choose “Somebody new”."] * 3,
        ),
        ({"caller": "00000000-0000-4000-8000-000000000000"}, ["Choose again who is calling"]),
        (
            {"received_on": "2026-11-13", "received_time": "16:00"},
            ["Say why this report is entered after the day it was received."],
        ),
        ({"received_on": "2026-11-13"}, ["Enter the hour as well as the day"]),
        (
            {"received_on": "2026-11-17", "received_time": "09:00"},
            ["The report cannot have been received in the future."],
        ),
        ({"last_on": "2026-11-17", "last_at": "09:00"}, ["What happened cannot be in the future."]),
        ({"same": "VV-00000-00000"}, ["The case you chose is no longer open. Choose again."]),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    world: World, officer: Client, changed: dict[str, Any], told: list[str]
) -> None:
    response = save(officer, **changed)
    assert (response.status_code, errors(response)) == (200, told)
    assert "28 Sorrel House" in response.content.decode()
    assert logged(world.here) == []


def test_a_late_entry_counts_from_when_we_had_it(world: World, officer: Client) -> None:
    save(
        officer,
        behaviours=["noise"],
        received_on="2026-11-13",
        received_time="16:00",
        late_entry_reason="A letter, opened today",
    )
    [kept] = logged(world.here)
    with transaction.atomic(), landlord_scope(kept.landlord_id):
        [first] = Deadline.objects.filter(report=kept, kind="initial_contact")
    assert kept.received_at == datetime.datetime(2026, 11, 13, 16, 0, tzinfo=datetime.UTC)
    assert first.due_at == datetime.datetime(2026, 11, 16, 23, 59, 59, tzinfo=datetime.UTC)


def test_somebody_known_is_found_and_not_entered_again(world: World, officer: Client) -> None:
    person = world.here.complainant
    found = outcome(officer, "callers", caller_query="AMINA larkspur")
    assert found.count("Amina Larkspur") == 2  # one person for each report that is no secret
    known = {"caller": str(person.key), "caller_name": "", "caller_phone": "", "safe_contact": "any"}
    save(officer, **known)
    [kept] = logged(world.here)
    assert kept.reporter == person


def test_details_typed_beside_somebody_known_are_not_lost_silently(world: World, officer: Client) -> None:
    response = save(officer, caller=str(world.here.complainant.key))
    assert errors(response) == ["You chose somebody we know. Take this out, or choose “Somebody new”."] * 3
    assert logged(world.here) == []


@pytest.mark.parametrize("role", [Role.ADVISER, Role.OFFICER, Role.SPECIALIST])
def test_somebody_known_only_from_a_restricted_case_is_not_found(world: World, role: str) -> None:
    side = world.here
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        hidden = Person.objects.get(parts__case=side.restricted_case, parts__role="complainant")
        everybody = find_people("amina", by=side.actor(Role.MANAGER))
        found = find_people("amina", by=side.actor(role))
        assert hidden in everybody
        assert [person for person in everybody if person not in found] == [hidden]
    client = side.sign_in(Client(), role)
    assert errors(save(client, caller=str(hidden.key), caller_name="")) == ["Choose again who is calling"]


def test_two_letters_find_nobody(here: Side) -> None:
    assert find_people("am", by=here.actor()) == []


def test_another_landlords_people_are_not_found(world: World, officer: Client) -> None:
    assert "Foxglove" not in outcome(officer, "callers", caller_query="foxglove")
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        assert len(find_people("foxglove", by=world.there.actor(Role.MANAGER))) > 0


def test_a_report_is_put_on_the_case_it_belongs_to(world: World, officer: Client) -> None:
    case = world.here.case
    shown = outcome(officer, "matches", respondent_name="Dale Larkspur")
    assert case.reference in shown
    response = save(officer, same=case.reference, behaviours=["noise"])
    [kept] = logged(world.here)
    assert response.headers["Location"] == f"/desk/cases/{case.reference}/"
    with transaction.atomic(), landlord_scope(kept.landlord_id):
        assert Case.objects.get(incidents__report=kept) == case


def test_a_case_once_chosen_stays_chosen(world: World, officer: Client) -> None:
    """Also when what is typed later would no longer suggest it."""
    reference = world.here.case.reference
    content = officer.post(
        "/desk/log/outcome/", CALL | {"same": reference}, headers={"HX-Target": "matches"}
    ).content.decode()
    assert re.findall(r'name="same"[^>]*value="([^"]*)" checked', content) == [reference]


def test_the_outcome_of_joining_runs_by_the_level_of_the_case(world: World, officer: Client) -> None:
    panel = outcome(officer, same=world.here.case.reference, behaviours=["noise"])
    assert panel.startswith(f"Goes on case {world.here.case.reference} Category B.")
    assert "by the end of Tuesday 17 November 2026" in panel


def test_the_outcome_of_joining_runs_by_its_own_level_where_that_is_more_serious(
    world: World, officer: Client
) -> None:
    panel = outcome(officer, same=world.here.case.reference)
    assert panel.startswith(f"Goes on case {world.here.case.reference} Category A.")
    assert "by the end of Monday 16 November 2026" in panel


def test_a_restricted_case_is_only_hinted_at(world: World, officer: Client) -> None:
    shown = outcome(officer, "matches", respondent_name="Dale Larkspur")
    assert shown.count("A restricted case may match") == 1
    assert world.here.restricted_case.reference not in shown
    response = save(officer, same=world.here.restricted_case.reference)
    assert errors(response) == ["The case you chose is no longer open. Choose again."]
    assert logged(world.here) == []


def test_an_adviser_links_a_call_to_an_open_case(world: World) -> None:
    """Places for People 5.3: the contact centre searches for open cases and links or creates."""
    adviser = world.here.sign_in(Client(), Role.ADVISER)
    content = adviser.post(
        "/desk/log/outcome/", CALL | {"respondent_name": "Dale Larkspur"}, headers={"HX-Target": "matches"}
    ).content.decode()
    assert re.findall(r'name="same"[^>]*value="([^"]+)"', content).count(world.here.case.reference) == 1
    save(adviser, same=world.here.case.reference)
    [kept] = logged(world.here, "Adviser Larkspur")
    with landlord_scope(world.here.landlord.pk):
        assert Case.objects.get(incidents__report=kept) == world.here.case


def test_domestic_abuse_is_saved_by_somebody_who_may_not_open_it(world: World) -> None:
    adviser = world.here.sign_in(Client(), Role.ADVISER)
    response = save(adviser, behaviours=["domestic_abuse"])
    [kept] = logged(world.here, "Adviser Larkspur")
    assert response.headers["Location"] == "/desk/log/"
    page = words(adviser.get("/desk/log/"))
    assert f"Report {kept.reference} is saved. It is restricted, so you cannot open the case." in page


def test_an_adviser_who_saves_a_waiting_report_gets_a_fresh_page(world: World) -> None:
    adviser = world.here.sign_in(Client(), Role.ADVISER)
    assert save(adviser, behaviours=["parking"]).headers["Location"] == "/desk/log/"
    assert len(logged(world.here, "Adviser Larkspur")) == 1


def test_an_auditor_logs_nothing(world: World) -> None:
    auditor = world.here.sign_in(Client(), Role.AUDITOR)
    assert save(auditor).status_code == 403
    assert logged(world.here, "Auditor Larkspur") == []


def test_living_plus_is_asked_only_where_the_policy_knows_it(world: World, officer: Client) -> None:
    assert "living_plus" not in facts_mentioned(policy_file("vivid").policy)
    assert "living_plus" in facts_mentioned(policy_file("places-for-people").policy)
    assert 'name="living_plus"' not in officer.get("/desk/log/").content.decode()


def test_hate_is_what_the_caller_says(world: World, officer: Client) -> None:
    save(officer, behaviours=["noise"], hate_strands=["race"], hate_perceived="no")
    [kept] = logged(world.here)
    assert (kept.facts["hate_perceived"], kept.facts["hate_strands"]) == (True, ["race"])
    with transaction.atomic(), landlord_scope(kept.landlord_id):
        assert Case.objects.get(incidents__report=kept).level == "a"


def test_all_thirteen_channels_can_be_chosen(officer: Client) -> None:
    content = officer.get("/desk/log/").content.decode()
    select = re.search(r'<select [^>]*name="channel".*?</select>', content, re.DOTALL)
    assert select is not None
    assert len(re.findall("<option", select[0])) == 13


@pytest.mark.parametrize("people", [1, 3])
def test_the_caller_list_takes_the_same_queries_however_many(
    world: World, officer: Client, django_assert_num_queries: Any, people: int
) -> None:
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        Person.objects.filter(parts__isnull=True).update(name_key="nobody")
        names = ["zara one", "zara two", "zara three"][:people]
        with clock_at(MONDAY):
            kept = [report(world.here, "noise").report.reporter for _ in names]
        for person, name in zip(kept, names, strict=True):
            assert person is not None
            Person.objects.filter(pk=person.pk).update(name=name, name_key=name)
    officer.get("/desk/log/")
    with django_assert_num_queries(11):
        assert outcome(officer, "callers", caller_query="zara").count("zara") == people


def test_the_reference_told_to_the_caller_is_the_reports(world: World, officer: Client) -> None:
    save(officer)
    [kept] = logged(world.here)
    assert normalise(kept.reference) == kept.reference
    page = words(officer.get("/desk/log/"))
    assert f"Report {kept.reference} is saved." in page
    assert kept.received_at == NOON
