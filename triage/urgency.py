"""How urgent a result is, so that two results can be compared (decision 6)."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from policies.schema import Policy
from policies.working_time import localise
from triage.exhaustive import Behaviours, Result
from triage.preview import first_promise, starting_rules
from triage.schema import ROUTES

RECEIPTS = tuple(
    localise(day, at)
    for day, at in (
        (date(2026, 11, 10), time(9, 30)),
        (date(2026, 11, 13), time(18, 30)),
        (date(2026, 11, 14), time(11, 0)),
        (date(2026, 12, 24), time(14, 0)),
    )
)
"""A weekday morning, a Friday evening, a Saturday, Christmas Eve: what is sooner on one is not on another."""

NEVER = datetime.max.replace(tzinfo=UTC)

Urgency = tuple[tuple[datetime, int], ...]
"""For each receipt when the first promise runs out, then the place of the route; smaller is more urgent."""


@dataclass
class Urgencies:
    """One policy's urgencies, each worked out once."""

    policy: Policy
    _known: dict[tuple[Result, bool], Urgency] = field(default_factory=dict)

    def of(self, result: Result, behaviours: Behaviours) -> Urgency:
        """Of the behaviours only domestic abuse counts, which may have clocks of its own."""
        key = result, "domestic_abuse" in behaviours
        if key not in self._known:
            place = ROUTES.index(result.route)
            self._known[key] = tuple((self._first(*key, received), place) for received in RECEIPTS)
        return self._known[key]

    def _first(self, result: Result, domestic_abuse: bool, received: datetime) -> datetime:
        rules = starting_rules(*result, self.policy, domestic_abuse=domestic_abuse)
        return first_promise(rules, received, self.policy) or NEVER
