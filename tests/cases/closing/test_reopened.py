"""A case that was reopened closes on what was said, advised and assessed since; not on what its first closing had."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from cases.models import Case, Decision
from cases.services.approving import approve
from cases.services.closing import close_case, closing_rules, closing_stands, reopen_case
from cases.services.deciding import record_decision, to_record
from landlords.models import Landlord, Membership
from riskmatrix.services import assess_risk
from tests.factories.policies import load
from tests.factories.stage import A_DAY, BY, Stage, set_gates_aside, staged
from tests.factories.world import MONDAY
from tests.riskmatrix.answering import HIGH, answers
from timeline.clock import clock_at
from timeline.scope import landlord_scope

ADVICE, ASSESSED = "advice_if_high", "final_assessment"


@pytest.fixture
def pfp(db: None) -> Iterator[Stage]:
    load("places-for-people")
    landlord = Landlord.objects.get(key="places-for-people")
    with transaction.atomic(), landlord_scope(landlord.pk):
        yield staged(landlord)


def assess(stage: Stage, days: int) -> None:
    with clock_at(MONDAY + days * A_DAY):
        assess_risk(
            stage.fresh(), person_id=stage.people[0].pk, answers=answers(HIGH), confirmed_band="high", by=BY
        )


def close_and_reopen(stage: Stage, *, on: int) -> None:
    """With the gates set aside, as a manager may: that does not outlive the reopening either."""
    with clock_at(MONDAY + on * A_DAY):
        set_gates_aside(stage.fresh())
        close_case(stage.fresh(), ground=ground(stage.fresh()), reason="Over", by=BY)
    with clock_at(MONDAY + (on + 1) * A_DAY):
        reopen_case(stage.fresh(), reason="It began again", by=BY)


def ground(case: Case) -> str:
    return closing_rules(case).grounds[0].key


def lacking(stage: Stage, days: int) -> set[str]:
    """Of what this is about, what closing misses or reminds of on that day."""
    with clock_at(MONDAY + days * A_DAY):
        stands = closing_stands(stage.fresh(), by=BY)
    asked = {ADVICE, ASSESSED, "told_of_closing", "decision"}
    return {one.need for one in (*stands.unmet, *stands.reminders) if one.need in asked}


def decide(stage: Stage, days: int) -> Decision:
    with clock_at(MONDAY + days * A_DAY):
        return record_decision(stage.fresh(), key="safeguarding", answer=answer(stage), reason="Asked", by=BY)


def answer(stage: Stage) -> str:
    rule = next(one.rule for one in to_record(stage.fresh()) if one.rule.key == "safeguarding")
    return rule.answers[0] if rule.answers else "No"


def everything(stage: Stage, days: int) -> None:
    assess(stage, days)
    advise(stage, days)
    stage.speak(days)
    decide(stage, days)


def advise(stage: Stage, days: int) -> None:
    if not Membership.objects.filter(positions=["am"]).exists():
        stage.advise("am", days)
        return
    am = Membership.objects.get(positions=["am"])
    with clock_at(MONDAY + days * A_DAY):
        approve(stage.fresh(), what="closing_advice", answer="advice", reason="Close it", by=am.actor())


def test_nothing_of_the_first_closing_counts_for_the_second(pfp: Stage) -> None:
    everything(pfp, 1)
    assert lacking(pfp, 1) == set()
    close_and_reopen(pfp, on=2)
    assert lacking(pfp, 4) == {ADVICE, ASSESSED, "told_of_closing", "decision"}
    with clock_at(MONDAY + 4 * A_DAY):
        stands = closing_stands(pfp.fresh(), by=BY)
    assert [one.waived for one in stands.met if one.waived] == []
    everything(pfp, 4)
    assert lacking(pfp, 4) == set()


def test_advice_given_anew_counts_with_the_assessment_of_before(pfp: Stage) -> None:
    everything(pfp, 1)
    close_and_reopen(pfp, on=2)
    advise(pfp, 4)
    assert lacking(pfp, 4) == {ASSESSED, "told_of_closing", "decision"}


def test_each_reopening_begins_anew(pfp: Stage) -> None:
    everything(pfp, 1)
    close_and_reopen(pfp, on=2)
    everything(pfp, 4)
    close_and_reopen(pfp, on=5)
    assert lacking(pfp, 7) == {ADVICE, ASSESSED, "told_of_closing", "decision"}
