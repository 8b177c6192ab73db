"""What a letter starts and meets, and that only one that has gone does."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from actionplans.models import Plan
from cases.models import Contact, Mailing, Notice
from landlords.models import Landlord
from landlords.permissions import Role
from landlords.services import add_member
from letters.kinds import Audience
from tests.factories.policies import load
from tests.factories.world import MONDAY, NOON, Side, report
from tests.letters.outbox.sealed import deliver, fresh, inside, queued
from tests.letters.outbox.test_following import owed, respondent, running
from timeline.actors import system
from timeline.clock import clock_at

Meets = tuple[str, Callable[[Side], Any]]


def _clock(met_by: str) -> Callable[[Side], Any]:
    def begin(side: Side) -> Callable[[], bool]:
        clock = running(side, met_by)

        def met() -> bool:
            clock.refresh_from_db()
            return clock.state == "met"

        return met

    return begin


def _mailing(kind: str) -> Callable[[Side], Any]:
    def begin(side: Side) -> Callable[[], bool]:
        mailing = owed(side, kind)
        return lambda: Mailing.objects.get(pk=mailing.pk).sent_at is not None

    return begin


def _plan(side: Side) -> Callable[[], bool]:
    plan = Plan.objects.create(
        landlord=side.landlord,
        case=side.case,
        person=side.complainant,
        version=1,
        contact_every_days=7,
        agreed_at=MONDAY,
        recorded_at=MONDAY,
        recorded_by="Olive",
    )
    return lambda: Plan.objects.get(pk=plan.pk).sent_at is not None


def _notice(_side: Side) -> Callable[[], bool]:
    return lambda: Notice.objects.filter(of="noise_equipment", how="written").exists()


FOLLOWS: dict[str, Callable[[Side], Any]] = {
    "acknowledgement": _clock("acknowledgement_delivered"),
    "case_review_information": _clock("case_review_information_given"),
    "action_plan": _plan,
    "noise_monitoring_notice": _notice,
    "closure": _mailing("closing_letter"),
    "satisfaction_survey": _mailing("survey"),
}


@pytest.fixture
def believe(db: None) -> Iterator[Side]:
    """A landlord whose policy wants the other side told of noise monitoring in writing."""
    load("believe")
    side = Side(Landlord.objects.get(key="believe"), "Rowan")
    with inside(side), clock_at(MONDAY):
        side.members[Role.OFFICER] = add_member(
            email="officer@believe.example", name="Officer Rowan", role=Role.OFFICER, by=system("Tests")
        )
        side.submitted = report(side, "noise")
        assert side.submitted.case is not None
        side.case = side.submitted.case
        with clock_at(NOON):
            yield side


def _queued(side: Side, kind: str) -> Any:
    if kind == "noise_monitoring_notice":
        return queued(side, kind=kind, person=respondent(side), audience=Audience.RESPONDENT)
    return queued(side, kind=kind)


@pytest.mark.parametrize("kind", FOLLOWS)
def test_only_a_letter_that_has_gone_counts(believe: Side, kind: str) -> None:
    met = FOLLOWS[kind](believe)
    sending = _queued(believe, kind)
    assert met() is False
    deliver(believe)
    assert (fresh(sending).state, met(), Contact.objects.count()) == ("sent", True, 0)


@pytest.mark.parametrize("kind", FOLLOWS)
@pytest.mark.parametrize(("provider", "state"), [("Refuses", "failed"), ("Breaks", "in_doubt")])
def test_one_that_failed_or_is_in_doubt_does_not(
    believe: Side, settings: Settings, kind: str, provider: str, state: str
) -> None:
    settings.LETTER_PROVIDERS = {"email": f"tests.letters.joins.providers.{provider}"}
    met = FOLLOWS[kind](believe)
    sending = _queued(believe, kind)
    deliver(believe)
    assert (fresh(sending).state, met()) == (state, False)
