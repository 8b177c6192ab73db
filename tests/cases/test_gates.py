"""The engine of gates and the checks of the case file, one at a time."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from cases.gates.engine import GateRefused, Looked, Reason, Step, case_gates, check_gates, look
from cases.gates.schema import ApprovalsSection, Circumstances, Requirement
from cases.gates.steps import steps_of
from cases.models import Case
from cases.services.approving import give_notice, set_aside
from policies.problems import Problem
from policies.schema import Policy
from tests.factories.desk import Desk, desks, later
from tests.factories.world import NOON
from tests.golden.conftest import policy_of

CLAUSE = {"clause": "1", "clause_id": "XX-1"}
OURS = {"interpretation": True, "why": "We think so"}


@pytest.fixture(name="desk")
def _desk(db: None) -> Iterator[Desk]:
    with desks() as opened:
        yield opened("places-for-people")


def need(**changes: Any) -> Requirement:
    given = {"need": "detail", "of": "told", "text": "Say it.", "done": "It is said.", **CLAUSE, **changes}
    return Requirement.model_validate(given)


def step(desk: Desk, key: str = "tool:injunction", **details: bool | str) -> Step:
    return Step(key, Case.objects.get(pk=desk.case.pk), desk.policy, desk.actor(), NOON, details)


def texts(reasons: list[Reason]) -> list[str]:
    return [reason.text for reason in reasons]


def stood(looked: Looked) -> tuple[list[str], list[str], list[str]]:
    return texts(looked.unmet), texts(looked.reminders), texts(looked.met)


@pytest.mark.parametrize(
    ("value", "given", "met"),
    [
        (None, {}, False),
        (None, {"told": ""}, False),
        (None, {"told": "  "}, False),
        (None, {"told": "yes"}, True),
        (None, {"told": False}, True),
        (True, {"told": True}, True),
        (True, {"told": False}, False),
        (True, {}, False),
        (False, {"told": False}, True),
        (False, {}, False),
        ("A", {"told": "A"}, True),
        ("A", {"told": "B"}, False),
    ],
)
def test_an_unanswered_question_is_never_met(
    desk: Desk, value: bool | str | None, given: dict[str, Any], met: bool
) -> None:
    assert stood(look(step(desk, **given), [need(value=value)])) == (
        ([], [], ["It is said."]) if met else (["Say it."], [], [])
    )


def test_only_a_clause_refuses(desk: Desk) -> None:
    reading = need(clause=None, clause_id=None, text="Think.", **OURS)
    with pytest.raises(GateRefused) as refusal:
        check_gates(step(desk), [need(), reading])
    assert (refusal.value.reasons, texts(refusal.value.looked.reminders)) == (["Say it. (1)"], ["Think."])
    assert stood(check_gates(step(desk), [reading])) == ([], ["Think."], [])


def test_our_own_rule_refuses_in_our_own_name_and_is_never_waived(desk: Desk) -> None:
    ours = Reason("It is not safe.", met=False, ours=True)
    why = {"reasons": "x", "why_proportionate": "x"}
    set_aside(desk.case, step="tool:injunction", by=desk.actor("csam"), **why)
    looked = look(step(desk), [need(), need(text="Stays.", never_waived=True)], [ours])
    assert stood(looked) == (["It is not safe.", "Stays."], [], ["Say it."])
    assert [one.waived for one in looked.met] == [True]


def test_a_deviation_is_for_one_step_of_one_case_from_its_moment_on(desk: Desk) -> None:
    why = {"reasons": "x", "why_proportionate": "x"}
    set_aside(desk.case, step="tool:injunction", by=desk.actor("csam"), **why)
    before = Step("tool:injunction", desk.case, desk.policy, desk.actor(), later(seconds=-1))
    assert [
        len(look(one, [need()]).unmet) for one in (step(desk), step(desk, "tool:possession"), before)
    ] == [0, 1, 1]


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ({}, True),
        ({"levels": ["chm"]}, True),
        ({"levels": ["tem"]}, False),
        ({"teams": ["community_housing"]}, True),
        ({"teams": ["living_plus"]}, False),
        ({"behaviours": ["noise", "arson"]}, True),
        ({"behaviours": ["arson"]}, False),
        ({"unless_behaviours": ["noise"]}, False),
        ({"unless_behaviours": ["arson"]}, True),
        ({"domestic_abuse": False}, True),
        ({"domestic_abuse": True}, False),
        ({"details": {"other": True}}, False),
        ({"details": {"known": True}}, True),
        ({"details": {"known": False}}, False),
        ({"levels": ["chm"], "behaviours": ["arson"]}, False),
    ],
)
def test_a_requirement_holds_where_it_says(desk: Desk, when: dict[str, Any], holds: bool) -> None:
    requirement = need(when=Circumstances.model_validate(when))
    assert bool(look(step(desk, known=True), [requirement]).unmet) is holds


def test_who_manages_a_case_is_its_team_and_the_position_of_its_officer(desk: Desk) -> None:
    with_tem = need(need="managed_by", of=None, by=["tem"])
    with_team = need(need="managed_by", of="tenancy_enforcement")

    def met() -> list[bool]:
        return [bool(look(step(desk), [one]).met) for one in (with_tem, with_team)]

    assert met() == [False, False]
    desk.give_to("chm")
    assert met() == [False, False]
    desk.give_to("tem")
    assert met() == [True, False]
    desk.give_to("chm", "tenancy_enforcement")
    assert met() == [False, True]


def test_a_notice_counts_for_its_subject_way_and_time(db: None) -> None:
    with desks() as opened:
        desk = opened("believe")
        wanted = need(need="notice", of="noise_equipment", how=["written"])

        def met(at: datetime.datetime) -> bool:
            found = Case.objects.get(pk=desk.case.pk)
            return bool(look(Step("x", found, desk.policy, desk.actor(), at), [wanted]).met)

        given: dict[str, Any] = {
            "of": "noise_equipment",
            "given_at": NOON,
            "summary": "x",
            "by": desk.actor(),
        }
        give_notice(desk.case, person_id=desk.person(), how="spoken", **given)
        assert met(NOON) is False
        give_notice(desk.case, person_id=desk.person("complainant"), how="written", **given)
        assert [met(NOON), met(later(seconds=-1))] == [True, False]
        to_respondents = wanted.model_copy(update={"to": "respondents"})
        looked = look(Step("x", desk.case, desk.policy, desk.actor(), NOON), [to_respondents])
        assert [(one.words, one.page, one.page_key) for one in looked.unmet] == [
            ("not told in writing", "give-notice", "noise_equipment")
        ]


@pytest.mark.parametrize("landlord", ["plus-dane", "derby-homes", "believe", "places-for-people", "vivid"])
def test_every_step_has_a_key_of_its_own_and_needs_that_are_checked(landlord: str) -> None:
    steps = list(steps_of(policy_of(landlord)))
    assert len({one.key for one in steps}) == len(steps)
    assert {one.need for each in steps for one in each.needs} - set(case_gates) == set()


def section(**parts: Any) -> list[Problem]:
    policy: Policy = policy_of("places-for-people")
    return list(ApprovalsSection.model_validate(parts).problems(policy))


RULE = {"key": "go", "label": "Go", "question": "Go?", "clause": "1"}


@pytest.mark.parametrize(
    ("parts", "paths"),
    [
        ({"approvals": [RULE]}, []),
        ({"approvals": [RULE, RULE]}, ["approvals[0].key", "approvals[1].key"]),
        ({"approvals": [{**RULE, "by": ["king"]}]}, ["approvals[0].by"]),
        ({"approvals": [{**RULE, "by_team": {"nobody": ["am"]}}]}, ["approvals[0].by_team"]),
        (
            {"approvals": [{**RULE, "by_team": {"living_plus": ["king"]}}]},
            ["approvals[0].by_team.living_plus"],
        ),
        ({"deviation": {"text": "x", "clause": "1", "by": ["king"]}}, ["deviation.by"]),
        (
            {"approvals": [{**RULE, "needs": [{"need": "magic", "text": "x", "clause": "1"}]}]},
            ["approvals[0].needs[0].need"],
        ),
        *(
            (
                {
                    "approvals": [
                        {**RULE, "needs": [{"need": kind, "of": "nothing", "text": "x", "clause": "1"}]}
                    ]
                },
                ["approvals[0].needs[0].of"],
            )
            for kind in ("approval", "notice", "decision")
        ),
    ],
)
def test_a_mistake_in_the_policy_is_found(parts: dict[str, Any], paths: list[str]) -> None:
    assert [problem.path for problem in section(**parts)] == paths
