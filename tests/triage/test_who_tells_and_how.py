"""Who tells us and by which way changes nothing about what is owed; both are kept."""

import datetime
from typing import Any

import pytest

from cases.choices import PartyRole
from cases.services.people import Told
from policies.checking import POLICY_FILES, policy_paths
from policies.parsing import read_policy
from tests.factories.world import MONDAY, Side
from timeline.actors import system
from triage.engine import decide
from triage.facts import CHANNELS, HATE_STRANDS, Facts
from triage.preview import preview_deadlines
from triage.services import Submission, Submitted, submit_report

LANDLORDS = [path.stem for path in policy_paths(POLICY_FILES)]
DUE = datetime.datetime(2026, 11, 17, 23, 59, 59, tzinfo=datetime.UTC)
"""VIVID, Category B, received on MONDAY: the end of the next working day."""


def sent(*, reporter: Told, complainant: Told | None = None, **facts: Any) -> Submitted:
    known = Facts(received_at=MONDAY, behaviours=("noise",), respondent="tenant", **facts)
    submission = Submission(known, "Music all night", reporter=reporter, complainant=complainant or Told())
    return submit_report(submission, by=system("Tests"))


def parties(submitted: Submitted) -> list[tuple[str, str]]:
    assert submitted.case is not None
    found = submitted.case.parties.exclude(role=PartyRole.RESPONDENT).order_by("role")
    return list(found.values_list("role", "person__name"))


def first_contact(submitted: Submitted) -> tuple[str, datetime.datetime | None]:
    (found,) = (one for one in submitted.deadlines if one.kind == "initial_contact")
    assert found.person is not None
    return found.person.name, found.due_at


@pytest.mark.parametrize("landlord", LANDLORDS)
@pytest.mark.parametrize("channel", CHANNELS)
def test_the_channel_changes_neither_level_nor_date(landlord: str, channel: str) -> None:
    policy = read_policy(POLICY_FILES / f"{landlord}.yaml")
    silent = Facts(received_at=MONDAY, behaviours=("noise",), reporter="tenant", respondent="tenant")
    spoken = silent.model_copy(update={"channel": channel})
    decisions = [decide(facts, policy) for facts in (silent, spoken)]
    assert decisions[0].as_json() == decisions[1].as_json()
    previews = [preview_deadlines(decisions[0], facts, policy) for facts in (silent, spoken)]
    assert previews[0].clocks == previews[1].clocks


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_is_kept_with_the_report(here: Side, channel: str) -> None:
    report = sent(reporter=Told(name="Amina Yusuf"), channel=channel).report
    report.refresh_from_db()
    assert report.channel == channel


def test_somebody_speaking_for_another_is_kept_apart_from_them(here: Side) -> None:
    councillor, resident = Told(name="Councillor Oakes"), Told(name="Amina Yusuf")
    submitted = sent(reporter=councillor, complainant=resident, channel="councillor_or_mp")
    assert parties(submitted) == [("complainant", "Amina Yusuf"), ("reporter", "Councillor Oakes")]
    assert first_contact(submitted) == ("Amina Yusuf", DUE)


def test_an_agency_that_names_nobody_is_answered_itself(here: Side) -> None:
    police = Told(name="Harrowmere Police", kind="agency")
    submitted = sent(reporter=police, channel="partner")
    assert first_contact(submitted) == ("Harrowmere Police", DUE)


def test_how_a_person_can_be_reached_is_kept(here: Side) -> None:
    told = Told(name="Amina Yusuf", safe_contact="text", safe_contact_note="After 6pm", needs="Large print")
    person = sent(reporter=told).report.reporter
    assert person is not None
    person.refresh_from_db()
    assert (person.safe_contact, person.safe_contact_note, person.needs) == (
        "text",
        "After 6pm",
        "Large print",
    )


@pytest.mark.parametrize("strand", HATE_STRANDS)
def test_the_strands_of_hate_are_kept_on_the_case(here: Side, strand: str) -> None:
    case = sent(reporter=Told(name="Amina Yusuf"), hate_strands=(strand,)).case
    assert case is not None
    case.refresh_from_db()
    assert (case.hate, case.hate_strands, case.level) == (True, [strand], "a")
