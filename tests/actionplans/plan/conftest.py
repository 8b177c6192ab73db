"""Two more landlords to stand in. Imports wait: this file is read before Django is set up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.factories.world import Side, World


@pytest.fixture
def there(world: World) -> Iterator[Side]:
    """Inside the scope of Derby Homes, which wants the interval agreed."""
    from tests.actionplans.plan.plans import inside

    with inside(world.there) as side:
        yield side


@pytest.fixture
def elsewhere(db: None) -> Iterator[Side]:
    """Inside the scope of Places for People, which writes plans and sends them."""
    from tests.actionplans.plan.plans import build_places_for_people, inside
    from tests.factories.world import MONDAY, NOON
    from timeline.clock import clock_at

    with clock_at(MONDAY):
        side = build_places_for_people()
    with clock_at(NOON), inside(side):
        yield side
