"""What the clocks of a case should say, worked out the slow way: one day after another, one promise at a time.

It shares nothing with the product but the words ``running``, ``met`` and ``withdrawn``.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
BANK_HOLIDAYS = {
    date(2026, 12, 25),
    date(2026, 12, 28),
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 3, 29),
    date(2027, 5, 3),
    date(2027, 5, 31),
}


@dataclass(frozen=True)
class Terms:
    """What one landlord promises. ``levels``: working days to the first contact, the most serious level first."""

    landlord: str
    levels: dict[str, int]
    opens_at: str
    contact_every: int | None


VIVID = Terms("vivid", {"a": 0, "b": 1}, "b", 7)
PLUS_DANE = Terms("plus-dane", {"level-1": 1, "level-2": 3, "level-3": 5}, "level-3", None)


@dataclass(eq=False)
class Promise:
    kind: str
    start: datetime
    due: datetime | None
    every: int | None = None
    state: str = "running"
    met_at: datetime | None = None
    missed: bool = False
    recorded_late: bool = False

    def late_at(self, moment: datetime) -> bool:
        return self.due is not None and moment >= self.due + SECOND

    def overdue(self, now: datetime) -> bool:
        """Its time has passed, and nobody has noticed."""
        return self.state == "running" and not self.missed and self.late_at(now)


@dataclass
class Oracle:
    terms: Terms
    level: str
    agreed: int | None = None
    is_open: bool = True
    found_by_sweep: int = 0
    promises: list[Promise] = field(default_factory=list)

    def running(self, kind: str) -> list[Promise]:
        return [one for one in self.promises if one.kind == kind and one.state == "running"]

    def report(self, received: datetime) -> None:
        self._promise("initial_contact", received, self._first_contact_by(self.level, received))

    def sweep(self, now: datetime) -> None:
        for one in self.promises:  # the list grows while it is gone through: an interval may be missed too
            if one.overdue(now):
                self._note_miss(one)
                self.found_by_sweep += 1

    def _note_miss(self, one: Promise) -> None:
        if not one.missed and one.kind == "contact_update" and one.due:
            self._contact_due_after(one.due, one.every)
        one.missed = True

    def contact(self, at: datetime, agreed: int | None) -> None:
        for one in self.promises:  # the list grows while it is gone through, as in the sweep
            if one.state == "running" and one.start <= at:
                one.recorded_late = one.missed and not one.late_at(at)
                if one.late_at(at):
                    self._note_miss(one)
                one.state, one.met_at = "met", at
        self.agreed = agreed or self.agreed
        self._speak_again_after(at)

    def recategorise(self, level: str, now: datetime) -> None:
        ranks = list(self.terms.levels)
        goes_up = ranks.index(level) < ranks.index(self.level)
        self.level = level
        unmet = [one for one in self.running("initial_contact") if not one.missed and not one.overdue(now)]
        for old in unmet:
            old.state = "withdrawn"
            start = now if goes_up else old.start
            due = self._first_contact_by(level, start)
            if goes_up and old.due:
                due = min(due, old.due)
            self._promise("initial_contact", start, due)
        if goes_up and not unmet:
            self._promise("initial_contact", now, self._first_contact_by(level, now))

    def close(self, now: datetime) -> None:
        self.is_open = False
        for one in self.promises:
            if one.state == "running":
                if one.late_at(now):
                    self._note_miss(one)
                one.state = "withdrawn"

    def reopen(self, now: datetime) -> None:
        self.is_open = True
        self._speak_again_after(now)

    def _speak_again_after(self, at: datetime) -> None:
        every = self.agreed or self.terms.contact_every
        for later in self.running("contact_update"):
            if later.due or every is None:
                return  # something said after this already decides when we speak again
            later.state = "withdrawn"
        self._contact_due_after(at, every)

    def _contact_due_after(self, at: datetime, every: int | None) -> None:
        due = None if every is None else _end_of(_local(at) + every * DAY)
        self._promise("contact_update", at, due, every)

    def _promise(self, kind: str, start: datetime, due: datetime | None, every: int | None = None) -> None:
        self.promises.append(Promise(kind, start, due, every))

    def _first_contact_by(self, level: str, start: datetime) -> datetime:
        day, left = _local(start), self.terms.levels[level]
        if left == 0:
            while not _is_working(day):
                day += DAY
        while left:
            day += DAY
            left -= _is_working(day)
        return _end_of(day)


def _local(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), LONDON).astimezone(UTC)
