"""POST /api/v1/reports/: what a partner sends is what the front door takes, and nothing else is saved."""

import datetime
import json
from typing import Any

import pytest
from django.db import transaction

from asbcases.api.models import KeptAnswer, SentReport
from cases.models import Case, Deadline, Person, Report
from policies.selectors import policy_of
from tests.api.partners import PartnerSystem, errors_of
from tests.factories.world import NOON, World
from timeline.models import Event
from timeline.scope import landlord_scope
from triage.decisions import Decision
from triage.facts import BEHAVIOURS, Facts
from triage.models import Proposal
from triage.preview import preview_deadlines

NOISE: dict[str, Any] = {
    "behaviours": ["noise"],
    "description": "Drums at 2am",
    "reporter": {"name": "Amina Yusuf"},
}
FIRST_CONTACT = {
    "kind": "initial_contact",
    "due_at": "2026-11-17T23:59:59Z",
    "due_local": "2026-11-17T23:59:59+00:00",
    "basis": "promise",
    "interpretation": False,
    "clause": "4.3 Category B",
    "clause_id": "VV-030",
}


def saved(world: World) -> list[int]:
    """How many rows there are of everything a report could leave behind."""
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        models = (Report, Case, Person, Deadline, Proposal, Event, SentReport, KeptAnswer)
        return [model.objects.count() for model in models]


def test_a_report_opens_a_case_and_says_what_is_promised(partner: PartnerSystem, world: World) -> None:
    taken = partner.sent(**NOISE)
    first, *others = taken.pop("deadlines")
    explanation = first.pop("explanation")
    assert (first, others) == (FIRST_CONTACT, [])
    assert "our reading" in explanation
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        report = Report.objects.latest("id")
        assert taken == {"reference": report.reference, "route": "asb", "level": "b", "team": "neighbourhood"}
        assert (report.channel, report.received_at, report.recorded_by) == (
            "api",
            NOON,
            "Partner system Harrow Council",
        )
        assert report.reporter is not None
        assert report.reporter.name == "Amina Yusuf"


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_the_deadlines_are_those_triage_explains(
    partner: PartnerSystem, world: World, behaviour: str
) -> None:
    taken = partner.sent(**{**NOISE, "behaviours": [behaviour]})
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        report = Report.objects.get(reference=taken["reference"])
        explained = preview_deadlines(
            Decision.from_json(report.decision),
            Facts.model_validate(report.facts),
            policy_of(report.policy),
        )
    assert taken["deadlines"] == [clock.as_json() for clock in explained.clocks]


def test_every_field_is_kept(partner: PartnerSystem, world: World) -> None:
    reporter = {
        "kind": "tenant",
        "name": "Amina Yusuf",
        "phone": "07700 900123",
        "email": "amina@example.org",
    }
    taken = partner.sent(
        behaviours=["harassment_intimidation"],
        description="Followed her home",
        occurred_at="2026-11-15T21:00:00+00:00",
        location="16 Larkspur Court",
        received_at="2026-11-13T16:00:00+00:00",
        channel="partner",
        reporter={**reporter, "address": "14 Larkspur Court", "safe_contact": "text"},
        respondent={"kind": "household", "name": "Dale Pike", "address": "18 Larkspur Court"},
        hate_strands=["religion"],
        risk_of_personal_harm=True,
        clear_victim=None,
    )
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        report = Report.objects.get(reference=taken["reference"])
        person = report.reporter
        assert person is not None
        assert (person.kind, person.phone, person.email, person.address, person.safe_contact) == (
            "tenant",
            "07700 900123",
            "amina@example.org",
            "14 Larkspur Court",
            "text",
        )
        assert report.respondent == {"kind": "household", "name": "Dale Pike", "address": "18 Larkspur Court"}
        assert report.occurred_at == datetime.datetime(2026, 11, 15, 21, tzinfo=datetime.UTC)
        assert (report.location, report.channel) == ("16 Larkspur Court", "partner")
        assert report.late_entry_reason == "Sent by partner system Harrow Council"
        assert (report.facts["hate_perceived"], report.facts["clear_victim"]) == (True, None)
    assert taken["deadlines"][0]["due_at"] == "2026-11-13T23:59:59Z"


def test_a_report_that_waits_for_a_person_says_which_route_is_proposed(partner: PartnerSystem) -> None:
    taken = partner.sent(behaviours=["parking"], reporter={"name": "Amina Yusuf"})
    assert (taken["route"], taken["level"], taken["team"]) == ("not_asb", None, "neighbourhood")
    assert [(one["kind"], one["basis"], one["interpretation"]) for one in taken["deadlines"]] == [
        ("triage_decision", "reminder", True)
    ]


