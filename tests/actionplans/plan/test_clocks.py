"""What agreeing and sending a plan does to the promises: the plan's own, and the next contact."""

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Breach, Deadline
from cases.sweep import settle
from landlords.permissions import Refused
from policies.rules import EveryCalendarDays
from policies.working_time import LONDON
from tests.actionplans.plan.plans import SPRING, agree, everything, ours, spoke, theirs
from tests.factories.world import MONDAY, NOON, Side
from timeline.clock import clock_at
from timeline.models import Event

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


def owed_next(side: Side) -> Deadline | None:
    running = side.case.deadlines.filter(kind="contact_update", state="running", person=side.complainant)
    return running.order_by("due_at").first()


def due(side: Side) -> datetime.date | None:
    """The day the next contact is due; none where no day is known."""
    running = owed_next(side)
    return running.due_at.astimezone(LONDON).date() if running and running.due_at else None


def test_agreeing_meets_the_promise_to_agree(here: Side) -> None:
    agree(here, agreed_at=NOON - HOUR)
    met = here.case.deadlines.get(kind="action_plan")
    assert (met.state, met.met_at) == ("met", NOON - HOUR)


def test_changing_meets_nothing_a_second_time(here: Side) -> None:
    agree(here, agreed_at=NOON - HOUR)
    agree(here, why_changed="Why")
    assert here.case.deadlines.get(kind="action_plan").met_at == NOON - HOUR


def test_agreeing_does_not_meet_the_promise_to_send(elsewhere: Side) -> None:
    agree(elsewhere)
    assert elsewhere.case.deadlines.get(kind="action_plan").state == "running"


def test_agreed_and_sent_at_once_meets_it_now(elsewhere: Side) -> None:
    plan = agree(elsewhere, agreed_at=NOON - HOUR, sent_how="email")
    assert (plan.sent_at, plan.sent_how) == (NOON, "email")
    assert elsewhere.case.deadlines.get(kind="action_plan").met_at == NOON


def test_another_complainants_promise_is_not_met(here: Side) -> None:
    other = here.restricted_case.deadlines.get(kind="action_plan")
    agree(here)
    other.refresh_from_db()
    assert other.state == "running"


def test_a_promise_sent_late_stays_missed(elsewhere: Side) -> None:
    agree(elsewhere)
    with clock_at(NOON + 2 * DAY):
        settle({elsewhere.case.pk})
        agree(elsewhere, why_changed="Now in writing", sent_how="post")
        promise = elsewhere.case.deadlines.get(kind="action_plan")
        assert (promise.state, promise.met_at) == ("met", NOON + 2 * DAY)
        assert Breach.objects.filter(deadline=promise).count() == 1


def test_vivid_speaks_weekly_unless_something_else_is_agreed(here: Side) -> None:
    spoke(here, NOON)
    assert due(here) == datetime.date(2026, 11, 23)
    plan = agree(here, contact_every_days=None)
    assert (plan.contact_every_days, due(here)) == (7, datetime.date(2026, 11, 23))
    assert here.case.deadlines.filter(kind="contact_update").count() == 1
    agree(here, contact_every_days=21, why_changed="She is away")
    assert due(here) == datetime.date(2026, 12, 7)
    party = here.case.parties.get(role="complainant")
    assert party.contact_every_days == 21


@pytest.mark.parametrize("days", [None, 15, 28])
def test_places_for_people_speaks_weekly_or_fortnightly(elsewhere: Side, days: int | None) -> None:
    before = everything(elsewhere)
    with pytest.raises(Refused) as caught:
        agree(elsewhere, contact_every_days=days)
    name = elsewhere.complainant.name
    assert caught.value.reasons == [
        "We speak every 7 days or every 14 days, or more often; less often cannot be agreed. (Appendix 2)"
        if days
        else f"Agree with {name} how often we speak, and say it in days. (Appendix 2)"
    ]
    assert everything(elsewhere) == before


@pytest.mark.parametrize("days", [3, 7, 14])
def test_places_for_people_may_speak_more_often(elsewhere: Side, days: int) -> None:
    spoke(elsewhere, NOON)
    assert (owed_next(elsewhere) is not None, due(elsewhere)) == (True, None)
    agree(elsewhere, contact_every_days=days)
    assert due(elsewhere) == NOON.date() + days * DAY


def test_derby_homes_must_agree_how_often(there: Side) -> None:
    before = everything(there)
    with pytest.raises(Refused) as caught:
        agree(there, contact_every_days=None)
    name = there.complainant.name
    assert caught.value.reasons == [f"Agree with {name} how often we speak, and say it in days. (9.16)"]
    assert everything(there) == before
    spoke(there, NOON)
    agree(there, contact_every_days=10)
    assert due(there) == datetime.date(2026, 11, 26)


def test_without_having_spoken_there_is_nothing_to_count_from(there: Side) -> None:
    agree(there, contact_every_days=10)
    assert due(there) is None
    with clock_at(NOON + DAY):
        spoke(there, NOON + DAY)
        assert due(there) == datetime.date(2026, 11, 27)


