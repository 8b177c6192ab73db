"""One landlord at work: who is there, and when."""

import datetime
from dataclasses import dataclass
from random import Random
from typing import Any

from landlords.models import Landlord, Membership
from landlords.permissions import Role
from policies.schema import Policy
from policies.working_time import LONDON
from timeline.actors import Actor

OPENS = datetime.time(9, 0)
LAST_CALL = datetime.time(16, 45)
ONE_DAY = datetime.timedelta(days=1)
TRIES = 8
"""How often a moment is drawn before the first possible one is taken."""


@dataclass(frozen=True)
class Office:
    """``ends`` is when the demonstration was loaded: nothing happens after it."""

    landlord: Landlord
    policy: Policy
    place: dict[str, Any]
    members: list[Membership]
    ends: datetime.datetime

    def at_work(self, moment: datetime.datetime, rng: Random) -> datetime.datetime:
        """The moment itself in working hours, else some time on the next working morning."""
        local = moment.astimezone(LONDON)
        day, time = local.date(), local.time()
        if self.policy.calendar.is_working(day) and OPENS <= time <= LAST_CALL:
            return moment
        if not self.policy.calendar.is_working(day) or time > LAST_CALL:
            day = self.policy.calendar.working_day_after(day)
        opening = datetime.datetime.combine(day, OPENS, LONDON)
        return (opening + datetime.timedelta(minutes=rng.randrange(1, 150))).astimezone(datetime.UTC)

    def between(self, start: datetime.datetime, end: datetime.datetime, rng: Random) -> datetime.datetime:
        """Some working moment up to ``end``; the first one from ``start`` where there is none."""
        for _ in range(TRIES):
            found = self.at_work(start + max(end - start, datetime.timedelta()) * rng.random(), rng)
            if found <= end:
                return found
        return self.at_work(start, rng)

    def caseworkers(self, team_id: int, *, specialists: bool) -> list[Membership]:
        """Who may hold a case of the team; only specialists hold restricted ones, of whichever team."""
        roles = {Role.SPECIALIST} if specialists else {Role.OFFICER, Role.SPECIALIST}
        able = [one for one in self.members if one.role in roles]
        return [one for one in able if one.team_id == team_id] or able

    def manager(self, rng: Random) -> Actor:
        return self._one(Role.MANAGER, rng)

    def adviser(self, rng: Random) -> Actor:
        return self._one(Role.ADVISER, rng)

    def _one(self, role: Role, rng: Random) -> Actor:
        return rng.choice([one for one in self.members if one.role == role]).actor()

    def is_recent(self, moment: datetime.datetime, days: int) -> bool:
        return self.ends - moment < days * ONE_DAY
