"""The demonstration: a believable year, lived through the real services, and one promise about to be missed."""

import datetime
import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import Count, F, Q
from pytest_django import DjangoDbBlocker

from asbcases.demo import casting, diary
from asbcases.demo.content import content
from asbcases.demo.due_soon import HEAD_START, running_case, seed_due_soon
from asbcases.demo.loading import PASSWORD, landlord_keys, load_demo
from asbcases.demo.showing import guide, what_will_happen
from cases.models import Breach, Case, Contact, Deadline, Report
from cases.sweep import sweep_landlord
from landlords.lookups import memberships_of
from landlords.models import Landlord, Membership, User
from landlords.permissions import Role
from tests.factories.policies import load
from timeline.clock import clock_at
from timeline.models import EmailState, Event, Notification
from timeline.scope import landlord_scope
from triage.models import Proposal

NOW = datetime.datetime(2026, 11, 18, 11, 0, tzinfo=datetime.UTC)
"""A Wednesday morning."""


@pytest.fixture(scope="module")
def _year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A few reports, lived through once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(*landlord_keys())
        with clock_at(NOW):
            assert load_demo(("northmoor",), reports=20) == ["Northmoor Homes"]
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_year: None, db: None) -> Iterator[Landlord]:
    """Inside the scope of the landlord they were made to."""
    landlord = Landlord.objects.get(key="northmoor")
    with clock_at(NOW), transaction.atomic(), landlord_scope(landlord.pk):
        yield landlord


def test_a_year_is_lived_through_once(loaded: Landlord) -> None:
    assert Report.objects.filter(created_at__gt=NOW).count() == 0
    assert Report.objects.filter(received_at__lt=NOW - datetime.timedelta(days=365)).count() == 0
    assert {one.role for one in Membership.objects.all()} == set(Role.values)
    states = dict(Case.objects.values_list("status").annotate(Count("pk")))
    assert set(states) == {"in_hand", "closed", "joined"}
    before = Report.objects.count(), Event.objects.count()
    assert load_demo(("northmoor",), reports=20) == []
    assert (Report.objects.count(), Event.objects.count()) == before


def test_clocks_are_swept_as_time_goes_by(loaded: Landlord) -> None:
    a_round = datetime.timedelta(seconds=diary.SWEEP_EVERY + 1)
    found_in_time = Breach.objects.filter(detected_at__lte=F("due_at") + a_round)
    assert found_in_time.count() > 0
    on_the_day = Case.objects.filter(
        incidents__report__late_entry_reason="", incidents__report__proposal=None
    )
    later = Breach.objects.exclude(pk__in=found_in_time.values("pk"))
    assert later.exclude(deadline__case__in=Case.objects.exclude(pk__in=on_the_day.values("pk"))).count() == 0
    assert Deadline.objects.filter(next_sweep_at__lte=NOW).count() == 0
    assert sweep_landlord(loaded.pk) == 0


def test_old_news_is_not_sent_today(loaded: Landlord) -> None:
    old = Notification.objects.filter(created_at__lt=NOW - datetime.timedelta(days=2))
    assert old.count() > 0
    assert (
        old.filter(Q(read_at=None) | ~Q(email_state=EmailState.NONE) | Q(email_next_at__isnull=False)).count()
        == 0
    )
    recent = Notification.objects.filter(created_at__gte=NOW - datetime.timedelta(days=2))
    assert recent.exclude(email_state=EmailState.WAITING).count() == 0


def test_some_reports_wait_and_some_are_decided(loaded: Landlord) -> None:
    assert Proposal.objects.filter(decided_at=None).count() > 0
    assert Proposal.objects.filter(decided_at__isnull=False).count() > 0
    assert Contact.objects.exclude(outcome__in=["spoke", "visit_met"]).count() > 0


def test_everybody_is_invented(loaded: Landlord) -> None:
    told = Report.objects.filter(reporter__isnull=False)
    phones = told.values_list("reporter__phone", flat=True)
    assert [phone for phone in phones if not re.fullmatch(r"07700 900\d{3}|020 7946 0\d{3}", phone)] == []
    emails = told.exclude(reporter__email="").values_list("reporter__email", flat=True)
    assert [email for email in emails if email.split("@")[1] not in casting.DOMAINS] == []
    assert Report.objects.exclude(location__contains=", Skerravoe, ZZ23 ").count() == 0


def test_one_password_opens_every_account_and_one_person_has_two_landlords(loaded: Landlord) -> None:
    encoded = set(User.objects.values_list("password", flat=True))
    assert [check_password(PASSWORD, one) for one in encoded] == [True]
    both = User.objects.get(email=content("landlords")["both"]["email"])
    assert len(memberships_of(both.pk)) == 0
    load_demo(("vivid", "derby-homes"), reports=0)
    assert len(memberships_of(both.pk)) == 2


def test_a_promise_is_missed_two_minutes_after_the_start(loaded: Landlord) -> None:
    seeded = seed_due_soon()
    assert seeded.due_at == NOW + HEAD_START
    assert seed_due_soon() == seeded
    assert running_case() == seeded
    missed = Breach.objects.filter(
        deadline__case__reference=seeded.reference, deadline__kind="initial_contact"
    )
    with clock_at(seeded.due_at):
        sweep_landlord(loaded.pk)
        assert missed.count() == 0
    with clock_at(seeded.due_at + datetime.timedelta(seconds=1)):
        sweep_landlord(loaded.pk)
        assert missed.count() == 1
        told = Notification.objects.get(kind="missed", payload__deadline=missed.get().deadline_id)
        unexplained = Deadline.objects.filter(case__reference=seeded.reference, needs_explanation=True)
        assert [one.kind for one in unexplained] == ["initial_contact"]
        assert User.objects.filter(pk=told.user_id or 0).values_list("email", flat=True).get() == seeded.email
        assert running_case() is None


def test_the_guide_names_a_sign_in_of_every_role_and_the_case_to_watch(loaded: Landlord) -> None:
    seeded = seed_due_soon()
    lines = guide().splitlines()
    listed = [line.split()[-1] for line in lines if line.endswith(tuple(f" {role}" for role in Role.values))]
    assert listed.count("auditor") == len(landlord_keys())
    assert "\n".join(lines).count(PASSWORD) == 1
    assert guide().endswith(what_will_happen(seeded))
    assert [line.strip()[0] for line in lines[lines.index("Try:") + 1 :]] == ["1", "2", "3", "4", "5", "h"]
