"""What the file already says is offered for a letter's questions, to those who may read it."""

import pytest

from cases.services.closing import close_case
from letters.kinds import Audience
from letters.suggesting import suggested
from tests.actionplans.plan.plans import build_places_for_people, inside
from tests.factories.stage import set_gates_aside
from tests.factories.world import MONDAY, NOON, Side
from tests.letters.words.writing import writing_to
from timeline.clock import clock_at
from timeline.models import EventText


def close(side: Side, reason: str, **details: object) -> None:
    set_gates_aside(side.case)
    close_case(side.case, ground=GROUNDS[side.canary], reason=reason, details=details, by=side.actor())


GROUNDS = {"Larkspur": "resolved", "Hawthorn": "reduced"}


def test_nothing_is_known_of_a_case_that_is_open(here: Side) -> None:
    assert suggested("closure", writing_to(here)) == {}


def test_the_reason_of_the_closing_as_it_was_written(here: Side) -> None:
    close(here, "It has stopped.\nYou agreed.", complainant_agrees=True)
    assert suggested("closure", writing_to(here)) == {"reason": "It has stopped.\nYou agreed."}


def test_only_a_complainant_was_to_be_told_of_it(here: Side) -> None:
    close(here, "It has stopped.", complainant_agrees=True)
    other = here.case.parties.select_related("person").get(role="respondent").person
    assert suggested("closure", writing_to(here, other, Audience.RESPONDENT)) == {}


def test_what_was_erased_is_not_suggested(here: Side) -> None:
    close(here, "It has stopped.", complainant_agrees=True)
    EventText.objects.filter(event__verb="case_closed").update(text="")
    assert suggested("closure", writing_to(here)) == {}


def test_other_kinds_have_no_suggestions(here: Side) -> None:
    assert suggested("update", writing_to(here)) == {}


@pytest.mark.django_db
def test_places_for_people_asks_what_was_done_and_says_it_in_the_letter() -> None:
    with clock_at(MONDAY):
        side = build_places_for_people()
    with clock_at(NOON), inside(side):
        close(
            side,
            "It is quiet now.",
            action_taken="We warned them.\nWe mended the door.",
            understands="She said so",
        )
        assert suggested("closure", writing_to(side)) == {
            "reason": "It is quiet now.",
            "action_taken": "We warned them.\nWe mended the door.",
        }
