"""What becomes of a report from the public form, and what the person is told."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from cases.models import Case, Deadline, Report
from cases.services.joining import join_cases
from landlords.models import Landlord
from policies.rules import SameWorkingDay, WithinWorkingDays
from policies.working_time import due
from tests.factories.policies import load, policy_file
from tests.factories.world import NOON, World
from tests.triage.public_answers import ANONYMOUS, ANSWERS, address, fill_in, send, token
from timeline.clock import clock_at
from timeline.scope import landlord_scope
from triage.progress.codes import code_of
from triage.public.confirming import why_then


def reports(landlord: str = "vivid") -> list[Report]:
    with transaction.atomic(), landlord_scope(Landlord.objects.get(key=landlord).pk):
        found = Report.objects.filter(recorded_by="Public form").select_related("reporter", "complainant")
        return list(found.order_by("id"))


def words(response: Any) -> str:
    """The page as it is read: no tags, single spaces."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main is not None
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())


def test_a_report_is_kept_as_it_was_told(world: World, client: Client) -> None:
    fill_in(client)
    send(client)
    [report] = reports()
    assert report.facts == {
        "received_at": "2026-11-16T12:00:00Z",
        "behaviours": ["noise", "verbal_abuse"],
        "channel": "web",
        "reporter": "tenant",
        "respondent": "tenant",
        "hate_strands": [],
        "anonymous": False,
        "hate_perceived": None,
        "risk_of_personal_harm": False,
        "immediate_danger": False,
        "persistent_or_unreasonable": True,
        "clear_victim": True,
        "affects_wider_community": None,
        "directed_at_staff": None,
        "living_plus": None,
    }
    assert (report.channel, report.received_at, report.location) == (
        "web",
        NOON,
        "14 Larkspur Court, ZZ4 7QT",
    )
    assert report.description == "Music so loud the cups move.\nMy little one will not sleep."
    assert report.occurred_at == datetime.datetime(2026, 11, 14, 23, 0, tzinfo=datetime.UTC)
    assert report.respondent == {"kind": "tenant", "name": "Dale Example", "address": "16 Larkspur Court"}
    person = report.reporter
    assert person is not None
    assert (person.name, person.kind, person.phone) == ("Wren Example", "tenant", "07700 900123")
    assert (person.safe_contact, person.safe_contact_note) == ("text", "Weekdays from 12 noon to 2pm")


def test_a_day_without_an_hour_stays_words(world: World, client: Client) -> None:
    fill_in(client, when={"occurred_words": "At night.", "last_on": "2026-11-14"})
    send(client)
    [report] = reports()
    assert (report.occurred_at, report.occurred_words) == (
        None,
        "At night. Last time: Saturday 14 November 2026",
    )


def test_the_date_is_the_one_really_promised(world: World, client: Client) -> None:
    fill_in(client)
    response = send(client)
    [report] = reports()
    with transaction.atomic(), landlord_scope(report.landlord_id):
        [deadline] = Deadline.objects.filter(report=report, kind="initial_contact")
    assert deadline.due_at == datetime.datetime(2026, 11, 17, 23, 59, 59, tzinfo=datetime.UTC)
    assert response.redirect_chain == [("/report/vivid/sent/", 302)]
    assert words(response) == (
        f"We have your report Your reference {report.reference} Your 6-digit code {code_of(report.reference)} "
        "Our promise to you A person will contact you by the end of Tuesday 17 November 2026 "
        "Who Neighbourhood Officer, from our Neighbourhood team. They will tell you their name. "
        "How By text to 07700 900123. We will not call, leave a voicemail or write. "
        "Why then You told us at 12 noon on Monday 16 November 2026. We promise this by the end of the next "
        "working day. What we promise What happens next "
        "By the end of Tuesday 17 November 2026 A person will contact you. "
        "When we speak We will agree an action plan with you. "
        "After that We will contact you every week, unless we agree something different with you. "
        "If it happens again Do not wait for us. Tell us what happened and give your reference, or call us. "
        "If someone is in danger, call 999 . "
        "If you do not hear from us by the end of Tuesday 17 November 2026 "
        f"Call 020 7946 0165 (Monday to Friday, 8:30am to 5pm) and give your reference, {report.reference}. "
        "You can also tell us that you are unhappy with how we handled this. If you have reported several times "
        "and nothing has changed, you can ask your council for an ASB case review. "
        "See how your report is going Write down your reference and your code, or print this page: we show it "
        "for 30 minutes and only here. With both you can see how your report is going ."
    )


@pytest.mark.parametrize(
    "behaviours", [["noise"], ["domestic_abuse"], ["parking"], ["unsure"], ["hate_incident"]]
)
@pytest.mark.parametrize("landlord", ["vivid", "believe", "derby-homes", "plus-dane", "places-for-people"])
def test_nobody_is_told_how_reports_are_graded(
    db: None, client: Client, landlord: str, behaviours: list[str]
) -> None:
    with clock_at(NOON):
        load(landlord)
        fill_in(client, landlord, what={"behaviours": behaviours})
        response = send(client, landlord)
    assert response.status_code == 200
    jargon = r"\b(category|level|SLA|breach|triage|perpetrator|clause|TEM|CHM|1-day|5-day)\b"
    assert re.findall(jargon, words(response), re.IGNORECASE) == []


