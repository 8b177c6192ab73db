"""What needs no database: dates, and the decision itself."""

import datetime
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import yaml
from django.conf import settings

from bench.table import Line, seconds
from policies.parsing import parse_policy, read_policy
from policies.rules import WithinWorkingDays
from policies.schema import Policy
from policies.wording import END_OF_DAY
from policies.working_time import due_local_date, localise
from triage.engine import decide
from triage.facts import BEHAVIOURS, Facts

ROUNDS = 200_000
DECISIONS = 5_000
RECEIVED = datetime.datetime(2026, 3, 27, 16, 40, tzinfo=datetime.UTC)


def dates() -> list[Line]:
    """One due date, counted and placed; the loop around it is taken off."""
    calendar = _policies()[0].calendar
    rule, day, at = WithinWorkingDays(5), datetime.date(2026, 3, 27), datetime.time(16, 40)
    counted = _each(lambda: due_local_date(rule, day, at, calendar))
    placed = _each(lambda: localise(due_local_date(rule, day, at, calendar), END_OF_DAY))
    return [
        Line("Local date of a due rule", counted, "µs", 1),
        Line("… and as an instant", placed, "µs", 3),
    ]


def _each(action: Callable[[], object]) -> float:
    """Microseconds, the best of five, without the call that measures."""
    return min(_once(action) - _once(_nothing) for _ in range(5)) / ROUNDS * 1e6


def _once(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    for _ in range(ROUNDS):
        action()
    return time.perf_counter() - start


def _nothing() -> None:
    return None


def triage() -> list[Line]:
    """Decisions in words under each policy in turn, and reading a policy into rules."""
    policies = _policies()
    facts = [Facts(received_at=RECEIVED, behaviours=(key,), reporter="tenant") for key in BEHAVIOURS]
    work = list(islice(zip(cycle(policies), cycle(facts), strict=False), DECISIONS))
    took = seconds(lambda: [decide(told, policy) for policy, told in work])
    raw = [(path.name, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in _files()]
    parsing = min(
        seconds(lambda: [parse_policy(content, name, 1) for name, content in raw]) for _ in range(3)
    )
    return [
        Line("Decisions of triage", DECISIONS / took, "a second"),
        Line("Parsing a stored policy", parsing / len(raw) * 1000, "ms"),
    ]


def _files() -> list[Path]:
    return sorted((settings.BASE_DIR / "fixtures" / "policies").glob("*.yaml"))


def _policies() -> list[Policy]:
    return [read_policy(path) for path in _files()]
