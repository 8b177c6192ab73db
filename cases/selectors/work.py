"""My work: every clock I answer for, in the order of a working day."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case as Choose
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.choices import SUCCESSFUL, Basis, DeadlineState
from cases.clocks import ONE_SECOND
from cases.confided import known_in_list
from cases.lifecycle import OPEN_STATES
from cases.models import Case, Contact, Deadline
from cases.schema import MET_BY_CONTACT
from cases.selectors.risk import risk_column
from landlords.permissions import Permission, Role, can
from policies.calendars import WorkingCalendar
from policies.wording import END_OF_DAY
from policies.working_time import LONDON, localise
from timeline import clock
from timeline.actors import Actor
from timeline.prepared import prepared

PAGE = 30
ONE_DAY = datetime.timedelta(days=1)
SOON = 2
"""Working days after today that count as soon."""
SEES_RESTRICTED_REPORTS = frozenset({Role.SPECIALIST, Role.MANAGER})
OF_CASE_NOT_SHOWN = ("case__search", "case__reasons", "case__prompts")
NOT_SHOWN = (*OF_CASE_NOT_SHOWN, "report__facts", "report__decision")


class Part(models.IntegerChoices):
    """The parts of the list; the numbers are their order."""

    MISSED = 0, _("Missed, not explained")
    TODAY = 1, _("Due today")
    LATE = 2, _("Reminders past their day")
    EXPLAINED = 3, _("Missed and explained, still to do")
    SOON = 4, _("Next 2 working days")
    LATER = 5, _("Later")
    NO_TIME = 6, _("Duties without a time")


@dataclass(frozen=True)
class Wanted:
    """What the reader chose to see; empty means everything. ``page`` counts from 1."""

    part: Part | None = None
    kind: str = ""
    level: str = ""
    team: str = ""
    risk: str = ""
    page: int = 1


@dataclass(frozen=True)
class Work:
    """One page of work. ``promises`` and ``reminders`` count the whole of each part, not only this page."""

    rows: list[Deadline]
    promises: dict[Part, int]
    reminders: dict[Part, int]
    total: int
    open_cases: int
    with_nobody: int


def my_work(wanted: Wanted, *, by: Actor, calendar: WorkingCalendar) -> Work:
    """A page of the clocks this person answers for, with counts, in a constant number of queries.

    Mine are those of my cases; for a manager also those of their team's cases that nobody has; for whoever
    may decide them, the reminders of their team's waiting reports. Without a team one answers for every team.
    """
    clocks = _in_order(_narrowed(_answered_for(by), wanted), calendar)
    counts = Counter((Part(part), basis) for _pk, part, basis in clocks)
    chosen = {pk: part for pk, part, _basis in clocks if wanted.part in (None, part)}
    first = (wanted.page - 1) * PAGE
    return Work(
        rows=_rows(dict(list(chosen.items())[first : first + PAGE])),
        promises={part: counts[part, Basis.PROMISE] for part in Part},
        reminders={part: counts[part, Basis.REMINDER] for part in Part},
        total=len(chosen),
        **_cases_of(by),
    )


def _in_order(clocks: QuerySet[Deadline], calendar: WorkingCalendar) -> list[tuple[int, int, str]]:
    """Id, part and basis of every clock, in the order of the day: little of each, because they are counted too."""
    known: QuerySet[Any] = clocks.annotate(part=_part(calendar), after=_after_promises())
    in_order = known.order_by(
        "part",
        "after",
        F("due_at").asc(nulls_last=True),
        F("case__level_rank").asc(nulls_last=True),
        "start_at",
        "id",
    )
    return list(in_order.values_list("pk", "part", "basis"))


def _rows(parts: dict[int, int]) -> list[Deadline]:
    """The clocks of one page in this order, each with the ``part`` it stands in."""
    read = {row.pk: row for row in _as_shown(tuple(parts))} if parts else {}
    for pk, part in parts.items():
        read[pk].part = part  # type: ignore[attr-defined]
    return known_in_list(read[pk] for pk in parts)


def next_promise(*, by: Actor) -> Deadline | None:
    """The earliest promise this person still has to keep, for a page that has nothing else to show."""
    ahead = _answered_for(by).filter(basis=Basis.PROMISE, due_at__gt=clock.now())
    found = ahead.select_related("person", "case").defer(*OF_CASE_NOT_SHOWN).order_by("due_at", "id")[:1]
    return next(iter(known_in_list(found)), None)


def with_attempts(clocks: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """With how often the person of each clock was tried without success since it started.

    What was tried on a restricted case is counted there alone.
    """
    here = Q(case=OuterRef("case")) | Q(case__restricted=False)
    tried = Contact.objects.filter(here, person=OuterRef("person"), occurred_at__gte=OuterRef("start_at"))
    missed = tried.exclude(outcome__in=SUCCESSFUL).order_by().values("person")
    number = missed.annotate(number=Count("pk")).values("number")
    return clocks.annotate(attempts=Coalesce(Subquery(number), 0))


@prepared
def _as_shown(ids: tuple[int, ...]) -> QuerySet[Deadline]:
    known = with_attempts(Deadline.objects.filter(pk__in=ids)).annotate(risk=risk_column("case_id"))
    return known.select_related("case__team", "person", "report").defer(*NOT_SHOWN)


def attempts_of(clock_read: Deadline) -> int:
    """Of a clock read ``with_attempts``; none where contact does not meet it."""
    return int(clock_read.attempts) if clock_read.met_by in MET_BY_CONTACT else 0  # type: ignore[attr-defined]


def _answered_for(by: Actor) -> QuerySet[Deadline]:
    """Of cases and of waiting reports, each found by its own index before they come together."""
    to_do = Deadline.objects.filter(Q(state=DeadlineState.RUNNING) | Q(needs_explanation=True))
    mine = to_do.filter(case__in=Case.objects.filter(_my_cases(by)).values("pk")).values("pk")
    if not can(by, Permission.DECIDE_ROUTE):
        return Deadline.objects.filter(pk__in=mine)
    waiting = to_do.filter(_of_team(by, "team_id"), case__isnull=True)
    if by.role not in SEES_RESTRICTED_REPORTS:
        waiting = waiting.exclude(report__behaviours__contains=["domestic_abuse"])
    return Deadline.objects.filter(pk__in=mine.union(waiting.values("pk"), all=True))


def _my_cases(by: Actor) -> Q:
    mine = Q(owner_id=by.membership_id)
    if by.role != Role.MANAGER:
        return mine
    return mine | Q(owner__isnull=True, status__in=OPEN_STATES) & _of_team(by, "team_id")


def _of_team(by: Actor, field: str) -> Q:
    return Q(**{field: by.team_id}) if by.team_id is not None else Q()


def _narrowed(clocks: QuerySet[Deadline], wanted: Wanted) -> QuerySet[Deadline]:
    chosen = {"kind": wanted.kind, "case__level": wanted.level, "team__key": wanted.team}
    if wanted.risk:
        clocks = clocks.annotate(risk=risk_column("case_id")).filter(risk=wanted.risk)
    return clocks.filter(**{field: value for field, value in chosen.items() if value})


def _part(calendar: WorkingCalendar) -> Choose:
    now = clock.now()
    today = now.astimezone(LONDON).date()
    promise = Q(basis=Basis.PROMISE)
    seen_by_nobody = Q(state=DeadlineState.RUNNING, breached_at__isnull=True, due_at__lte=now - ONE_SECOND)
    return Choose(
        When(promise & (Q(needs_explanation=True) | seen_by_nobody), then=Value(Part.MISSED)),
        When(promise & Q(breached_at__isnull=False), then=Value(Part.EXPLAINED)),
        When(due_at__isnull=True, then=Value(Part.NO_TIME)),
        When(~promise & Q(due_at__lte=localise(today - ONE_DAY, END_OF_DAY)), then=Value(Part.LATE)),
        When(due_at__lte=localise(today, END_OF_DAY), then=Value(Part.TODAY)),
        When(due_at__lte=_end_of_soon(today, calendar), then=Value(Part.SOON)),
        default=Value(Part.LATER),
        output_field=models.SmallIntegerField(),
    )


def _end_of_soon(today: datetime.date, calendar: WorkingCalendar) -> datetime.datetime:
    return localise(calendar.working_day_after(today, SOON), END_OF_DAY)


def _after_promises() -> Choose:
    """On the day itself promises come before reminders."""
    today = clock.now().astimezone(LONDON).date()
    pressing = When(basis=Basis.REMINDER, due_at__lte=localise(today, END_OF_DAY), then=Value(1))
    return Choose(pressing, default=Value(0), output_field=models.SmallIntegerField())


def _cases_of(by: Actor) -> dict[str, int]:
    mine = Q(owner_id=by.membership_id)
    nobody = Q(owner__isnull=True) & _of_team(by, "team_id")
    counted = Case.objects.filter(mine | nobody, status__in=OPEN_STATES).aggregate(
        open_cases=Count("pk", filter=mine), with_nobody=Count("pk", filter=nobody)
    )
    return counted if by.role == Role.MANAGER else counted | {"with_nobody": 0}
