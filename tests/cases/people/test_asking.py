"""What we asked of somebody, and their answer (Ruling 15)."""

import datetime
from typing import Any

import pytest

from cases.gates.checks import request_unanswered
from cases.gates.engine import Step
from cases.gates.schema import Requirement
from cases.models import Request
from cases.services.asking import ask_of_person, record_answer
from cases.services.closing import close_case
from landlords.permissions import Refused, Role
from policies.selectors import policy_of
from tests.factories.world import NOON, Side
from timeline.clock import clock_at
from timeline.models import Event

DAY = datetime.timedelta(days=1)
TODAY = NOON.date()


def ask(here: Side, role: str = Role.OFFICER, **changes: Any) -> Request:
    told = {"person_id": here.complainant.pk, "what": "Please keep a diary", **changes}
    return ask_of_person(here.case, **told, by=here.actor(role))


def newest(here: Side) -> Event:
    return Event.objects.filter(case_id=here.case.pk).select_related("words").order_by("-id")[0]


def unanswered(here: Side) -> bool:
    step = Step("close", here.case, policy_of(here.case.policy), here.actor(), NOON)
    need = Requirement(need="request_unanswered", text="x", clause="1")
    return request_unanswered(step, need).met


def test_what_was_asked_and_answered_is_on_the_timeline_and_not_in_the_chain(here: Side) -> None:
    asked = ask(here, answer_by=TODAY + 7 * DAY)
    event = newest(here)
    assert (event.verb, event.payload, event.words.text) == (
        "person_asked",
        {"person_id": here.complainant.pk},
        "Please keep a diary",
    )
    with clock_at(NOON + DAY):
        answered = record_answer(asked, answer="She kept one", by=here.actor())
    event = newest(here)
    assert (event.verb, event.payload, event.words.text) == (
        "person_answered",
        {"person_id": here.complainant.pk},
        "She kept one",
    )
    assert (answered.answer, answered.answered_at) == ("She kept one", NOON + DAY)


def test_only_what_was_asked_and_not_answered_in_time_can_close_a_case(here: Side) -> None:
    assert unanswered(here) is False
    asked = ask(here, asked_at=NOON - 9 * DAY, answer_by=TODAY - 2 * DAY, late_reason="On paper")
    assert unanswered(here) is True
    record_answer(asked, answer="She sent it by post", by=here.actor())
    assert unanswered(here) is False


def test_what_is_entered_late_says_why(here: Side) -> None:
    ask(here, asked_at=NOON - 3 * DAY, late_reason="Asked on a visit")
    event = newest(here)
    assert event.occurred_at == NOON - 3 * DAY
    assert event.words.text == "Please keep a diary\nEntered late: Asked on a visit"


@pytest.mark.parametrize(
    ("changes", "role", "words"),
    [
        ({"what": " "}, Role.OFFICER, "Say what was asked"),
        ({"person_id": 0}, Role.OFFICER, "Choose somebody who is part of this case"),
        ({"asked_at": NOON + DAY}, Role.OFFICER, "cannot be in the future"),
        ({"asked_at": NOON - 2 * DAY}, Role.OFFICER, "Say why it is entered late"),
        ({"answer_by": TODAY - DAY}, Role.OFFICER, "cannot be before the day it was asked"),
        ({}, Role.ADVISER, "you cannot record contact"),
        ({}, Role.AUDITOR, "you cannot record contact"),
    ],
)
def test_a_refused_request_leaves_no_trace(
    here: Side, changes: dict[str, Any], role: Role, words: str
) -> None:
    events = Event.objects.count()
    with pytest.raises(Refused, match=words):
        ask(here, role, **changes)
    assert (Request.objects.count(), Event.objects.count()) == (0, events)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answer": ""}, "Say what they answered"),
        ({"answer": "Yes", "answered_at": NOON - datetime.timedelta(hours=2)}, "before they were asked"),
        ({"answer": "Yes", "answered_at": NOON + DAY}, "cannot be in the future"),
    ],
)
def test_a_refused_answer_leaves_no_trace(here: Side, changes: dict[str, Any], words: str) -> None:
    asked = ask(here)
    events = Event.objects.count()
    with pytest.raises(Refused, match=words):
        record_answer(asked, **changes, by=here.actor())
    assert Request.objects.get().answered_at is None
    assert Event.objects.count() == events


def test_an_answer_is_recorded_once_and_not_on_a_closed_case(here: Side) -> None:
    first, second = ask(here), ask(here, what="Ring us")
    record_answer(first, answer="Yes", by=here.actor())
    with pytest.raises(Refused, match="The answer is already on the file"):
        record_answer(first, answer="No", by=here.actor())
    close_case(here.case, ground="resolved", reason="It stopped", by=here.actor())
    with pytest.raises(Refused, match="This case is closed"):
        record_answer(second, answer="Yes", by=here.actor())
    assert list(Request.objects.order_by("id").values_list("answer", flat=True)) == ["Yes", ""]
