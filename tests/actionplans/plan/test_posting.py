"""The letter of a plan that has gone marks the plan as sent, and only the version it tells of."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from actionplans.models import Plan
from cases.models import Contact, Person
from letters.models import Sending
from letters.outbox.services import came_back, mark_handed_over, mark_posted
from tests.actionplans.plan.plans import agree
from tests.factories.world import NOON, Side
from tests.letters.outbox.sealed import deliver, fresh, queued
from timeline.actors import system
from timeline.clock import clock_at
from timeline.models import Event

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _kept(settings: Settings, tmp_path: Path) -> None:
    settings.LETTERS_KEPT = tmp_path


def plan_letter(side: Side, channel: str = "email", kind: str = "action_plan") -> Sending:
    reader = Person.objects.get(pk=side.complainant.pk)
    return queued(side, channel, kind=kind, person=reader)


def sent(plan: Plan) -> tuple[datetime | None, str]:
    plan.refresh_from_db()
    return plan.sent_at, plan.sent_how


def promise(side: Side) -> tuple[str, datetime | None]:
    found = side.case.deadlines.get(kind="action_plan")
    return found.state, found.met_at


def test_a_plan_that_went_by_email_is_sent_and_meets_the_promise(elsewhere: Side) -> None:
    plan = agree(elsewhere)
    plan_letter(elsewhere)
    assert (sent(plan), promise(elsewhere)) == ((None, ""), ("running", None))
    deliver(elsewhere, NOON + HOUR)
    assert (sent(plan), promise(elsewhere)) == ((NOON + HOUR, "email"), ("met", NOON + HOUR))
    event = Event.objects.get(verb="plan_sent")
    assert (event.actor_name, event.occurred_at) == ("Outbox", NOON + HOUR)
    assert Contact.objects.count() == 0


def test_posted_days_ago_keeps_its_day_and_its_reason(elsewhere: Side) -> None:
    Person.objects.filter(pk=elsewhere.complainant.pk).update(address="7 Example Road, ZZ1 1ZZ")
    plan = agree(elsewhere)
    sending = plan_letter(elsewhere, "post")
    with clock_at(NOON + 2 * DAY):
        mark_posted(sending, at=NOON + HOUR, by=elsewhere.actor(), late_reason="Away")
    assert (sent(plan), fresh(sending).result) == ((NOON + HOUR, "post"), "Entered late: Away")


def test_handed_over(elsewhere: Side) -> None:
    plan = agree(elsewhere)
    mark_handed_over(plan_letter(elsewhere, "hand"), at=NOON, by=elsewhere.actor())
    assert sent(plan) == (NOON, "hand")


def test_a_version_agreed_since_was_not_sent_and_that_is_told(elsewhere: Side) -> None:
    agree(elsewhere)
    sending = plan_letter(elsewhere)
    with clock_at(NOON + HOUR):
        second = agree(elsewhere, why_changed="More")
    deliver(elsewhere, NOON + HOUR)
    assert sent(second) == (None, "")
    assert (fresh(sending).state, fresh(sending).result) == (
        "sent",
        "kept as a file\nThe plan has changed since this letter was made: send the later version.",
    )


def test_what_was_marked_already_and_other_letters_change_nothing(elsewhere: Side) -> None:
    plan = agree(elsewhere, sent_how="hand")
    plan_letter(elsewhere)
    plan_letter(elsewhere, kind="update")
    deliver(elsewhere, NOON + HOUR)
    assert sent(plan) == (NOON, "hand")


def test_a_plan_that_came_back_is_not_sent(elsewhere: Side) -> None:
    plan = agree(elsewhere)
    sending = plan_letter(elsewhere)
    deliver(elsewhere)
    came_back(fresh(sending).message_id, "550 Mailbox full", by=system("Tests"))
    assert (sent(plan), promise(elsewhere)) == ((None, ""), ("running", None))


def test_a_letter_without_a_plan_marks_none(elsewhere: Side) -> None:
    sending = plan_letter(elsewhere)
    deliver(elsewhere)
    assert (fresh(sending).state, Plan.objects.count()) == ("sent", 0)


def test_a_plan_is_no_text_message(elsewhere: Side) -> None:
    plan = agree(elsewhere)
    sending = plan_letter(elsewhere, "text")
    deliver(elsewhere)
    assert (fresh(sending).result, sent(plan)) == (
        "kept as a file\nA plan does not go by text message: send the letter itself.",
        (None, ""),
    )
