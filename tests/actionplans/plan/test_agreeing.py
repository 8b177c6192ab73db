"""Agreeing a plan and changing it: versions, what is carried on, and what refuses."""

import datetime
from typing import Any

import pytest

from actionplans.models import Action, Plan
from actionplans.plan.checking import ActionDetails
from actionplans.plan.selectors import newest_plan
from cases.choices import PartyRole
from cases.models import Party
from landlords.permissions import Refused, Role
from tests.actionplans.plan.plans import (
    FRIDAY,
    TUESDAY,
    agree,
    everything,
    inside,
    ours,
    respondent,
    support,
    theirs,
)
from tests.factories.world import MONDAY, NOON, Side, World
from timeline.clock import clock_at
from timeline.models import Event, EventText

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


def refused(side: Side, *actions: ActionDetails, **changes: Any) -> list[str]:
    """Every reason; and that nothing happened."""
    before = everything(side)
    with pytest.raises(Refused) as caught:
        agree(side, *actions, **changes)
    assert everything(side) == before
    return caught.value.reasons


def test_a_plan_is_version_one_with_its_actions(here: Side) -> None:
    plan = agree(here)
    assert (plan.version, plan.contact_every_days, plan.agreed_at, plan.recorded_by, plan.sent_at) == (
        1,
        7,
        NOON,
        "Officer Larkspur",
        None,
    )
    officer = here.members[Role.OFFICER].pk
    assert list(plan.actions.order_by("pk").values_list("who", "words", "item", "owner_id", "by")) == [
        ("landlord", "interview the alleged perpetrator(s)", "", officer, FRIDAY),
        ("complainant", "For you to contact us for any extra support or advice", "", None, None),
        ("landlord", "make a support referral to Victim Support", "support_referral", officer, FRIDAY),
    ]


def test_the_record_names_the_version_and_keeps_the_words_apart(here: Side) -> None:
    plan = agree(here, ours(here))
    event = Event.objects.get(verb="plan_agreed")
    assert (event.payload, event.subject_id, event.occurred_at) == (
        {"version": 1, "person_id": here.complainant.pk},
        plan.pk,
        NOON,
    )
    assert EventText.objects.get(event=event).text == "– interview the alleged perpetrator(s)"


def test_unfinished_actions_are_carried_on_and_settled_ones_are_not(here: Side) -> None:
    first = agree(here, ours(here, "first"), ours(here, "second"), theirs("third"))
    first.actions.filter(words="second").update(done_at=NOON, settled_by="Officer", outcome="Done so")
    second = agree(here, ours(here, "fourth"), why_changed="The noise goes on")
    assert (second.version, second.why_changed) == (2, "The noise goes on")
    assert sorted(second.actions.values_list("words", flat=True)) == ["first", "fourth", "third"]
    assert sorted(first.actions.values_list("words", flat=True)) == ["first", "second", "third"]


def test_an_action_is_dropped_only_with_a_reason_and_stays_on_its_version(here: Side) -> None:
    first = agree(here, ours(here, "first"), ours(here, "second"))
    gone = first.actions.get(words="first")
    assert refused(here, why_changed="Why", dropped={gone.pk: " "}) == ["“first”: say why it is dropped."]
    second = agree(here, theirs("third"), why_changed="Why", dropped={gone.pk: "They moved out"})
    assert sorted(second.actions.values_list("words", flat=True)) == ["second", "third"]
    gone.refresh_from_db()
    assert (gone.dropped_at, gone.outcome, gone.settled_by) == (NOON, "They moved out", "Officer Larkspur")


def test_carrying_on_alone_is_a_plan_that_was_gone_through_again(here: Side) -> None:
    agree(here, ours(here, "first"))
    second = agree(here, actions=(), why_changed="Looked at after the incident: nothing changes")
    assert list(second.actions.values_list("words", flat=True)) == ["first"]


def test_only_what_is_unfinished_in_the_version_before_can_be_dropped(here: Side) -> None:
    first = agree(here, ours(here, "first"))
    key = first.actions.get().pk
    agree(here, why_changed="Why", dropped={key: "No need"})
    assert refused(here, why_changed="Why", dropped={key: "Again"}) == [
        "An action to be dropped is no longer unfinished. Open the plan again."
    ]


