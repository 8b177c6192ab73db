"""What every event of a chronology has, and the kinds of values events are written with."""

from __future__ import annotations

import datetime
from abc import abstractmethod
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field

from policies.sections import Part
from policies.working_time import BadTime, parse_local

if TYPE_CHECKING:
    from asbcases.replay.stage import Stage

OFFICER = "officer"
AS_TOLD = "As the chronology says."
"""The words that a record has to have where a chronology gives none."""
TOLD_LATE = "The chronology tells it later than it happened."
"""The reason that an entry dated earlier than the event has to have."""


def _moment(value: Any) -> datetime.datetime:
    """YAML reads a full date and time by itself; what it leaves as text is read here. Either may lack an offset."""
    text = value.isoformat() if isinstance(value, datetime.date) else value
    if not isinstance(text, str):
        raise BadTime(repr(value), "an ISO date and time such as 2026-12-24T14:00", "is not a date and time")
    return parse_local(text)


def _day(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        raise ValueError("this is a date without a time, such as 2026-12-24")
    return value


def _yes_no_as_text(value: Any) -> Any:
    """YAML reads an unquoted yes or no as true or false."""
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _several(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


def _says_something(value: str) -> str:
    if not value.strip():
        raise ValueError("this may not be empty")
    return value


Moment = Annotated[datetime.datetime, BeforeValidator(_moment)]
"""An instant in UTC; without an offset it is Europe/London."""
Day = Annotated[datetime.date, BeforeValidator(_day)]
Name = Annotated[str, AfterValidator(_says_something)]
"""A person, as the chronology calls them."""
YesNoText = Annotated[str, BeforeValidator(_yes_no_as_text)]
OneOrMore = BeforeValidator(_several)


class Event(Part):
    """One thing that happened. ``usual_actor`` does it where the chronology names nobody."""

    usual_actor: ClassVar[str] = OFFICER

    at: Moment = Field(description="when; Europe/London unless it has an offset")
    do: str = Field(description="the verb")
    case: int | None = Field(
        None, ge=1, description="which case, counted from 1 as they open; the newest open one where left out"
    )
    by: str | None = Field(
        None,
        description="who does it: `officer`, `second_officer`, `specialist`, `manager`, `adviser`, or a position",
    )
    position: str | None = Field(None, description="the same as `by`, for a position of the policy")

    @property
    def actor_key(self) -> str:
        """Who does it: a role, or a position of the policy."""
        return self.by or self.position or self.usual_actor

    @abstractmethod
    def happen(self, stage: Stage) -> None:
        """Do it through the service that the pages use. Raises Refused or InvalidReport."""
