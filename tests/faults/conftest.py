"""Everything here starts real processes, commits, and takes seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.factories.world import Side


@pytest.fixture
def side(transactional_db: None) -> Side:
    """One landlord whose rows other processes can see."""
    from tests.faults.duties import one_landlord  # models may be imported only once Django is set up

    return one_landlord()
