"""The confirmed band of a case on My work and in the list of cases, and both narrowed to High."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from cases.choices import PartyRole
from cases.models import Case
from cases.selectors.risk import risk_column, risk_of
from cases.services.categorising import reassign
from cases.services.parties import NewParty, put_on_case
from cases.services.people import Told
from landlords.permissions import Role
from riskmatrix.services import assess_risk
from tests.cases.pages import words
from tests.factories.world import NOON, Side, report
from tests.riskmatrix.answering import HIGH, LOWEST, answers
from timeline.clock import clock_at

BANDS = {"low": LOWEST, "high": HIGH}


def assess(side: Side, band: str, person_id: int | None = None, case: Case | None = None) -> None:
    who = person_id or side.complainant.pk
    given = answers(BANDS[band])
    assess_risk(case or side.case, person_id=who, answers=given, confirmed_band=band, by=side.actor())


def band(case: Case) -> str:
    return risk_of(Case.objects.annotate(risk=risk_column("pk")).get(pk=case.pk))


def test_the_newest_of_each_complainant_counts_and_of_those_the_highest(here: Side) -> None:
    beth = put_on_case(here.case, NewParty(Told(name="Beth"), PartyRole.COMPLAINANT), by=here.actor()).person
    found = [band(here.case)]
    for hours, (level, person) in enumerate(
        [("low", beth.pk), ("high", here.complainant.pk), ("low", here.complainant.pk)], start=1
    ):
        with clock_at(NOON + datetime.timedelta(hours=hours)):
            assess(here, level, person)
            found.append(band(here.case))
    assert found == ["", "low", "high", "low"]
    assert band(here.restricted_case) == ""


def test_a_joined_case_brings_its_risk_along(here: Side) -> None:
    other = report(here, "noise").case
    assert other is not None
    assess(here, "high", other.parties.get(role="complainant").person_id, other)
    Case.objects.filter(pk=other.pk).update(joined_to=here.case)
    assert band(here.case) == "high"


@pytest.fixture
def two_cases(here: Side) -> Case:
    """Both the officer's; the risk of the second is high."""
    other = report(here, "noise").case
    assert other is not None
    for case in (here.case, other):
        reassign(case, owner=here.members[Role.OFFICER], reason="Yours", by=here.actor(Role.MANAGER))
    assess(here, "high", other.parties.get(role="complainant").person_id, other)
    return other


def test_my_work_shows_it_and_is_narrowed_to_it(here: Side, client: Client, two_cases: Case) -> None:
    here.sign_in(client)
    response = client.get(reverse("my-work") + "?risk=high")
    shown = {row["reference"]: row["risk"] for group in response.context["groups"] for row in group["rows"]}
    assert shown == {two_cases.reference: "high"}
    assert "Risk: High" in words(response)
    everything = client.get(reverse("my-work"))
    rows = [row for group in everything.context["groups"] for row in group["rows"]]
    assert {row["reference"]: row["risk"] for row in rows} == {
        two_cases.reference: "high",
        here.case.reference: "",
        here.proposal.report.reference: "",
    }
    counted = sum(number for number in response.context["work"].promises.values())
    assert counted < sum(number for number in everything.context["work"].promises.values())


def test_the_list_of_cases_shows_it_and_is_narrowed_to_it(
    here: Side, client: Client, two_cases: Case
) -> None:
    here.sign_in(client)
    response = client.get(reverse("cases") + "?risk=high")
    assert [(row["case"].pk, row["risk"]) for row in response.context["rows"]] == [(two_cases.pk, "high")]
    assert "Risk: High" in words(response)
    rows = client.get(reverse("cases")).context["rows"]
    assert {row["case"].pk: row["risk"] for row in rows} == {two_cases.pk: "high", here.case.pk: ""}