def test_every_reason_is_told_at_once(here: Side) -> None:
    late = ActionDetails("landlord", "x" * 501, by=datetime.date(2026, 11, 15))
    assert refused(
        here, late, theirs(" "), contact_every_days=0, agreed_at=NOON + HOUR, sent_how="pigeon"
    ) == [
        "The days between contacts must be from 1 to 365.",
        f"“{'x' * 79}…”: the words of an action must be 500 characters or fewer.",
        f"“{'x' * 79}…”: choose who does it.",
        f"“{'x' * 79}…”: the day it is to be done by has passed.",
        "An action has no words: say what is done.",
        "The date and time cannot be in the future.",
        "Choose how the plan was sent.",
    ]


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"owner_id": None}, ["“interview the alleged perpetrator(s)”: choose who does it."]),
        ({"by": None}, ["“interview the alleged perpetrator(s)”: say by when."]),
        (
            {"owner_id": 0},
            [
                "“interview the alleged perpetrator(s)”:"
                " whoever does it must work here and be able to open this case."
            ],
        ),
        (
            {"who": "nobody"},
            ["“interview the alleged perpetrator(s)”: say whose it is, the complainant's or ours."],
        ),
    ],
)
def test_an_action_of_ours_has_somebody_and_a_day(
    here: Side, changes: dict[str, Any], reasons: list[str]
) -> None:
    assert refused(here, ours(here, **changes)) == reasons


def test_today_is_not_past_and_500_characters_are_not_too_many(here: Side) -> None:
    plan = agree(here, ours(here, "x" * 500, by=NOON.date()))
    assert plan.actions.get().words == "x" * 500


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_does_not_work_on_cases_can_own_no_action(here: Side, role: Role) -> None:
    found = refused(here, ours(here, "talk", owner_id=here.members[role].pk))
    assert found == ["“talk”: whoever does it must work here and be able to open this case."]


def test_on_a_restricted_case_only_who_may_open_it_owns_an_action(world: World) -> None:
    here = world.here
    with inside(here):
        person = here.restricted_case.parties.get(role="complainant").person_id
        manager = here.actor(Role.MANAGER)
        told: dict[str, Any] = {"case": here.restricted_case, "person_id": person, "by": manager}
        with pytest.raises(Refused) as caught:
            agree(here, ours(here, "talk"), **told)
        assert caught.value.reasons == [
            "“talk”: whoever does it must work here and be able to open this case."
        ]
        assert Plan.objects.count() == 0
        plan = agree(here, ours(here, "talk", owner_id=here.members[Role.MANAGER].pk), **told)
        assert plan.actions.get().words == "talk"


def test_no_action_is_no_plan(here: Side) -> None:
    assert refused(here, actions=()) == ["The plan has no action: say what each of you does."]


def test_a_plan_is_made_with_nobody_on_the_other_side(here: Side) -> None:
    person = respondent(here)
    words = f"{person.name} is an alleged perpetrator on this case: no complainant's plan is made with them."
    assert refused(here, person_id=person.pk) == [words]
    Party.objects.create(
        landlord_id=here.landlord.pk, case=here.case, person=person, role=PartyRole.COMPLAINANT, since=NOON
    )
    assert refused(here, person_id=person.pk) == [words]


def test_nobody_but_a_complainant_of_the_case_has_a_plan(here: Side) -> None:
    stranger = here.restricted_case.parties.get(role="complainant").person_id
    assert refused(here, person_id=stranger) == ["Choose a complainant of this case."]


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_roles_without_the_permission_agree_nothing(here: Side, role: Role) -> None:
    found = refused(here, by=here.actor(role))
    assert [
        reason.endswith("Ask a colleague who can, or your landlord administrator.") for reason in found
    ] == [True]


def test_a_closed_case_has_no_new_plan(here: Side) -> None:
    type(here.case).objects.filter(pk=here.case.pk).update(status="closed")
    assert refused(here) == ["This case is closed. Reopen it first."]


