"""GET a report or a case: what has become of it, and nothing a partner must not know."""

import json
from typing import Any

import pytest
from django.db import transaction

from cases.models import Case, Report
from cases.services.joining import join_cases
from landlords.models import ApiToken
from landlords.permissions import Role
from tests.api.partners import REPORTS, PartnerSystem, errors_of, token_for
from tests.factories.world import NOON, Side, World
from timeline.scope import landlord_scope
from triage.models import Proposal
from triage.services import decide_report

NOISE: dict[str, Any] = {
    "behaviours": ["noise"],
    "description": "Drums at 2am",
    "reporter": {"name": "Amina Yusuf"},
}
CASES = "/api/v1/cases/"


def told(partner: PartnerSystem, address: str) -> dict[str, Any]:
    answer = partner.get(address)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found


def case_of(side: Side, reference: str) -> Case:
    return Case.objects.get(incidents__report__reference=reference)


def test_a_report_is_followed_by_its_own_reference(partner: PartnerSystem) -> None:
    taken = partner.sent(**NOISE)
    followed = told(partner, f"{REPORTS}{taken['reference']}/")
    assert followed == {
        "reference": taken["reference"],
        "received_at": "2026-11-16T12:00:00Z",
        "state": "new",
        "case": {"state": "new"},
        "deadlines": [{**one, "met_at": None, "breached_at": None} for one in taken["deadlines"]],
        "incidents": [
            {
                "behaviours": ["noise"],
                "description": "Drums at 2am",
                "occurred_at": None,
                "location": "",
                "recorded_at": "2026-11-16T12:00:00Z",
            }
        ],
    }


def test_a_reference_may_be_typed_as_people_type_it(partner: PartnerSystem) -> None:
    reference = partner.sent(**NOISE)["reference"]
    typed = reference.lower().replace("-", "")
    assert told(partner, f"{REPORTS}{typed}/")["reference"] == reference


def test_a_waiting_report_says_only_that(partner: PartnerSystem, world: World) -> None:
    reference = partner.sent(behaviours=["parking"], reporter={"name": "Amina Yusuf"})["reference"]
    followed = told(partner, f"{REPORTS}{reference}/")
    assert (followed["state"], followed["case"], followed["incidents"]) == ("waiting", None, [])
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        proposal = Proposal.objects.get(report__reference=reference)
        decide_report(proposal, route="not_asb", reason="Parking", by=world.here.actor(Role.MANAGER))
    followed = told(partner, f"{REPORTS}{reference}/")
    assert (followed["state"], followed["case"]) == ("not_taken_on", None)


def test_a_joined_report_never_tells_of_the_older_case(partner: PartnerSystem, world: World) -> None:
    taken = partner.sent(**NOISE)
    side = world.here
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        newer = case_of(side, taken["reference"])
        join_cases(newer, side.case, reason="The same drums", by=side.actor())
    answer = partner.get(f"{REPORTS}{taken['reference']}/").content.decode()
    followed = json.loads(answer)
    assert [one["description"] for one in followed["incidents"]] == ["Drums at 2am"]
    assert [(one["kind"], one["due_at"]) for one in followed["deadlines"]] == [
        ("initial_contact", "2026-11-17T23:59:59Z")
    ]
    for secret in (side.case.reference, side.submitted.report.reference, newer.reference, side.canary):
        assert secret not in answer


def test_a_case_is_read_with_everything_on_it(partner: PartnerSystem, world: World) -> None:
    case = world.here.case
    found = told(partner, f"{CASES}{case.reference}/")
    incidents, deadlines = found.pop("incidents"), found.pop("deadlines")
    assert found == {
        "reference": case.reference,
        "state": "new",
        "route": "asb",
        "level": "b",
        "level_label": "Category B",
        "team": "neighbourhood",
        "opened_at": "2026-11-16T10:00:00Z",
        "closed_at": None,
    }
    assert [one["behaviours"] for one in incidents] == [["noise"]]
    assert [one["kind"] for one in deadlines] == ["initial_contact"]


def test_a_case_names_nobody(partner: PartnerSystem, world: World) -> None:
    answer = partner.get(f"{CASES}{world.here.case.reference}/").content.decode()
    for name in ("Amina", "Dale", "07700 900123"):
        assert name not in answer


