"""One browser for each test, and a clock that all of its people and the server share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.e2e.days import Days

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def browser() -> Iterator[Browser]:
    from tests.triage.browsing import (
        started,
    )  # reads the settings, which are not there yet when this file is read

    with started() as browser:
        yield browser


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    """Set for the server's threads as well, which the clock of a test's own thread does not reach."""
    from timeline import clock

    found = Days()
    monkeypatch.setattr(clock, "now", found.now)
    return found