def test_agreeing_is_not_speaking(here: Side) -> None:
    spoke(here, MONDAY + HOUR)
    with clock_at(NOON + 3 * DAY):
        agree(here, ours(here, by=SPRING), contact_every_days=14)
        assert due(here) == datetime.date(2026, 11, 30)


def test_an_interval_gone_by_already_is_counted_from_the_agreement(there: Side) -> None:
    spoke(there, NOON)
    agree(there, contact_every_days=60)
    with clock_at(NOON + 10 * DAY):
        agree(there, theirs(), contact_every_days=7, why_changed="It got worse")
        assert due(there) == datetime.date(2026, 12, 3)
        assert Breach.objects.filter(deadline__kind="contact_update").count() == 0
    with clock_at(NOON + 12 * DAY):
        agree(there, theirs(), contact_every_days=28, why_changed="It got better")
        assert due(there) == datetime.date(2026, 12, 24)


def test_what_is_owed_sooner_is_not_put_off(here: Side) -> None:
    spoke(here, NOON)
    agree(here, contact_every_days=9)
    with clock_at(NOON + 8 * DAY):
        agree(here, theirs(), contact_every_days=7, why_changed="It got worse")
        assert due(here) == datetime.date(2026, 11, 25)


def test_a_missed_contact_stays_owed(here: Side) -> None:
    spoke(here, NOON)
    with clock_at(NOON + 9 * DAY):
        settle({here.case.pk})
        missed = owed_next(here)
        agree(here, theirs(), contact_every_days=3)
        assert owed_next(here) == missed
        assert Breach.objects.filter(deadline__kind="contact_update").count() == 1
        spoke(here, NOON + 9 * DAY)
        assert due(here) == datetime.date(2026, 11, 28)


def test_the_same_interval_agreed_again_changes_nothing(there: Side) -> None:
    spoke(there, NOON)
    agree(there, contact_every_days=10)
    running = owed_next(there)
    agree(there, contact_every_days=10, why_changed="Why")
    assert owed_next(there) == running
    assert Event.objects.filter(verb="interval_agreed").count() == 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.integers(1, 60), second=st.integers(1, 60), passed=st.integers(0, 40))
def test_no_agreement_makes_a_miss_and_none_is_later_than_its_interval(
    here: Side, first: int, second: int, passed: int
) -> None:
    """However intervals follow each other: what is due is not past unless it was owed already."""
    with transaction.atomic():
        spoke(here, NOON)
        agree(here, ours(here, by=SPRING), theirs(), contact_every_days=first)
        with clock_at(NOON + passed * DAY):
            settle({here.case.pk})
            missed = Breach.objects.filter(deadline__kind="contact_update").count()
            owed = due(here)
            agree(here, contact_every_days=second, actions=(), why_changed="Why")
            settle({here.case.pk})
            assert Breach.objects.filter(deadline__kind="contact_update").count() == missed
            running = owed_next(here)
            assert running is not None
            assert owed is not None
            today = clock_day(passed)
            assert due(here) == expected(first, second, today, owed)
            assert running.rule in {str(EveryCalendarDays(days)) for days in (first, second)}
        transaction.set_rollback(True)


def clock_day(passed: int) -> datetime.date:
    return (NOON + passed * DAY).astimezone(LONDON).date()


def expected(first: int, second: int, today: datetime.date, owed: datetime.date) -> datetime.date:
    """By plain days: from when we spoke, else from the agreement but no later than what was owed; a miss stays."""
    if owed < today:
        return owed
    from_contact = NOON.date() + second * DAY
    return from_contact if from_contact >= today else min(owed, today + second * DAY)


def asked(side: Side) -> list[tuple[str, datetime.date | None]]:
    """The reminders to speak until it is agreed how often: how each stands and the day it is for."""
    found = side.case.deadlines.filter(kind="contact_until_agreed").order_by("pk")
    return [(one.state, one.due_at.astimezone(LONDON).date() if one.due_at else None) for one in found]


def test_until_how_often_is_agreed_a_reminder_asks_each_week(there: Side) -> None:
    """It begins with the first contact, comes round with each, is never missed, and ends with what is agreed."""
    assert asked(there) == []
    spoke(there, NOON)
    monday = NOON.date() + 7 * DAY
    assert asked(there) == [("running", monday)]
    [reminder] = there.case.deadlines.filter(kind="contact_until_agreed")
    assert (reminder.basis, reminder.clause) == ("reminder", "")
    with clock_at(NOON + 9 * DAY):
        settle({there.case.pk})
        assert Breach.objects.filter(deadline=reminder).count() == 0
        spoke(there, NOON + 9 * DAY)
        assert asked(there) == [("met", monday), ("running", monday + 9 * DAY)]
        later = ours(there, "make a support referral to Victim Support", item="support_referral", by=SPRING)
        agree(there, later, theirs(), contact_every_days=10)
        assert asked(there) == [("met", monday), ("withdrawn", monday + 9 * DAY)]


def test_where_it_is_agreed_already_nothing_more_is_asked(there: Side) -> None:
    agree(there, contact_every_days=10)
    spoke(there, NOON)
    assert asked(there) == []


def test_vivid_needs_no_reminder(here: Side) -> None:
    spoke(here, NOON)
    assert asked(here) == []