def test_a_report_that_waits_promises_no_date(world: World, client: Client) -> None:
    fill_in(client, what={"behaviours": ["parking"]}, effect={})
    page = words(send(client))
    assert "A person will read it and tell you what we can do." in page
    assert re.findall(r"20[0-9]{2}|by the end", page) == []
    assert "If you do not hear from us Call 020 7946 0165" in page


def test_our_own_reminder_is_not_told_as_a_promise(db: None, client: Client) -> None:
    with clock_at(NOON):
        load("derby-homes")
        fill_in(client, "derby-homes", what={"behaviours": ["neighbour_dispute"]}, effect={})
        page = words(send(client, "derby-homes"))
    [report] = reports("derby-homes")
    assert report.decision["route"] == "good_neighbourhood"
    assert "A person will read it and contact you." in page
    assert re.findall(r"2026|by the end", page) == []


def test_whoever_stays_anonymous_is_promised_nothing(world: World, client: Client) -> None:
    fill_in(client, you=ANONYMOUS)
    page = words(send(client))
    [report] = reports()
    assert (report.anonymous, report.reporter, report.facts["anonymous"]) == (True, None, True)
    assert "You did not give a name. That is OK." in page
    assert "We cannot contact you" in page
    assert re.findall(r"2026|by the end|What happens next", page) == []


def test_the_person_it_happens_to_is_the_one_we_contact(world: World, client: Client) -> None:
    other = {"on_behalf": "other", "other_name": "Leila Example", "other_phone": "07700 900456"}
    fill_in(client, you=ANSWERS["you"] | other)
    page = words(send(client))
    [report] = reports()
    assert report.complainant is not None
    assert (report.complainant.name, report.complainant.phone) == ("Leila Example", "07700 900456")
    assert report.complainant.safe_contact_note == (
        "Nobody has told us which way is safe. Ask the person who reported it first."
    )
    assert "A person will contact Leila Example by the end of Tuesday 17 November 2026" in page
    assert "How In the way you told us is safe for them." in page


def test_sending_twice_keeps_one_report(world: World, client: Client) -> None:
    fill_in(client)
    button = {"draft": token(client)}
    answers = [client.post(address("check"), button).headers["Location"] for _ in range(3)]
    assert answers == ["/report/vivid/sent/"] * 3
    assert len(reports()) == 1


def test_an_old_button_does_not_send_a_new_draft(world: World, client: Client) -> None:
    fill_in(client)
    old = token(client)
    client.get("/report/vivid/exit/")
    fill_in(client)
    assert client.post(address("check"), {"draft": old}).status_code == 200
    assert client.post(address("check")).status_code == 200
    assert reports() == []


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_keep_one_report(client: Client) -> None:
    load("vivid")
    fill_in(client, when=ANSWERS["when"] | {"last_on": "", "last_at": ""})
    button = {"draft": token(client)}

    def press(_: int) -> str:
        twin = Client()
        twin.cookies = client.cookies
        try:
            return twin.post(address("check"), button).headers["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(press, range(4))) == ["/report/vivid/sent/"] * 4
    assert len(reports()) == 1


def test_the_confirmation_is_shown_to_the_sender_for_half_an_hour(world: World, client: Client) -> None:
    fill_in(client)
    send(client)
    assert client.get("/report/vivid/sent/").status_code == 200
    assert Client().get("/report/vivid/sent/").headers["Location"] == "/report/vivid/"
    assert client.get("/report/derby-homes/sent/").headers["Location"] == "/report/derby-homes/"
    with clock_at(NOON + datetime.timedelta(minutes=31)):
        assert client.get("/report/vivid/sent/").headers["Location"] == "/report/vivid/"


def test_after_sending_the_form_is_empty_again(world: World, client: Client) -> None:
    fill_in(client)
    send(client)
    assert "Wren" not in client.get(address("you")).content.decode()


def test_a_failure_while_sending_keeps_the_draft_and_no_report(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_in(client)
    client.raise_request_exception = False
    monkeypatch.setattr("triage.services.open_case", lambda *_, **__: 1 / 0)
    assert client.post(address("check"), {"draft": token(client)}).status_code == 500
    assert reports() == []
    assert client.get(address("check")).status_code == 200


def test_the_confirmation_tells_nothing_of_a_case_it_joined(world: World, client: Client) -> None:
    fill_in(client)
    send(client)
    before = words(client.get("/report/vivid/sent/"))
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        case = Case.objects.get(incidents__report=reports()[0])
        join_cases(case, world.here.case, reason="The same home", by=world.here.actor())
    assert words(client.get("/report/vivid/sent/")) == before


@pytest.mark.parametrize(
    ("rule", "start", "told"),
    [
        (
            WithinWorkingDays(1),
            datetime.datetime(2026, 12, 24, 14, 0, tzinfo=datetime.UTC),
            "You told us at 2pm on Thursday 24 December 2026. We promise this within 1 working day. We did not "
            "count the weekend. We did not count Friday 25 December 2026 (Christmas Day); Monday 28 December "
            "2026 (Boxing Day (substitute day)).",
        ),
        (
            SameWorkingDay(),
            datetime.datetime(2026, 11, 14, 9, 0, tzinfo=datetime.UTC),
            "You told us at 9am on Saturday 14 November 2026. We promise this by the end of the same working "
            "day. We did not count the weekend.",
        ),
    ],
)
def test_why_then_names_the_days_not_counted(rule: Any, start: datetime.datetime, told: str) -> None:
    assert why_then(due(rule, start, policy_file("vivid").policy.calendar)) == told
