"""The policy page: what the system goes by, in the landlord's words or as our reading."""

import datetime
from itertools import chain

import pytest
from django.test import Client

from actionplans.tools.schema import ToolsSection
from asbcases.desk.policy_entries import Chapter, Entry
from asbcases.desk.policy_rules import chapters
from cases.gates.schema import ApprovalsSection
from cases.partner_rules import PartnersSection
from cases.schema import DeadlinesSection
from landlords.permissions import Role
from policies.schema import Policy
from riskmatrix.schema import RiskSection
from tests.factories.policies import policy_file
from tests.factories.world import World
from timeline.clock import clock_at
from triage.schema import TriageSection

LANDLORDS = ["believe", "derby-homes", "places-for-people", "plus-dane", "vivid"]
PAGE = "/desk/policy/"
NO_DATE = ("no_time_stated", "when_agreed")


@pytest.fixture(params=LANDLORDS)
def policy(request: pytest.FixtureRequest) -> Policy:
    return policy_file(request.param).policy


def chapter(key: str, found: list[Chapter]) -> tuple[Entry, ...]:
    return next((one.entries for one in found if one.key == key), ())


def test_every_rule_is_shown_once(policy: Policy) -> None:
    triage, found = policy.section(TriageSection), chapters(policy)
    deadlines = policy.section(DeadlinesSection).deadlines
    behaviours = [*triage.behaviours.values(), triage.unknown_behaviour]
    risk, approvals = policy.section(RiskSection).risk, policy.section(ApprovalsSection)
    tools, partners = policy.section(ToolsSection).tools, policy.section(PartnersSection).partners
    sizes = {
        "promises": sum(rule.basis == "promise" and rule.due not in NO_DATE for rule in deadlines),
        "duties": sum(rule.basis == "promise" and rule.due in NO_DATE for rule in deadlines),
        "reminders": sum(rule.basis == "reminder" for rule in deadlines),
        "levels": len(policy.core.levels),
        "behaviours": sum(len(behaviour.outcomes) for behaviour in behaviours),
        "raises": len(triage.raises),
        "scope": len(triage.scope),
        "routes": len(triage.routes),
        "allocation": len(triage.allocation),
        "prompts": len(triage.prompts),
        "risk": len(risk.assessed) + len(risk.consequences) + 2,
        "tools": len(tools.legal.needs) + sum(1 + len(one.told) + len(one.needs) for one in tools.each),
        "approvals": sum(1 + len(rule.needs) for rule in approvals.approvals)
        + len(approvals.notices)
        + bool(approvals.deviation),
        "partners": len(partners.referring) + len(partners.sharing) + len(partners.agencies),
        "teams": len(policy.core.teams) + len(policy.core.positions),
    }
    assert {key: len(chapter(key, found)) for key in sizes} == sizes


def test_whatever_is_ours_says_why_and_the_rest_has_its_clause(policy: Policy) -> None:
    every = list(chain.from_iterable(one.entries for one in chapters(policy)))
    assert [entry for entry in every if entry.ours and not entry.why] == []
    assert [entry for entry in every if not entry.ours and entry.why] == []
    assert [entry for entry in every if entry.own and not entry.clause] == []
    assert [entry for entry in every if not entry.own and not entry.ours] == []


def test_a_promise_counted_from_a_moment_of_ours_is_marked() -> None:
    first, *_ = chapter("promises", chapters(policy_file("vivid").policy))
    assert first == Entry(
        text="Make first contact, by the end of the same working day",
        details=("For: Category A.",),
        clause="4.3 Category A",
        own=True,
        ours=True,
        why="4.3 does not say from when; we count from when VIVID first had the report, and set no cut-off hour",
    )


def test_a_behaviour_says_what_it_leads_to_and_when() -> None:
    entries = chapter("behaviours", chapters(policy_file("vivid").policy))
    noise = [entry for entry in entries if entry.note == "Noise"]
    assert [(entry.title, entry.text, entry.details, entry.clause) for entry in noise] == [
        (
            "Noise nuisance",
            "Not anti-social behaviour",
            ("When: It is neither persistent nor unreasonable.",),
            "4.1 no-action list",
        ),
        ("Noise nuisance", "Category B", ("In every other case.",), "4.3 Category B"),
    ]


@pytest.mark.parametrize("role", Role.values)
def test_every_member_may_read_it(world: World, client: Client, role: str) -> None:
    assert world.here.sign_in(client, role).get(PAGE).status_code == 200


def test_only_our_readings_are_left_where_asked(world: World, client: Client) -> None:
    world.here.sign_in(client)
    every, ours = (client.get(PAGE + query).content.decode() for query in ("", "?show=ours"))
    own_mark, text = '<div class="asb-word__src"><span>4.1 not-ASB list', "Parking issues"
    assert (every.count(own_mark), ours.count(own_mark)) == (4, 1)
    assert (every.count(text), ours.count(text)) == (1, 0)
    assert ours.count("asb-word__why") == ours.count('class="asb-word"')


def test_the_document_says_what_it_is(world: World, client: Client) -> None:
    found = world.here.sign_in(client).get(PAGE).content.decode()
    for words in ("The document prints no date", "every 1 year", "version 1, loaded"):
        assert found.count(words) == 1


@pytest.mark.parametrize(("day", "warned"), [(datetime.date(2027, 6, 30), 0), (datetime.date(2027, 7, 1), 1)])
def test_past_its_review_date_it_says_so(
    world: World, client: Client, day: datetime.date, warned: int
) -> None:
    with clock_at(datetime.datetime.combine(day, datetime.time(12), datetime.UTC)):
        found = world.there.sign_in(client).get(PAGE).content.decode()
    assert found.count("This policy is past its review date.") == warned


def test_each_landlord_sees_its_own(world: World, client: Client) -> None:
    here = world.here.sign_in(client).get(PAGE).content.decode()
    there = world.there.sign_in(Client()).get(PAGE).content.decode()
    assert (here.count("Category A</p>") > 0, there.count("Category A</p>")) == (True, 0)
