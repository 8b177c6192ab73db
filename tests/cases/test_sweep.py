"""The sweep takes each step of each clock once, however late and however often it runs."""

import datetime
from collections import Counter

import pytest
from django.db import transaction

from cases.models import Breach, Deadline
from cases.services.misses import confirm_met, explain_miss
from cases.services.working import ContactDetails, record_contact
from cases.sweep import landlords_with_clocks_due, sweep_landlord
from landlords.permissions import Refused, Role
from tests.factories.world import NOON, Side, World
from timeline.clock import clock_at
from timeline.models import Event, Notification
from timeline.scope import landlord_scope

UTC = datetime.UTC
TUESDAY_MIDNIGHT = datetime.datetime(2026, 11, 18, 0, 0, tzinfo=UTC)
"""The first second after VIVID's Category B contact (by the end of Tuesday) is missed."""
WEDNESDAY_NINE = datetime.datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def first_contact(side: Side) -> Deadline:
    return side.case.deadlines.get(kind="initial_contact")


def told(side: Side) -> Counter[str]:
    return Counter(Notification.objects.filter(case_id=side.case.pk).values_list("kind", flat=True))


def swept(side: Side, at: datetime.datetime) -> int:
    with clock_at(at):
        return sweep_landlord(side.landlord.pk)


def test_amber_then_missed_then_escalated_each_once(here: Side) -> None:
    swept(here, datetime.datetime(2026, 11, 17, 0, 0, tzinfo=UTC))
    assert told(here) == {"due_soon": 1}
    assert Breach.objects.filter(deadline__case=here.case).count() == 0
    for _again in range(3):
        swept(here, TUESDAY_MIDNIGHT)
    assert told(here) == {"due_soon": 1, "missed": 1}
    for _again in range(3):
        swept(here, WEDNESDAY_NINE)
    assert told(here) == {"due_soon": 1, "missed": 1, "escalated": 1}
    assert [breach.due_at for breach in Breach.objects.filter(deadline__case=here.case)] == [
        datetime.datetime(2026, 11, 17, 23, 59, 59, tzinfo=UTC)
    ]
    assert Event.objects.filter(verb="promise_missed", case_id=here.case.pk).count() == 1


def test_the_due_second_itself_is_still_in_time(here: Side) -> None:
    swept(here, TUESDAY_MIDNIGHT - datetime.timedelta(microseconds=1))
    assert Breach.objects.filter(deadline__case=here.case).count() == 0
    assert first_contact(here).breached_at is None


def test_a_sweep_weeks_late_finds_the_same_miss_at_its_legal_time(here: Side) -> None:
    later = datetime.datetime(2026, 12, 20, 12, 0, tzinfo=UTC)
    swept(here, later)
    breach = Breach.objects.get(deadline__case=here.case)
    assert (breach.due_at, breach.detected_at) == (
        datetime.datetime(2026, 11, 17, 23, 59, 59, tzinfo=UTC),
        later,
    )
    assert told(here) == {"missed": 1, "escalated": 1}


def test_nothing_is_due_anywhere_once_swept(world: World) -> None:
    with clock_at(WEDNESDAY_NINE):
        for landlord_id in landlords_with_clocks_due():
            sweep_landlord(landlord_id)
        assert landlords_with_clocks_due() == []


def test_contact_in_time_leaves_nothing_to_find(here: Side) -> None:
    details = ContactDetails(here.complainant.pk, "telephone", "spoke", NOON)
    record_contact(here.case, details, by=here.actor())
    swept(here, WEDNESDAY_NINE)
    assert Breach.objects.filter(deadline__case=here.case).count() == 0
    assert told(here) == {}


def test_an_explained_miss_stays_a_miss_and_is_not_escalated(here: Side) -> None:
    swept(here, TUESDAY_MIDNIGHT)
    breach = Breach.objects.get(deadline__case=here.case)
    with clock_at(TUESDAY_MIDNIGHT):
        explain_miss(breach, reason="reporter_unavailable", explanation="She was away.", by=here.actor())
    swept(here, WEDNESDAY_NINE)
    assert told(here) == {"missed": 1}
    deadline = first_contact(here)
    assert (deadline.breached_at, deadline.needs_explanation) == (breach.due_at, False)


def test_a_miss_is_explained_once(here: Side) -> None:
    swept(here, TUESDAY_MIDNIGHT)
    breach = Breach.objects.get(deadline__case=here.case)
    explain_miss(breach, reason="our_failure", explanation="We forgot.", by=here.actor())
    with pytest.raises(Refused):
        explain_miss(breach, reason="our_failure", explanation="Something else.", by=here.actor())
    breach.refresh_from_db()
    assert breach.explanation == "We forgot."


def test_recorded_late_counts_as_met_only_after_a_manager_confirms(here: Side) -> None:
    swept(here, TUESDAY_MIDNIGHT)
    with clock_at(WEDNESDAY_NINE):
        details = ContactDetails(here.complainant.pk, "telephone", "spoke", NOON, late_reason="I was ill")
        record_contact(here.case, details, by=here.actor())
        breach = Breach.objects.get(deadline__case=here.case)
        assert breach.recorded_late_at == WEDNESDAY_NINE
        with pytest.raises(Refused):
            confirm_met(breach, by=here.actor(Role.OFFICER))
        breach.refresh_from_db()
        assert breach.confirmed_at is None
        confirm_met(breach, by=here.actor(Role.MANAGER))
    assert Breach.objects.get(pk=breach.pk).confirmed_by == here.members[Role.MANAGER].user.name
    assert first_contact(here).needs_explanation is False


def test_each_weekly_interval_without_contact_is_one_miss(here: Side) -> None:
    record_contact(
        here.case, ContactDetails(here.complainant.pk, "telephone", "spoke", NOON), by=here.actor()
    )
    for day in range(1, 28):
        swept(here, NOON + datetime.timedelta(days=day))
    missed = Breach.objects.filter(deadline__case=here.case, deadline__kind="contact_update").order_by(
        "due_at"
    )
    assert [breach.due_at.date().isoformat() for breach in missed] == [
        "2026-11-23",
        "2026-11-30",
        "2026-12-07",
    ]
    running = here.case.deadlines.filter(kind="contact_update", state="running", breached_at__isnull=True)
    assert [one.due_at.date().isoformat() for one in running if one.due_at] == ["2026-12-14"]


def test_a_reminder_prompts_and_is_never_missed(world: World) -> None:
    side = world.here
    reminder_due = datetime.datetime(2026, 11, 17, 23, 59, 59, tzinfo=UTC)
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        reminder = Deadline.objects.get(kind="triage_decision")
        assert (reminder.basis, reminder.due_at) == ("reminder", reminder_due)
        swept(side, WEDNESDAY_NINE)
        reminder.refresh_from_db()
        assert (reminder.breached_at, reminder.next_sweep_at) == (None, None)
        kinds = Notification.objects.filter(payload__deadline=reminder.pk).values_list("kind", flat=True)
        assert list(kinds) == ["due_soon"]


def test_one_landlords_sweep_touches_no_other(world: World) -> None:
    swept(world.here, WEDNESDAY_NINE)
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        assert Breach.objects.count() == 0
        assert Notification.objects.count() == 0
