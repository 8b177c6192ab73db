"""Read before Django is set up, so what the fixture needs is imported when it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.factories.desk import OpenDesk


@pytest.fixture
def open_desk(db: None) -> Iterator[OpenDesk]:
    """``open_desk("believe", "noise")``; everything after it happens inside that landlord."""
    from tests.factories.desk import desks

    with desks() as opened:
        yield opened
