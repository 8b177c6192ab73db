"""The one clock every service, sweep and replay asks: real time, or a time somebody set."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_set_time: ContextVar[datetime.datetime | None] = ContextVar("set_time", default=None)


def now() -> datetime.datetime:
    """The current instant in UTC, to the microsecond."""
    return _set_time.get() or datetime.datetime.now(datetime.UTC)


@contextmanager
def clock_at(instant: datetime.datetime) -> Iterator[None]:
    """Let time stand at ``instant`` (aware) for everything inside. Demo data, replays and tests use it."""
    if instant.tzinfo is None:
        raise ValueError("the clock needs an instant with a time zone")
    token = _set_time.set(instant.astimezone(datetime.UTC))
    try:
        yield
    finally:
        _set_time.reset(token)
