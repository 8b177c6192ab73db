"""Lets the past of one landlord happen in order: each thing at its own time, and the sweep whenever it is due."""

import datetime
import heapq
from collections.abc import Callable
from itertools import count

from django.db import connection

from cases.sweep import sweep_landlord
from timeline.clock import clock_at

SWEEP_EVERY = 15
"""Seconds, as the worker does."""


class Diary:
    """What is to happen when. Whatever happens may put down more, at its own time or later."""

    def __init__(self, landlord_id: int) -> None:
        self.landlord_id = landlord_id
        self._things: list[tuple[datetime.datetime, int, Callable[[], None]]] = []
        self._number = count()

    def put(self, at: datetime.datetime, action: Callable[[], None]) -> None:
        heapq.heappush(self._things, (at, next(self._number), action))

    def live_until(self, end: datetime.datetime) -> None:
        """Do everything up to ``end``, clocks included; what was put down for later never happens."""
        while self._things and self._things[0][0] <= end:
            at, _, action = heapq.heappop(self._things)
            self._sweep_until(at)
            with clock_at(at):
                action()
        self._sweep_until(end)

    def _sweep_until(self, end: datetime.datetime) -> None:
        while (due := self._next_sweep()) is not None and due <= end:
            with clock_at(due):
                sweep_landlord(self.landlord_id)

    def _next_sweep(self) -> datetime.datetime | None:
        """The first sweep that finds anything to do."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT min(next_sweep_at) FROM cases_deadline")
            (found,) = cursor.fetchone() or (None,)
        return _next_round(found) if found else None


def _next_round(moment: datetime.datetime) -> datetime.datetime:
    return moment + datetime.timedelta(seconds=-moment.timestamp() % SWEEP_EVERY)