@pytest.mark.parametrize(
    ("agreed_at", "late_reason", "reasons"),
    [
        (MONDAY, "", []),
        (MONDAY - HOUR, "", ["It cannot have been agreed before the complainant came to this case."]),
        (NOON + HOUR, "", ["The date and time cannot be in the future."]),
    ],
)
def test_when_a_plan_can_have_been_agreed(
    here: Side, agreed_at: datetime.datetime, late_reason: str, reasons: list[str]
) -> None:
    if reasons:
        assert refused(here, agreed_at=agreed_at, late_reason=late_reason) == reasons
    else:
        assert agree(here, agreed_at=agreed_at, late_reason=late_reason).agreed_at == agreed_at


def test_more_than_a_day_back_needs_a_reason(here: Side) -> None:
    with clock_at(NOON + DAY):
        assert agree(here, agreed_at=NOON).agreed_at == NOON
    with clock_at(NOON + DAY + HOUR):
        told: dict[str, Any] = {"agreed_at": NOON, "why_changed": "Why"}
        assert refused(here, **told) == [
            "This is dated more than a day back: say why it is recorded only now."
        ]
        assert agree(here, **told, late_reason="The network was down").version == 2


def test_versions_follow_each_other_in_time(here: Side) -> None:
    agree(here, agreed_at=NOON)
    assert refused(here, agreed_at=NOON - HOUR, why_changed="Why") == [
        "It cannot have been agreed before version 1."
    ]


def test_a_change_says_why(here: Side) -> None:
    agree(here)
    assert refused(here) == ["Say why the plan changes."]
    assert refused(here, why_changed="x" * 501) == ["Why the plan changes must be 500 characters or fewer."]


def test_each_complainant_has_plans_of_their_own(here: Side) -> None:
    agree(here)
    other = here.restricted_case.parties.get(role="complainant").person
    Party.objects.create(
        landlord_id=here.landlord.pk, case=here.case, person=other, role=PartyRole.COMPLAINANT, since=NOON
    )
    plan = agree(here, ours(here, "something else"), person_id=other.pk)
    assert (plan.version, plan.actions.count()) == (1, 1)
    assert newest_plan(here.case, here.complainant.pk) != plan


def test_the_case_is_taken_in_hand(here: Side) -> None:
    agree(here)
    here.case.refresh_from_db()
    assert here.case.status == "in_hand"


def test_two_landlords_never_see_each_others_plans(world: World) -> None:
    for side in (world.here, world.there):
        with inside(side):
            agree(side, ours(side, f"visit {side.canary}", by=TUESDAY))
    for side in (world.here, world.there):
        with inside(side):
            assert [plan.landlord_id for plan in Plan.objects.all()] == [side.landlord.pk]
            assert [action.words for action in Action.objects.all()] == [f"visit {side.canary}"]


def test_another_landlords_staff_own_nothing_here(world: World) -> None:
    with inside(world.here) as here:
        foreign = world.there.members[Role.OFFICER].pk
        assert refused(here, ours(here, "talk", owner_id=foreign)) == [
            "“talk”: whoever does it must work here and be able to open this case."
        ]


def test_places_for_people_wants_both_sides_and_the_support(elsewhere: Side) -> None:
    neither = "The plan does not detail how we will support the victim. (Procedure 2, Action Plan)"
    assert refused(elsewhere, ours(elsewhere)) == [
        "The plan does not outline the actions they should take. (Policy 4 bullet 8)",
        neither,
    ]
    assert refused(elsewhere, theirs()) == [
        "The plan does not outline the actions we intend to take. (Policy 4 bullet 8)",
        neither,
    ]
    assert agree(elsewhere, theirs(), support(elsewhere)).version == 1


def test_what_is_carried_on_counts_for_what_a_plan_must_hold(elsewhere: Side) -> None:
    agree(elsewhere, theirs(), support(elsewhere))
    plan = agree(elsewhere, ours(elsewhere, "visit"), why_changed="More to do")
    assert plan.actions.count() == 3


def test_our_reading_of_what_a_plan_holds_refuses_nothing(here: Side) -> None:
    assert agree(here, theirs()).version == 1
