"""Many clocks that are due, and what the sweep made of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from cases.models import Breach, Case, Deadline
from tests.factories.policies import load
from tests.factories.world import MONDAY, Side, build_side
from timeline.chain import first_break
from timeline.clock import clock_at
from timeline.models import Event, Notification
from timeline.scope import landlord_scope

KIND = "resolution"
"""No rule of the landlord's policy has this kind, so that these clocks are told apart from its own."""


@contextmanager
def of(landlord_id: int) -> Iterator[None]:
    with transaction.atomic(), landlord_scope(landlord_id):
        yield


def one_landlord() -> Side:
    load("vivid")
    with clock_at(MONDAY):
        return build_side("vivid", "Larkspur")


def add_due_clocks(side: Side, number: int, *, due_at: datetime) -> None:
    """Clocks whose amber warning has been given and whose miss has not been found."""
    with of(side.landlord.pk):
        Deadline.objects.bulk_create(_due(side.case, due_at) for _ in range(number))


def _due(case: Case, due_at: datetime) -> Deadline:
    return Deadline(
        landlord_id=case.landlord_id,
        case=case,
        team_id=case.team_id,
        kind=KIND,
        label="End the behaviour",
        basis="promise",
        rule="within_working_days:5",
        met_by="case_closed",
        start_at=due_at - timedelta(days=7),
        due_at=due_at,
        amber_at=due_at - timedelta(days=1),
        escalate_at=due_at + timedelta(days=3650),
        next_sweep_at=due_at + timedelta(seconds=1),
    )


@dataclass(frozen=True)
class Found:
    """Rows, and how many different clocks they are about."""

    breaches: int
    clocks_missed: int
    notifications: int
    clocks_told_of: int
    events: int
    clocks_recorded: int

    @classmethod
    def each_once(cls, number: int) -> "Found":
        return cls(number, number, number, number, number, number)


def found(side: Side) -> Found:
    with of(side.landlord.pk):
        clocks = set(Deadline.objects.filter(kind=KIND).values_list("pk", flat=True))
        missed = list(Breach.objects.filter(deadline__kind=KIND).values_list("deadline_id", flat=True))
        told = Notification.objects.filter(kind="missed").values_list("payload__deadline", flat=True)
        about = [clock for clock in told if clock in clocks]
        recorded = Event.objects.filter(verb="promise_missed").values_list("subject_id", flat=True)
        events = [clock for clock in recorded if clock in clocks]
    return Found(len(missed), len(set(missed)), len(about), len(set(about)), len(events), len(set(events)))


def missed_so_far(side: Side) -> int:
    with of(side.landlord.pk):
        return Breach.objects.filter(deadline__kind=KIND).count()


def misses(side: Side) -> int:
    """Of all clocks, these and the landlord's own: quick enough to be asked between two kills."""
    with of(side.landlord.pk):
        return Breach.objects.count()


def chain_is_whole(side: Side) -> bool:
    return first_break(side.landlord.pk) is None
