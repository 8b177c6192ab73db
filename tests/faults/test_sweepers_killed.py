"""However often sweepers are killed, and however many there are, each miss is found once (decision 17)."""

from datetime import timedelta
from pathlib import Path

import pytest

from asbcases.local.processes import until
from tests.factories.world import MONDAY, NOON, Side
from tests.faults.duties import Found, add_due_clocks, chain_is_whole, found, missed_so_far, misses
from tests.faults.killing import PATIENCE, kill_at_random, workers

pytestmark = pytest.mark.slow

CLOCKS = 10_000
KILLS = 50


def test_fifty_kills_lose_nothing_and_double_nothing(side: Side, tmp_path: Path) -> None:
    add_due_clocks(side, CLOCKS, due_at=MONDAY)
    with workers("sweep", side.landlord.pk, NOON, log=tmp_path / "sweepers.log") as sweepers:
        kill_at_random(sweepers, kills=KILLS, work=CLOCKS, progress=lambda: misses(side), seed=1117)
        assert misses(side) < CLOCKS, "the last kills came after the work was done"
        until(
            lambda: missed_so_far(side) == CLOCKS, seconds=PATIENCE, what="the rest of the sweep", every=0.2
        )
    assert found(side) == Found.each_once(CLOCKS)
    assert chain_is_whole(side)


def test_four_sweepers_at_once_find_each_miss_once(side: Side, tmp_path: Path) -> None:
    add_due_clocks(side, 3_000, due_at=MONDAY + timedelta(hours=1))
    with workers("sweep", side.landlord.pk, NOON, log=tmp_path / "sweepers.log") as sweepers:
        for _ in range(4):
            sweepers.start()
        until(lambda: missed_so_far(side) >= 3_000, seconds=PATIENCE, what="the sweep", every=0.1)
    assert found(side) == Found.each_once(3_000)
    assert chain_is_whole(side)
