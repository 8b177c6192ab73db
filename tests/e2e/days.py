"""The time that everybody in one test shares."""

import datetime
from dataclasses import dataclass, field

MONDAY = datetime.datetime(2026, 11, 16, 10, 0, tzinfo=datetime.UTC)
"""A working Monday at ten, London time too."""


def _until_monday() -> datetime.timedelta:
    return MONDAY - datetime.datetime.now(datetime.UTC)


@dataclass
class Days:
    """The clock of everybody, page and server: it starts on MONDAY at ten and goes on by itself."""

    ahead: datetime.timedelta = field(default_factory=_until_monday)

    def now(self) -> datetime.datetime:
        return datetime.datetime.now(datetime.UTC) + self.ahead

    def go_by(self, days: int) -> None:
        self.ahead += datetime.timedelta(days=days)

    def day(self, ahead: int = 0) -> str:
        """As a date is typed."""
        return (self.now() + datetime.timedelta(days=ahead)).date().isoformat()
