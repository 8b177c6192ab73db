"""Partner systems of the two landlords. Imports wait until Django is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.partners import PartnerSystem
    from tests.factories.world import World


@pytest.fixture
def partner(world: World) -> PartnerSystem:
    """A partner of the first landlord (VIVID) that may do everything."""
    from tests.api.partners import PartnerSystem, token_for

    return PartnerSystem(token_for(world.here))


@pytest.fixture
def stranger(world: World) -> PartnerSystem:
    """A partner of the other landlord."""
    from tests.api.partners import PartnerSystem, token_for

    return PartnerSystem(token_for(world.there))
