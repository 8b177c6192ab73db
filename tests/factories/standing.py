"""The world is built once for each process that runs tests. It stands in a transaction that is never committed, and
each test happens in a savepoint of it, with a copy of what was built: nothing a test does is seen by the next.

Tests that commit, and those that bring their own landlords, must not see it; it is taken down before them. So that
this is seldom, the tests that live in the world come one after the other, in whatever order among themselves.
"""

import copy
from collections.abc import Callable
from typing import Generic, TypeVar

import pytest
from django.db import connection, transaction

Built = TypeVar("Built")
COMMITTING = {"transactional_db", "live_server"}


class Standing(Generic[Built]):
    """Of one process, which has one connection."""

    def __init__(self, build: Callable[[], Built]) -> None:
        self._build = build
        self._built: Built | None = None
        self._around: transaction.Atomic | None = None
        self._wire: object = None

    def put_up(self) -> None:
        """Build it, unless it stands."""
        if self._stands():
            return
        self._around = transaction.atomic()
        self._around.__enter__()
        self._wire = connection.connection
        self._built = self._build()

    def take_down(self) -> None:
        """As if it had never been."""
        if self._around is not None and self._stands():
            transaction.set_rollback(True)
            self._around.__exit__(None, None, None)
        self._around = self._built = self._wire = None

    def _stands(self) -> bool:
        """Not where a test has closed the connection: the transaction went with it."""
        return self._wire is not None and self._wire is connection.connection and connection.in_atomic_block

    def copied(self) -> Built:
        """What a test may change as it likes. LookupError where the test did not say that it lives here."""
        if self._built is None:
            raise LookupError(
                "ask for the fixture in the test itself or in another fixture, never by its name alone"
            )
        return copy.deepcopy(self._built)


def uses_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or not _names(item).isdisjoint(
        {"db", *COMMITTING}
    )


def commits(item: pytest.Item) -> bool:
    """Whether what this test writes is there for other connections."""
    marks = item.iter_markers("django_db")
    return any(mark.kwargs.get("transaction") for mark in marks) or not _names(item).isdisjoint(COMMITTING)


def lives_in(item: pytest.Item, name: str) -> bool:
    """Whether the test takes the fixture of this name and rolls back what it does."""
    return name in _names(item) and not commits(item)


def neighbours(items: list[pytest.Item], name: str) -> None:
    """Those that live there first.

    Raises UsageError for one that is also marked ``django_db``: the mark opens the test's savepoint before anything
    else is asked for, so that the world would be built inside it, and gone with it.
    """
    for item in items:
        if lives_in(item, name) and item.get_closest_marker("django_db") is not None:
            raise pytest.UsageError(
                f"{item.nodeid} lives in the {name}, which brings its database: take the mark away"
            )
    items.sort(key=lambda item: not lives_in(item, name))


def _names(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", []))
