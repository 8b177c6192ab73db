"""What a manager asks first: what is missed, what will be, who has how much to do. Promises only."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from cases.choices import Basis, DeadlineState
from cases.clocks import ONE_SECOND
from cases.confided import known_in_list
from cases.lifecycle import OPEN_STATES
from cases.models import Breach, Case, Deadline
from cases.permissions import hidden_among
from landlords.models import Membership
from policies.calendars import WorkingCalendar
from policies.wording import END_OF_DAY
from policies.working_time import LONDON, localise
from reporting.reach import Reach
from timeline import clock
from timeline.models import EmailState, Notification
from timeline.prepared import prepared
from triage.models import Proposal

SOON = 2
"""Working days after today that count as soon."""
MOST_SHOWN = 12
MAIL_DOUBTED_FOR = datetime.timedelta(days=7)
"""Later somebody has acted on what the mail was about, or the miss itself shows."""
NOT_READ = ("case__search", "case__reasons", "case__prompts")


@dataclass(frozen=True)
class Counts:
    """``missed`` is not done and not explained; ``to_explain`` also counts what was done late."""

    missed: int
    to_explain: int
    today: int
    soon: int
    to_decide: int
    open_cases: int


COUNTED = ("missed", "to_explain", "today", "soon")


@dataclass(frozen=True)
class Misses:
    """``total`` counts every one; ``hidden`` of them are on restricted cases the reader may not open."""

    rows: list[Deadline]
    total: int
    hidden: int


@dataclass(frozen=True)
class Load:
    """One officer's work; ``officer`` None is what nobody has been given. ``soon`` includes today."""

    officer: Membership | None
    open_cases: int
    missed: int
    soon: int
    later: int


@dataclass(frozen=True)
class Standing:
    """What there is to do, altogether and by officer: by name, last what nobody has."""

    counts: Counts
    loads: list[Load]


def standing(reach: Reach, calendar: WorkingCalendar) -> Standing:
    """One pass over the clocks that run or wait for an explanation, and one over the open cases."""
    clocks = {row["owner_id"]: row for row in _clocks_by_owner(reach, calendar)}
    cases = _open_cases_by_owner(reach)
    return Standing(
        Counts(
            **{name: sum(row[name] for row in clocks.values()) for name in COUNTED},
            to_decide=Proposal.objects.filter(reach.of_team("team_id"), decided_at__isnull=True).count(),
            open_cases=sum(cases.values()),
        ),
        _loads(cases, clocks),
    )


def misses_to_explain(reach: Reach) -> Misses:
    """Misses nobody has explained, the oldest first."""
    run_out = _to_do(reach).filter(due_at__lte=clock.now())
    unexplained = run_out.filter(_to_explain() & ~_recorded_late())
    return _named(reach, unexplained)


def misses_to_confirm(reach: Reach) -> Misses:
    """Promises that were kept in time and only entered later: missed until a manager confirms them."""
    late = Deadline.objects.filter(reach.of_team("team_id"), breached_at__isnull=False)
    late = late.filter(breaches__recorded_late_at__isnull=False, breaches__confirmed_at__isnull=True)
    return _named(reach, late)


def mail_in_doubt() -> int:
    """Notifications of the last week whose e-mail failed, or may not have arrived, and that nobody has read."""
    doubtful = (EmailState.IN_DOUBT, EmailState.FAILED)
    recent = Notification.objects.filter(created_at__gte=clock.now() - MAIL_DOUBTED_FOR)
    return recent.filter(email_state__in=doubtful, read_at__isnull=True).count()


def end_of_soon(calendar: WorkingCalendar) -> datetime.datetime:
    """The end of the last working day that counts as soon. Raises OutsideCalendar."""
    today = clock.now().astimezone(LONDON).date()
    return localise(calendar.working_day_after(today, SOON), END_OF_DAY)


def _open_cases_by_owner(reach: Reach) -> dict[int | None, int]:
    found = Case.objects.filter(reach.of_team("team_id"), status__in=OPEN_STATES).order_by()
    return dict(found.values_list("owner_id").annotate(number=Count("pk")))


def _clocks_by_owner(reach: Reach, calendar: WorkingCalendar) -> Iterable[dict[str, Any]]:
    now = clock.now()
    ends = localise(now.astimezone(LONDON).date(), END_OF_DAY)
    soon_ends = end_of_soon(calendar)
    ahead = Q(state=DeadlineState.RUNNING, due_at__gt=now - ONE_SECOND)
    conditions = {
        "missed": _to_explain() & Q(state=DeadlineState.RUNNING),
        "to_explain": _to_explain() & ~_recorded_late(),
        "today": ahead & Q(due_at__lte=ends),
        "soon": ahead & Q(due_at__gt=ends, due_at__lte=soon_ends),
        "later": ahead & Q(due_at__gt=soon_ends),
    }
    by_owner: Any = _to_do(reach).order_by().values(owner_id=F("case__owner_id"))
    rows: Iterable[dict[str, Any]] = by_owner.annotate(
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()}
    )
    return rows


def _to_do(reach: Reach) -> QuerySet[Deadline]:
    to_do = Q(state=DeadlineState.RUNNING) | Q(needs_explanation=True)
    return Deadline.objects.filter(to_do, reach.of_team("team_id"), basis=Basis.PROMISE)


def _to_explain() -> Q:
    """Also what has run out since the sweep last looked."""
    unseen = Q(state=DeadlineState.RUNNING, breached_at__isnull=True, due_at__lte=clock.now() - ONE_SECOND)
    return Q(needs_explanation=True) | unseen


def _recorded_late() -> Q:
    waiting = Breach.objects.filter(recorded_late_at__isnull=False, confirmed_at__isnull=True)
    return Q(Exists(waiting.filter(deadline=OuterRef("pk"))))


def _named(reach: Reach, found: QuerySet[Deadline]) -> Misses:
    """Only the cases this person may open are listed; the others are counted."""
    missed = list(found.order_by("due_at", "id").values_list("pk", "case_id", "case__restricted"))
    if not reach.names_cases or not missed:
        return Misses([], len(missed), 0)
    hidden = hidden_among({case_id for _pk, case_id, restricted in missed if restricted}, by=reach.by)
    seen = [pk for pk, case_id, _restricted in missed if case_id not in hidden]
    shown = known_in_list(_shown(tuple(seen[:MOST_SHOWN]))) if seen else []
    return Misses(shown, len(missed), len(missed) - len(seen))


@prepared
def _shown(ids: tuple[int, ...]) -> QuerySet[Deadline]:
    shown = Deadline.objects.filter(pk__in=ids).order_by("due_at", "id")
    return shown.select_related("case__owner__user", "case__team", "person").defer(*NOT_READ)


def _loads(cases: dict[int | None, int], clocks: dict[int | None, dict[str, Any]]) -> list[Load]:
    owners = set(cases) | {owner for owner, row in clocks.items() if any(row[name] for name in COUNTED)}
    members = Membership.objects.filter(pk__in=[owner for owner in owners if owner]).select_related(
        "user", "team"
    )
    by_name: list[Membership | None] = [*members.order_by("user__name", "pk"), None]
    keys = {member.pk if member else None: member for member in by_name}
    return [
        _load(member, cases.get(key, 0), clocks.get(key, {})) for key, member in keys.items() if key in owners
    ]


def _load(officer: Membership | None, open_cases: int, clocks: dict[str, Any]) -> Load:
    return Load(
        officer=officer,
        open_cases=open_cases,
        missed=clocks.get("to_explain", 0),
        soon=clocks.get("today", 0) + clocks.get("soon", 0),
        later=clocks.get("later", 0),
    )
