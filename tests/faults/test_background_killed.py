"""The worker and the broker are only hints: PostgreSQL knows what is due, so losing either loses nothing."""

import os
import signal
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from asbcases.local.processes import until
from tests.factories.world import Side
from tests.faults.background import SWEEP, Broker, broker, worker
from tests.faults.duties import Found, add_due_clocks, chain_is_whole, found, missed_so_far
from tests.faults.killing import PATIENCE
from timeline import clock

pytestmark = pytest.mark.slow

CLOCKS = 5_000
AFTERWARDS = 500
"""Clocks that fall due only once the broker is back: the worker must have taken a new task to find them."""


def an_hour_ago() -> datetime:
    return clock.now().replace(microsecond=0) - timedelta(hours=1)


@pytest.fixture
def late(side: Side) -> Side:
    """A landlord with thousands of clocks that fell due an hour ago, by the real clock."""
    add_due_clocks(side, CLOCKS, due_at=an_hour_ago())
    return side


def until_at_work(side: Side) -> None:
    until(lambda: missed_so_far(side) > 0, seconds=PATIENCE, what="the first misses")


def until_done(side: Side, number: int = CLOCKS) -> None:
    until(lambda: missed_so_far(side) >= number, seconds=PATIENCE, what="every miss", every=0.1)


def check_each_once(side: Side, number: int = CLOCKS) -> None:
    assert found(side) == Found.each_once(number)
    assert chain_is_whole(side)


def kill_pool(pool: list[int]) -> None:
    for process in pool:
        os.kill(process, signal.SIGKILL)


def test_another_worker_finishes_what_a_killed_one_began(late: Side, tmp_path: Path) -> None:
    with broker() as valkey:
        with worker(valkey, tmp_path / "first.log") as first:
            valkey.ask(SWEEP)
            until_at_work(late)
            first.kill()
        assert 0 < missed_so_far(late) < CLOCKS, "the worker had finished before it was killed"
        with worker(valkey, tmp_path / "second.log"):
            valkey.ask(SWEEP)
            until_done(late)
    check_each_once(late)


def test_a_task_whose_process_is_killed_is_done_again_unasked(late: Side, tmp_path: Path) -> None:
    with broker() as valkey, worker(valkey, tmp_path / "worker.log") as at_work:
        valkey.ask(SWEEP)
        until_at_work(late)
        kill_pool(at_work.pool())
        assert missed_so_far(late) < CLOCKS, "the task had finished before it was killed"
        until_done(late)
    check_each_once(late)


@pytest.mark.parametrize("forgets", [False, True], ids=["keeps its queue", "loses its queue"])
def test_work_goes_on_when_the_broker_comes_back(late: Side, tmp_path: Path, forgets: bool) -> None:
    with broker() as valkey, worker(valkey, tmp_path / "worker.log") as at_work:
        valkey.ask(SWEEP)
        until_at_work(late)
        _away_and_back(valkey, forgets=forgets)
        add_due_clocks(late, AFTERWARDS, due_at=an_hour_ago())
        valkey.ask(SWEEP)
        until_done(late, CLOCKS + AFTERWARDS)
        assert at_work.child.poll() is None, "the worker outlives its broker"
    check_each_once(late, CLOCKS + AFTERWARDS)


def _away_and_back(valkey: Broker, *, forgets: bool) -> None:
    valkey.kill()
    if forgets:
        valkey.forget()
    valkey.start()
