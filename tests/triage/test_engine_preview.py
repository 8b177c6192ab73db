"""The clocks a decision starts on receipt."""

from datetime import UTC, datetime
from typing import Any

import pytest

from policies.calendars import OutsideCalendar
from policies.schema import Policy
from tests.triage.small_policies import CLAUSE, DEADLINES, OURS, small_policy
from tests.triage.test_engine import PRIVATE, RECEIVED
from triage.engine import decide
from triage.facts import Facts
from triage.preview import Preview, first_promise, preview_deadlines, starting_rules

SENT_AWAY: dict[str, Any] = {"respondent": "private"}
PLAN: dict[str, Any] = {
    "kind": "action_plan", "label": "Agree a plan", "due": "within_working_days:1",
    "met_by": "action_plan_agreed", **CLAUSE,
}  # fmt: skip
DECIDE: dict[str, Any] = {
    "kind": "triage_decision", "label": "Decide", "due": "end_of_next_working_day",
    "met_by": "decision_recorded", "routes": ["refer", "asb"], **OURS,
}  # fmt: skip


def preview(policy: Policy, received: datetime = RECEIVED, **facts: Any) -> Preview:
    found = Facts(**{"received_at": received, "behaviours": ("noise",), **facts})
    return preview_deadlines(decide(found, policy), found, policy)


def kinds(found: Preview) -> list[list[str]]:
    return [
        [clock.rule.kind for clock in found.clocks],
        [rule.kind for rule in found.undated],
        [rule.kind for rule in found.impossible],
    ]


def test_a_clock_says_when_by_what_right_and_how_it_was_counted() -> None:
    (clock,) = preview(small_policy()).clocks
    assert clock.as_json() == {
        "kind": "initial_contact",
        "due_at": "2026-11-27T23:59:59Z",
        "due_local": "2026-11-27T23:59:59+00:00",
        "basis": "promise",
        "interpretation": False,
        "clause": "1",
        "clause_id": "SM-001",
        "explanation": "5 working days from Fri 20 Nov 2026; skipped weekends",
    }


def test_the_local_time_carries_its_offset_in_summer() -> None:
    (clock,) = preview(small_policy(), datetime(2026, 7, 20, 10, 0, tzinfo=UTC)).clocks
    found = clock.as_json()
    assert (found["due_at"], found["due_local"]) == ("2026-07-27T22:59:59Z", "2026-07-27T23:59:59+01:00")


def test_a_start_that_is_our_reading_says_so() -> None:
    policy = small_policy(deadlines=[DEADLINES[0], {**DEADLINES[1], "start_why": "it names no start"}])
    (clock,) = preview(policy).clocks
    assert clock.explanation == (
        "5 working days from Fri 20 Nov 2026; skipped weekends. "
        "Counted from receipt by our reading: it names no start"
    )


def test_clocks_are_sorted_by_due_then_kind_and_reminders_are_among_them() -> None:
    risk = {
        **PLAN,
        "kind": "risk_assessment",
        "met_by": "risk_assessment_completed",
        "due": DEADLINES[1]["due"],
    }
    found = preview(small_policy(deadlines=[*DEADLINES, risk, DECIDE, PLAN]))
    assert [(clock.rule.kind, clock.rule.basis) for clock in found.clocks] == [
        ("action_plan", "promise"),
        ("triage_decision", "reminder"),
        ("initial_contact", "promise"),
        ("risk_assessment", "promise"),
    ]


def test_the_landlords_day_may_end_before_midnight() -> None:
    (clock,) = preview(small_policy(core={"day_ends": "17:00:00"})).clocks
    assert clock.as_json()["due_at"] == "2026-11-27T17:00:00Z"


def test_duties_without_a_time_stand_apart() -> None:
    risk = {**PLAN, "kind": "risk_assessment", "met_by": "risk_assessment_completed", "due": "no_time_stated"}
    found = preview(small_policy(deadlines=[*DEADLINES, risk, {**PLAN, "due": "when_agreed"}]))
    assert kinds(found) == [["initial_contact"], ["risk_assessment", "action_plan"], []]


def test_what_starts_later_is_not_shown() -> None:
    later = {**PLAN, "start": "first_contact"}
    opened = {
        **PLAN,
        "kind": "resolution",
        "met_by": "case_closed",
        "start": "opened",
        "due": "within_calendar_days:90",
    }
    assert kinds(preview(small_policy(deadlines=[*DEADLINES, later, opened])))[0] == [
        "initial_contact", "resolution",
    ]  # fmt: skip


def test_nobody_can_be_contacted_who_is_not_known() -> None:
    closing = {**PLAN, "kind": "resolution", "met_by": "case_closed"}
    policy = small_policy(deadlines=[*DEADLINES, PLAN, closing])
    assert kinds(preview(policy, anonymous=True)) == [["resolution"], [], ["initial_contact", "action_plan"]]
    assert kinds(preview(policy, anonymous=False)) == [
        ["action_plan", "resolution", "initial_contact"],
        [],
        [],
    ]


def test_a_proposal_starts_reminders_and_no_promise() -> None:
    promise = {**DECIDE, "kind": "acknowledgement", "interpretation": False, "clause": "2"}
    policy = small_policy(scope=[PRIVATE], deadlines=[*DEADLINES, DECIDE, promise])
    assert kinds(preview(policy, **SENT_AWAY)) == [["triage_decision"], [], []]
    assert kinds(preview(policy))[0] == ["acknowledgement", "triage_decision", "initial_contact"]


def test_domestic_abuse_may_have_clocks_of_its_own() -> None:
    referral = {
        **PLAN, "kind": "domestic_abuse_referral", "met_by": "referral_made", "only_domestic_abuse": True,
    }  # fmt: skip
    policy = small_policy(deadlines=[*DEADLINES, referral])
    assert kinds(preview(policy))[0] == ["initial_contact"]
    both = kinds(preview(policy, behaviours=("noise", "domestic_abuse")))
    assert both[0] == ["domestic_abuse_referral", "initial_contact"]


def test_no_date_is_guessed_past_the_calendar() -> None:
    with pytest.raises(OutsideCalendar):
        preview(small_policy(), datetime(2035, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("deadlines", "expected"),
    [
        ([*DEADLINES, PLAN], datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)),
        ([*DEADLINES, {**PLAN, "due": "no_time_stated"}], datetime(2026, 11, 27, 23, 59, 59, tzinfo=UTC)),
        ([{**rule, **OURS} for rule in DEADLINES], None),
    ],
)
def test_the_first_promise_counts_no_reminder_and_nothing_undated(
    deadlines: list[dict[str, Any]], expected: datetime | None
) -> None:
    policy = small_policy(deadlines=deadlines)
    rules = starting_rules("asb", "low", "everyday", policy, domestic_abuse=False)
    assert first_promise(rules, RECEIVED, policy) == expected
