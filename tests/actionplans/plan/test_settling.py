"""Sending a plan, and finishing, dropping and giving away its actions."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from actionplans.models import Action, Plan
from actionplans.plan.services import drop_action, finish_action, give_action, mark_plan_sent
from cases.models import Case, Person
from landlords.permissions import Refused, Role
from tests.actionplans.plan.plans import FRIDAY, TUESDAY, agree, everything, ours, theirs
from tests.factories.world import MONDAY, NOON, Side
from timeline.clock import clock_at
from timeline.models import Event

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
GONE = "The plan has changed since. Open it again."
SETTLED = "This action is done or dropped already."


def refused(side: Side, do: Callable[[], object]) -> list[str]:
    """Every reason; and that nothing happened."""
    before = everything(side)
    with pytest.raises(Refused) as caught:
        do()
    assert everything(side) == before
    return caught.value.reasons


def one(side: Side, **changes: Any) -> Action:
    return agree(side, ours(side, "talk"), theirs(), **changes).actions.get(words="talk")


def finish(side: Side, action: Action, **changes: Any) -> Action:
    return finish_action(
        action, **{"outcome": "They will be quieter", "done_at": NOON, "by": side.actor(), **changes}
    )


def send(side: Side, plan: Plan, **changes: Any) -> Plan:
    return mark_plan_sent(plan, **{"how": "post", "sent_at": NOON, "by": side.actor(), **changes})


def give(side: Side, action: Action, **changes: Any) -> Action:
    told = {"owner_id": side.members[Role.MANAGER].pk, "by_date": TUESDAY, "by": side.actor(), **changes}
    return give_action(action, **told)


def close(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(status="closed")


def test_sending_is_recorded_and_meets_the_promise_when_it_was_sent(elsewhere: Side) -> None:
    plan = agree(elsewhere, agreed_at=MONDAY + HOUR)
    sent = send(elsewhere, plan, sent_at=NOON - HOUR / 2)
    assert (sent.sent_at, sent.sent_how) == (NOON - HOUR / 2, "post")
    promise = elsewhere.case.deadlines.get(kind="action_plan")
    assert (promise.state, promise.met_at) == ("met", NOON - HOUR / 2)
    event = Event.objects.get(verb="plan_sent")
    assert (event.payload, event.occurred_at) == (
        {"version": 1, "person_id": elsewhere.complainant.pk, "how": "by post"},
        NOON - HOUR / 2,
    )


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"how": "pigeon"}, ["Choose how the plan was sent."]),
        ({"sent_at": NOON + HOUR}, ["The date and time cannot be in the future."]),
        ({"sent_at": MONDAY}, ["It cannot have been sent before it was agreed."]),
    ],
)
def test_sending_that_cannot_be(elsewhere: Side, changes: dict[str, Any], reasons: list[str]) -> None:
    plan = agree(elsewhere)
    assert refused(elsewhere, lambda: send(elsewhere, plan, **changes)) == reasons


UNSAFE = "Our safety rule: Amina Hawthorn is written to only in the way that is safe for them (letter only)."


def test_a_plan_is_sent_in_an_unsafe_way_only_where_they_asked(elsewhere: Side) -> None:
    plan = agree(elsewhere)
    Person.objects.filter(pk=elsewhere.complainant.pk).update(safe_contact="letter")
    assert refused(elsewhere, lambda: send(elsewhere, plan, how="email")) == [UNSAFE]
    assert send(elsewhere, plan, how="email", asked_this_way=True).sent_how == "email"


def test_a_plan_is_agreed_and_sent_in_an_unsafe_way_only_where_they_asked(elsewhere: Side) -> None:
    Person.objects.filter(pk=elsewhere.complainant.pk).update(safe_contact="letter")
    assert refused(elsewhere, lambda: agree(elsewhere, sent_how="email")) == [UNSAFE]
    assert agree(elsewhere, sent_how="post").sent_how == "post"
    again = agree(elsewhere, why_changed="Why", sent_how="email", asked_this_way=True)
    assert again.sent_how == "email"


@pytest.mark.parametrize("safe", ["call", "text", "email", "letter", "any"])
def test_into_their_own_hands_is_always_safe(elsewhere: Side, safe: str) -> None:
    Person.objects.filter(pk=elsewhere.complainant.pk).update(safe_contact=safe)
    assert agree(elsewhere, sent_how="hand").sent_how == "hand"


def test_sending_recorded_days_later_says_why(elsewhere: Side) -> None:
    plan = agree(elsewhere)
    with clock_at(NOON + 2 * DAY):
        assert refused(elsewhere, lambda: send(elsewhere, plan)) == [
            "This is dated more than a day back: say why it is recorded only now."
        ]
        assert send(elsewhere, plan, late_reason="The network was down").sent_at == NOON


def test_a_version_is_sent_once_and_only_the_newest(elsewhere: Side) -> None:
    first = agree(elsewhere)
    send(elsewhere, first)
    assert refused(elsewhere, lambda: send(elsewhere, first)) == ["This version has been sent already."]
    second = agree(elsewhere, why_changed="Why")
    agree(elsewhere, why_changed="Why")
    assert refused(elsewhere, lambda: send(elsewhere, second)) == ["There is a later version: send that."]


def test_an_action_is_finished_with_what_came_of_it(here: Side) -> None:
    action = finish(here, one(here), done_at=NOON - HOUR, outcome=" They will be quieter ")
    assert (action.done_at, action.outcome, action.settled_by) == (
        NOON - HOUR,
        "They will be quieter",
        "Officer Larkspur",
    )
    assert Event.objects.get(verb="plan_action_done").occurred_at == NOON - HOUR


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"outcome": "  "}, ["Say what came of it."]),
        ({"outcome": "x" * 10_001}, ["The text must be 10000 characters or fewer."]),
        (
            {"outcome": "", "done_at": NOON + HOUR},
            ["The date and time cannot be in the future.", "Say what came of it."],
        ),
        (
            {"done_at": MONDAY - HOUR},
            ["It cannot have been done before the complainant came to this case."],
        ),
    ],
)
def test_finishing_that_cannot_be(here: Side, changes: dict[str, Any], reasons: list[str]) -> None:
    action = one(here)
    assert refused(here, lambda: finish(here, action, **changes)) == reasons


def test_an_action_is_dropped_with_a_reason(here: Side) -> None:
    action = one(here)
    assert refused(here, lambda: drop_action(action, reason=" ", by=here.actor())) == [
        "Say why it is dropped."
    ]
    dropped = drop_action(action, reason="They moved out", by=here.actor())
    assert (dropped.dropped_at, dropped.done_at, dropped.outcome) == (NOON, None, "They moved out")


def test_an_action_is_given_to_somebody_by_a_day(here: Side) -> None:
    action = give(here, one(here))
    assert (action.owner_id, action.by) == (here.members[Role.MANAGER].pk, TUESDAY)
    assert Event.objects.get(verb="plan_action_given").payload == {
        "version": 1,
        "person_id": here.complainant.pk,
        "to": "Manager Larkspur",
        "by": "2026-11-17",
    }


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"owner_id": None}, ["“talk”: choose who does it."]),
        ({"by_date": None}, ["“talk”: say by when."]),
        ({"by_date": datetime.date(2026, 11, 15)}, ["“talk”: the day it is to be done by has passed."]),
        ({"owner_id": 0}, ["“talk”: whoever does it must work here and be able to open this case."]),
    ],
)
def test_giving_that_cannot_be(here: Side, changes: dict[str, Any], reasons: list[str]) -> None:
    action = one(here)
    assert refused(here, lambda: give(here, action, **changes)) == reasons


def test_what_the_complainant_does_is_given_to_nobody(here: Side) -> None:
    action = agree(here, theirs("keep a diary")).actions.get()
    assert refused(here, lambda: give(here, action)) == [
        "This is for the complainant to do. Change the plan with them instead."
    ]


STEPS: list[Callable[[Side, Action], object]] = [
    finish,
    give,
    lambda side, action: drop_action(action, reason="Why", by=side.actor()),
]


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_settled_twice(here: Side, step: Callable[[Side, Action], object]) -> None:
    action = one(here)
    finish(here, action)
    assert refused(here, lambda: step(here, action)) == [SETTLED]


@pytest.mark.parametrize("step", STEPS)
def test_only_the_newest_version_is_worked_on(here: Side, step: Callable[[Side, Action], object]) -> None:
    action = one(here)
    agree(here, why_changed="Why")
    assert refused(here, lambda: step(here, action)) == [GONE]


@pytest.mark.parametrize("step", STEPS)
def test_a_closed_case_stays_as_it_is(here: Side, step: Callable[[Side, Action], object]) -> None:
    action = one(here)
    close(here.case)
    assert refused(here, lambda: step(here, action)) == ["This case is closed. Reopen it first."]


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_roles_without_the_permission_settle_nothing(here: Side, role: Role) -> None:
    plan = agree(here, ours(here, "talk", by=FRIDAY))
    action, by = plan.actions.get(), here.actor(role)
    for do in (
        lambda: finish(here, action, by=by),
        lambda: give(here, action, by=by),
        lambda: drop_action(action, reason="Why", by=by),
        lambda: send(here, plan, by=by),
    ):
        found = refused(here, do)
        assert [reason.rpartition(". ")[0].rpartition(" you ")[2] for reason in found] == [
            "cannot agree an action plan"
        ]
