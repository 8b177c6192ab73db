"""What other steps may ask of plans."""

import datetime

from actionplans.models import Action
from actionplans.plan.services import drop_action, finish_action
from cases.choices import PartyRole
from cases.gates.engine import Answer, Step, case_gates
from cases.gates.schema import Requirement
from cases.models import Party
from policies.selectors import policy_of
from tests.actionplans.plan.plans import agree, ours, respondent, theirs
from tests.factories.world import NOON, Side

HOUR = datetime.timedelta(hours=1)


def ask(side: Side, need: str, at: datetime.datetime = NOON) -> Answer:
    step = Step("close", side.case, policy_of(side.case.policy), side.actor(), at)
    return case_gates[need](step, Requirement(need=need, text="It is missing.", clause="1"))


def add_complainant(side: Side, person_id: int) -> None:
    Party.objects.create(
        landlord_id=side.landlord.pk,
        case=side.case,
        person_id=person_id,
        role=PartyRole.COMPLAINANT,
        since=NOON,
    )


def test_each_complainant_has_a_plan(here: Side) -> None:
    other = here.restricted_case.parties.get(role="complainant").person_id
    add_complainant(here, other)
    assert ask(here, "plan_agreed") == Answer(False, "Amina Larkspur, Amina Larkspur", "plan")
    agree(here)
    assert ask(here, "plan_agreed") == Answer(False, "Amina Larkspur", "plan")
    agree(here, person_id=other)
    assert ask(here, "plan_agreed") == Answer(True, "", "plan")


def test_what_was_recorded_afterwards_does_not_count(here: Side) -> None:
    agree(here)
    assert ask(here, "plan_agreed", NOON - HOUR).met is False


def test_where_nobody_gave_a_name_there_is_nobody_to_agree_with(here: Side) -> None:
    here.case.parties.filter(role=PartyRole.COMPLAINANT).delete()
    assert ask(here, "plan_agreed") == Answer(True, "", "plan")


def test_no_plan_is_wanted_with_somebody_on_the_other_side(here: Side) -> None:
    add_complainant(here, respondent(here).pk)
    agree(here)
    assert ask(here, "plan_agreed").met is True


def test_our_unfinished_actions_are_named(here: Side) -> None:
    agree(here, ours(here, "talk"), ours(here, "visit"), theirs("keep a diary"))
    assert ask(here, "actions_finished") == Answer(False, "talk; visit", "plan")


def test_done_and_dropped_are_finished(here: Side) -> None:
    agree(here, ours(here, "talk"), ours(here, "visit"), theirs("keep a diary"))
    finish_action(Action.objects.get(words="talk"), outcome="Done so", done_at=NOON, by=here.actor())
    assert ask(here, "actions_finished") == Answer(False, "visit", "plan")
    drop_action(Action.objects.get(words="visit"), reason="They moved out", by=here.actor())
    assert ask(here, "actions_finished") == Answer(True, "", "plan")


def test_only_the_newest_version_counts(here: Side) -> None:
    first = agree(here, ours(here, "talk"))
    agree(here, theirs(), why_changed="Why", dropped={first.actions.get().pk: "They moved out"})
    assert ask(here, "actions_finished").met is True


def test_many_are_counted(here: Side) -> None:
    agree(here, *(ours(here, f"action {number}") for number in range(7)))
    assert ask(here, "actions_finished").words == (
        "action 0; action 1; action 2; action 3; action 4; and 2 more"
    )


def test_without_a_plan_nothing_is_unfinished(here: Side) -> None:
    assert ask(here, "actions_finished").met is True