def test_nobody_can_be_promised_contact_where_nobody_is_known(partner: PartnerSystem) -> None:
    assert partner.sent(behaviours=["noise"], anonymous=True)["deadlines"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"behaviours": ["shouting"]}, "behaviours[0]"),
        ({"behaviours": "noise"}, "behaviours"),
        ({"behaviours": ["noise"], "colour": "red"}, "colour"),
        ({"behaviours": ["noise"], "reporter": {"title": "Mrs"}}, "reporter.title"),
        ({"behaviours": ["noise"], "reporter": {"kind": "king"}}, "reporter.kind"),
        ({"behaviours": ["noise"], "reporter": {"email": "nowhere"}}, "reporter.email"),
        ({"behaviours": ["noise"], "reporter": {"safe_contact": "shout"}}, "reporter.safe_contact"),
        ({"behaviours": ["noise"], "respondent": {"kind": "king"}}, "respondent.kind"),
        ({"behaviours": ["noise"], "respondent": "Dale"}, "respondent"),
        ({"behaviours": ["noise"], "channel": "pigeon"}, "channel"),
        ({"behaviours": ["noise"], "hate_strands": ["height"]}, "hate_strands[0]"),
        ({"behaviours": ["noise"], "clear_victim": "yes"}, "clear_victim"),
        ({"behaviours": ["noise"], "clear_victim": 1}, "clear_victim"),
        ({"behaviours": ["noise"], "description": 7}, "description"),
        ({"behaviours": ["noise"], "description": "x" * 10_001}, "description"),
        ({"behaviours": ["noise"], "description": "a\x00b"}, "description"),
        ({"behaviours": ["noise"], "location": "x" * 301}, "location"),
        ({"behaviours": ["noise"], "received_at": "2026-11-16T10:00:00"}, "received_at"),
        ({"behaviours": ["noise"], "received_at": 1763287200}, "received_at"),
        ({"behaviours": ["noise"], "received_at": "2026-11-16T12:00:01Z"}, "received_at"),
        ({"behaviours": ["noise"], "received_at": "2025-11-01T12:00:00Z"}, "received_at"),
        ({"behaviours": ["noise"], "received_at": "0001-01-01T00:00:00+14:00"}, "received_at"),
        ({"behaviours": ["noise"], "occurred_at": "yesterday"}, "occurred_at"),
        ({"behaviours": ["noise"], "occurred_at": "2026-11-17T12:00:00Z"}, "occurred_at"),
        ({"behaviours": ["noise"], "anonymous": True, "reporter": {"name": "Amina"}}, "reporter"),
        ({}, "description"),
        ([], ""),
        ("null", ""),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_saved(
    partner: PartnerSystem, world: World, body: Any, field: str
) -> None:
    before = saved(world)
    errors = errors_of(partner.post(body, key="one"), 400)
    assert [one["field"] for one in errors] == [field]
    assert saved(world) == before


def test_everything_wrong_is_told_at_once(partner: PartnerSystem) -> None:
    errors = errors_of(partner.post({"behaviours": ["shouting"], "colour": "red", "channel": 1}), 400)
    assert sorted(one["field"] for one in errors) == ["behaviours[0]", "channel", "colour"]
    assert {"field": "colour", "message": "This field is not known."} in errors


@pytest.mark.parametrize(
    "body", ["", "{", '{"behaviours": NaN}', '{"description": "\\ud800"}', "[" * 100_000]
)
def test_what_is_not_json_is_refused(partner: PartnerSystem, world: World, body: str) -> None:
    before = saved(world)
    assert len(errors_of(partner.post(body), 400)) == 1
    assert saved(world) == before


def test_another_media_type_is_refused(partner: PartnerSystem, world: World) -> None:
    before = saved(world)
    answer = partner.post("behaviours=noise", content_type="application/x-www-form-urlencoded")
    assert len(errors_of(answer, 415)) == 1
    assert saved(world) == before


def test_a_body_over_a_megabyte_is_refused(partner: PartnerSystem, world: World) -> None:
    before = saved(world)
    answer = partner.post(json.dumps({"description": "x" * 1024 * 1024}))
    assert json.loads(answer.content)["errors"] == [{"field": "", "message": "The body is larger than 1 MB."}]
    assert answer.status_code == 413
    assert saved(world) == before
