"""Processes of their own for the fault tests, and ways to end them without a chance to tidy up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from random import Random
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from asbcases.local.paths import ROOT
from asbcases.local.processes import until

LONGEST_PAUSE = 0.06  # seconds
PATIENCE = 180.0  # seconds, on the slowest machine


def environment(**changes: str) -> dict[str, str]:
    """What another process needs to work in the database of this test."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    return {**os.environ, "DATABASE_URL": urlunsplit(database), **changes}


class Workers:
    """Workers doing one job for one landlord at one instant, in processes of their own."""

    def __init__(self, nursery: "subprocess.Popen[str]", job: str, landlord_id: int, at: datetime) -> None:
        self._nursery = nursery
        self._order = f"{job} {landlord_id} {at.isoformat()}\n"

        assert self._answer() == "ready"

    def start(self) -> int:
        """Another worker; returns its process id."""
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(self._order)
        self._nursery.stdin.flush()
        return int(self._answer())

    def _answer(self) -> str:
        assert self._nursery.stdout is not None
        return self._nursery.stdout.readline().strip()

    @staticmethod
    def kill(worker: int) -> None:
        """End it now. Raises ProcessLookupError where it had already ended by itself."""
        os.kill(worker, signal.SIGKILL)


def kill_at_random(
    workers: Workers, *, kills: int, work: int, progress: Callable[[], int], seed: int
) -> None:
    """Keep two workers at work and kill one or other of them, starting another each time.

    The kills are spread over the first half of the work, so that on a fast machine and on a slow one each finds
    something to interrupt: none comes before its share is done, and none dawdles once the work is ahead.
    """
    chance = Random(seed)
    at_work = [workers.start(), workers.start()]
    for number in range(kills):
        share = work * number // (2 * kills)
        _until_at_least(share, progress)
        if progress() < share + work // 10:
            time.sleep(chance.uniform(0, LONGEST_PAUSE))
        victim = chance.randrange(2)
        workers.kill(at_work[victim])
        at_work[victim] = workers.start()


def _until_at_least(share: int, progress: Callable[[], int]) -> None:
    until(lambda: progress() >= share, seconds=PATIENCE, what=f"{share} pieces of work", every=0.005)


@contextmanager
def workers(job: str, landlord_id: int, at: datetime, *, log: Path, **changes: str) -> Iterator[Workers]:
    with log.open("wb") as output:
        nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=ROOT,
            env=environment(**changes),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
            process_group=0,
        )
    with nursery:
        try:
            yield Workers(nursery, job, landlord_id, at)
        finally:
            kill_group(nursery.pid)


def kill_group(leader: int) -> None:
    """A process and all it started, where they share a process group."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
