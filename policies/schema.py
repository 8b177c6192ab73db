"""What every landlord's policy file says about itself: who, which document, which teams and levels."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar, cast

from pydantic import AfterValidator, Field, StringConstraints

from policies.calendars import WorkingCalendar, calendar_for
from policies.problems import Problem
from policies.sections import Part, Section, Sourced

Nation = Literal["england_and_wales", "scotland", "northern_ireland"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=50)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _hex_colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise ValueError("a colour is written #rrggbb in small letters")
    return value


class Organisation(Part):
    """How the landlord presents itself; not part of its policy."""

    name: Text
    reference_prefix: Annotated[str, StringConstraints(pattern=r"^[A-HJKMNP-TV-Z]{2}$")]
    brand_colour: Annotated[str, AfterValidator(_hex_colour)] = "#37474f"
    phone: Text
    opening_hours: Text
    email: Text


class Document(Part):
    """The printed policy the rules are taken from."""

    title: Text
    dated: str | None = None
    review_every: str | None = None
    review_due: datetime.date | None = None
    clause: str | None = None
    clause_id: str | None = None


class Words(Part):
    """The landlord's own words where they differ from ours."""

    respondent: Text = "alleged perpetrator"
    level: Text = "level"


class ClosureDay(Part):
    date: datetime.date
    name: Text


class Team(Sourced):
    """A team that can hold a case; ``officer`` is what its officers are called."""

    label: Text
    officer: Text


class Level(Sourced):
    """How serious; listed most serious first. ``team`` manages it unless an allocation rule says otherwise.

    ``short`` is what staff call it in lists, where the label is a sentence.
    """

    key: Key
    label: Text
    short: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)] | None = None
    team: Key


class Position(Sourced):
    """A job title that a gate may name; held on a membership."""

    label: Text


class Core(Section):
    """The part of the file that every other part leans on."""

    landlord: Key
    organisation: Organisation
    document: Document
    nation: Nation
    in_force_from: datetime.date | None = None
    day_ends: datetime.time = datetime.time(23, 59, 59)
    words: Words = Words()
    closure_days: tuple[ClosureDay, ...] = ()
    teams: dict[Key, Team] = Field(min_length=1)
    positions: dict[Key, Position] = {}
    levels: tuple[Level, ...] = Field(min_length=1)

    def problems(self, policy: "Policy") -> Iterator[Problem]:
        """Levels are unique and each is managed by a team of this file."""
        seen: set[str] = set()
        for number, level in enumerate(self.levels):
            path = f"levels[{number}]"
            if level.key in seen:
                yield Problem(f"{path}.key", level.key, "a level key used once", "this level is listed twice")
            if level.team not in self.teams:
                yield unknown_team(f"{path}.team", level.team, self)
            seen.add(level.key)


def unknown_team(path: str, value: str, core: Core) -> Problem:
    return Problem(path, value, f"one of {', '.join(core.teams)}", "this team is not in the file's teams")


def unknown_level(path: str, value: str, core: Core) -> Problem:
    keys = ", ".join(level.key for level in core.levels)
    return Problem(path, value, f"one of {keys}", "this level is not in the file's levels")


SectionType = TypeVar("SectionType", bound=Section)


@dataclass(frozen=True)
class Policy:
    """A whole, valid policy of one landlord. ``version`` is 0 until it is loaded."""

    core: Core
    sections: dict[type[Section], Section]
    version: int = 0

    def section(self, of: type[SectionType]) -> SectionType:
        return cast(SectionType, self.sections[of])

    @property
    def landlord(self) -> str:
        return self.core.landlord

    @property
    def calendar(self) -> WorkingCalendar:
        """The nation's working days less the landlord's closure days."""
        closures = tuple((day.date, day.name) for day in self.core.closure_days)
        return calendar_for(self.core.nation, closures)

    def level(self, key: str) -> Level:
        """Raises KeyError for a level this policy does not know."""
        for level in self.core.levels:
            if level.key == key:
                return level
        raise KeyError(key)

    def rank(self, key: str) -> int:
        """0 is the most serious level."""
        return [level.key for level in self.core.levels].index(key)
