"""One matter as it is lived through: what is known of it between one day's work and the next."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

from asbcases.demo.content import words_for
from asbcases.demo.diary import Diary
from asbcases.demo.office import ONE_DAY, Office
from asbcases.demo.planning import Plan, Twist, rng_of
from cases.models import Case
from cases.schema import DeadlinesSection
from landlords.models import Membership
from timeline import clock
from timeline.actors import Actor

NOT_AGAIN = 6
"""How many entries back the same words may not be used."""


@dataclass
class File:
    """``homes`` are those of the complainant and of the respondent; ``closes_at`` when it is meant to end."""

    office: Office
    diary: Diary
    plan: Plan
    rng: Random = field(init=False)
    case_id: int | None = None
    holder: Membership | None = None
    homes: tuple[str, str] = ("", "")
    closes_at: datetime.datetime | None = None
    written: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = rng_of(self.office, self.plan.number, "life")

    @property
    def by(self) -> Actor:
        """Who works the case; a manager where nobody has it."""
        return self.holder.actor() if self.holder else self.office.manager(self.rng)

    def has(self, twist: Twist) -> bool:
        return twist in self.plan.twists

    @property
    def left_to_agree(self) -> bool:
        """Whether the policy leaves the contact interval to the officer and the complainant."""
        rules = self.office.policy.section(DeadlinesSection).deadlines
        return any(rule.kind == "contact_update" and rule.due == "when_agreed" for rule in rules)

    def chance(self, of_one: float) -> bool:
        return self.rng.random() < of_one

    def words(self, *path: str) -> str:
        """What is written on an occasion; not what was written on this case a moment ago."""
        possible = words_for(*path)
        fresh = [words for words in possible if words not in self.written[-NOT_AGAIN:]]
        self.written.append(self.rng.choice(fresh or possible))
        return self.written[-1]

    def open_case(self) -> Case | None:
        """The case, while there is still something to do on it."""
        if self.case_id is None:
            return None
        case = Case.objects.select_related("team").defer("search", "reasons").get(pk=self.case_id)
        return case if case.is_open else None

    def later(self, at: datetime.datetime, action: Callable[..., None], *told: Any) -> None:
        """Put something down for then; it is passed over if the case is closed by that time."""
        self.diary.put(at, partial(self._if_open, action, *told))

    def in_days(self, fewest: float, most: float, action: Callable[..., None], *told: Any) -> None:
        """The same, some days from now in working hours."""
        self.later(self.office.at_work(self.days_on(fewest, most), self.rng), action, *told)

    def days_on(self, fewest: float, most: float) -> datetime.datetime:
        return clock.now() + self.rng.uniform(fewest, most) * ONE_DAY

    def between(self, start: datetime.datetime, end: datetime.datetime) -> datetime.datetime:
        return self.office.between(start, end, self.rng)

    def _if_open(self, action: Callable[..., None], *told: Any) -> None:
        case = self.open_case()
        if case is not None:
            action(self, case, *told)
