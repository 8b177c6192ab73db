"""Typing in a diary sheet: each line an incident, dated as on the sheet; a wrong line is told by its number."""

import datetime
from typing import Any

import pytest
from django.test import Client

from cases.models import Deadline, Evidence, Incident
from cases.services.evidence import EvidenceDetails, receive_evidence
from landlords.permissions import Role
from tests.cases.evidence.pages import page
from tests.cases.pages import errors, version, words
from tests.factories.world import NOON, Side
from timeline.models import Event


def sheet(here: Side) -> Evidence:
    said = EvidenceDetails(kind="diary", title="Sheet of week 46", where_kept="Tray 4")
    return receive_evidence(
        landlord_id=here.landlord.pk, case=here.case, details=said, upload=None, by=here.actor()
    )


def type_in(here: Side, client: Client, **typed: Any) -> Any:
    url = page("add-diary", here)
    return client.post(url, {"version": version(client, url), **typed})


def test_each_line_becomes_an_incident_and_no_clock_starts(here: Side, client: Client) -> None:
    before, clocks = list(Incident.objects.values_list("pk", flat=True)), Deadline.objects.count()
    here.sign_in(client)
    response = type_in(
        here, client, sheet=str(sheet(here).key), behaviours=["noise"],
        day_1="2026-11-14", time_1="23:30", long_1="two hours", what_1="Music",
        day_3="2026-11-15", what_3="Shouting on the stairs",
    )  # fmt: skip
    assert errors(response) == []
    assert response.headers["Location"] == page("case", here)
    first, second = Incident.objects.exclude(pk__in=before).order_by("id")
    assert first.description == "Music\nHow long: two hours\nFrom the diary sheet “Sheet of week 46”"
    assert first.occurred_at == datetime.datetime(2026, 11, 14, 23, 30, tzinfo=datetime.UTC)
    assert first.behaviours == ["noise"]
    assert (second.occurred_at, second.occurred_words) == (None, "Sunday 15 November 2026, no time given")
    assert second.description == "Shouting on the stairs\nFrom the diary sheet “Sheet of week 46”"
    assert Deadline.objects.count() == clocks
    assert Event.objects.filter(verb="incident_added").count() == 2
    assert "2 incidents are on the file." in words(client.get(page("case", here)))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, ["Type in at least one line of the sheet"]),
        ({"day_2": "2026-11-14"}, ["Line 2: say what happened"]),
        ({"what_2": "Music"}, ["Line 2: give the day"]),
        ({"time_7": "10:00"}, ["Line 7: give the day", "Line 7: say what happened"]),
        ({"day_1": "2026-11-16", "time_1": "12:01", "what_1": "Music"}, ["Line 1: this cannot be in the future"]),
        ({"day_1": "2026-11-17", "what_1": "Music"}, ["Line 1: this cannot be in the future"]),
        (
            {"day_1": "2026-03-29", "time_1": "01:30", "what_1": "Music"},
            ["Line 1: that time does not exist, the clocks went forward that night"],
        ),
        ({"day_1": "Sunday", "what_1": "Music"}, ["Line 1: enter the day as a date, such as 14/11/2026"]),
        (
            {"sheet": "1", "day_1": "2026-11-14", "what_1": "Music"},
            ["Select a valid choice. 1 is not one of the available choices."],
        ),
        (
            {"day_1": "2026-11-14", "time_1": "late", "what_1": "Music"},
            ["Line 1: enter the time as hours and minutes, such as 23:30"],
        ),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_by_its_number_and_no_line_is_saved(
    here: Side, client: Client, typed: dict[str, str], told: list[str]
) -> None:
    here.sign_in(client)
    before = Incident.objects.count(), Event.objects.count()
    response = (
        type_in(here, client, day_5="2026-11-13", what_5="Music", **typed) if typed else type_in(here, client)
    )
    assert sorted(errors(response)) == sorted(told)
    assert (Incident.objects.count(), Event.objects.count()) == before
    assert all(value in response.content.decode() for value in typed.values())


def test_today_without_a_time_is_not_in_the_future(here: Side, client: Client) -> None:
    here.sign_in(client)
    assert type_in(here, client, day_1=f"{NOON:%Y-%m-%d}", what_1="Music").status_code == 302


def test_domestic_abuse_on_a_sheet_restricts_the_case(here: Side, client: Client) -> None:
    here.sign_in(client, Role.MANAGER)
    type_in(here, client, behaviours=["domestic_abuse"], day_1="2026-11-14", what_1="He hit her")
    here.case.refresh_from_db()
    assert here.case.restricted


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 403), (Role.ADVISER, 200)])
def test_who_may_add_incidents_may_type_in_a_sheet(
    here: Side, client: Client, role: str, status: int
) -> None:
    here.sign_in(client, role)
    assert client.get(page("add-diary", here)).status_code == status