@pytest.mark.parametrize("address", [REPORTS, CASES])
def test_another_landlords_reference_is_not_there(
    partner: PartnerSystem, stranger: PartnerSystem, world: World, address: str
) -> None:
    side = world.here
    reference = side.submitted.report.reference if address == REPORTS else side.case.reference
    assert partner.get(f"{address}{reference}/").status_code == 200
    refused = stranger.get(f"{address}{reference}/")
    unknown = stranger.get(f"{address}VV-00000-00000/")
    assert errors_of(refused, 404) == errors_of(unknown, 404)
    assert refused.content == unknown.content


@pytest.mark.parametrize("reference", ["x", "VV-00000-00000", "%00", "VV-7K4M2-QX9R%00", "é" * 12])
@pytest.mark.parametrize("address", [REPORTS, CASES])
def test_a_reference_of_nothing_is_not_there(partner: PartnerSystem, address: str, reference: str) -> None:
    assert len(errors_of(partner.get(f"{address}{reference}/"), 404)) == 1


def test_a_restricted_case_is_not_there(partner: PartnerSystem, world: World) -> None:
    side = world.here
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        report = Report.objects.get(incident__case=side.restricted_case)
    for address in (f"{CASES}{side.restricted_case.reference}/", f"{REPORTS}{report.reference}/"):
        answer = partner.get(address)
        assert len(errors_of(answer, 404)) == 1


def test_a_restricted_waiting_report_is_not_there(partner: PartnerSystem, world: World) -> None:
    other = PartnerSystem(token_for(world.here, name="Police"))
    taken = partner.sent(behaviours=["domestic_abuse"], reporter={"name": "Amina Yusuf"})
    assert partner.get(f"{REPORTS}{taken['reference']}/").status_code == 200
    assert other.get(f"{REPORTS}{taken['reference']}/").status_code == 404


def test_a_partner_reads_the_restricted_case_it_reported_itself(partner: PartnerSystem, world: World) -> None:
    side = world.here
    taken = partner.sent(behaviours=["domestic_abuse"], reporter={"name": "Amina Yusuf"})
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        case = case_of(side, taken["reference"])
    other = PartnerSystem(token_for(side, name="Police"))
    assert told(partner, f"{CASES}{case.reference}/")["reference"] == case.reference
    assert other.get(f"{CASES}{case.reference}/").status_code == 404


def test_a_restricted_case_with_others_reports_is_not_there(partner: PartnerSystem, world: World) -> None:
    side = world.here
    taken = partner.sent(behaviours=["domestic_abuse"], reporter={"name": "Amina Yusuf"})
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        older = side.restricted_case
        join_cases(
            case_of(side, taken["reference"]), older, reason="The same home", by=side.actor(Role.MANAGER)
        )
    assert partner.get(f"{CASES}{older.reference}/").status_code == 404
    assert told(partner, f"{REPORTS}{taken['reference']}/")["state"] == older.status


def test_a_token_that_only_writes_follows_its_own_reports_alone(world: World) -> None:
    writer = PartnerSystem(token_for(world.here, "reports:write"))
    own = writer.sent(**NOISE)["reference"]
    assert told(writer, f"{REPORTS}{own}/")["reference"] == own
    others = writer.get(f"{REPORTS}{world.here.submitted.report.reference}/")
    unknown = writer.get(f"{REPORTS}VV-00000-00000/")
    assert errors_of(others, 403) == errors_of(unknown, 403)
    assert errors_of(writer.get(f"{CASES}{world.here.case.reference}/"), 403) == [
        {"field": "", "message": "This token does not have the scope cases:read."}
    ]


def test_a_token_that_only_reads_sends_nothing(world: World) -> None:
    reader = PartnerSystem(token_for(world.here, "cases:read"))
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        before = Report.objects.count()
    assert errors_of(reader.post(NOISE), 403) == [
        {"field": "", "message": "This token does not have the scope reports:write."}
    ]
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        assert Report.objects.count() == before


@pytest.mark.parametrize("token", ["", "nonsense"])
def test_a_token_nobody_gave_out_opens_nothing(world: World, token: str) -> None:
    answer = PartnerSystem(token).get(f"{CASES}{world.here.case.reference}/")
    assert len(errors_of(answer, 401)) == 1
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_withdrawn_token_bites_at_once(partner: PartnerSystem, world: World) -> None:
    address = f"{CASES}{world.here.case.reference}/"
    assert partner.get(address).status_code == 200
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        ApiToken.objects.update(revoked_at=NOON)
    assert partner.get(address).status_code == 401
