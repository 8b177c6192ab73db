"""Processes of their own for the fault tests, and ways to end them without a chance to tidy up."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from asbcases.local.paths import ROOT


def environment(**changes: str) -> dict[str, str]:
    """What another process needs to work in the database of this test."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    return {**os.environ, "DATABASE_URL": urlunsplit(database), **changes}


class Workers:
    """Workers doing one job for one landlord at one instant, in processes of their own."""

    def __init__(self, nursery: "subprocess.Popen[str]", job: str, landlord_id: int, at: datetime) -> None:
        self._nursery = nursery
        self._order = f"{job} {landlord_id} {at.isoformat()}\n"

    def start(self) -> int:
        """Another worker; returns its process id."""
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(self._order)
        self._nursery.stdin.flush()
        return int(self._nursery.stdout.readline())

    @staticmethod
    def kill(worker: int) -> None:
        """End it now. Raises ProcessLookupError where it had already ended by itself."""
        os.kill(worker, signal.SIGKILL)


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
