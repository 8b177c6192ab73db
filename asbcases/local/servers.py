"""Attaching to the private servers, starting them when they are not running."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from asbcases.local import locks, paths, processes
from asbcases.local.engines import find_valkey
from asbcases.local.locks import Lock
from asbcases.local.paths import Home
from asbcases.local.processes import RunsAs

_PATIENCE = 120.0  # seconds; a first start makes the cluster, a slow disk takes its time


class CannotStart(Exception):
    """The private servers did not come up; the message is the keeper's own."""


def home() -> Home:
    """The home of `make run` and `manage.py` on this machine, or the folder that LOCAL_HOME names."""
    other_user = processes.choose_user([str(find_valkey()), "--version"]) is RunsAs.NOBODY
    if named := os.environ.get("LOCAL_HOME"):
        return Home(paths.private(Path(named), enter=other_user))
    return paths.default_home(other_user=other_user)


class Lease:
    """The private servers, ours until `release` or the end of the process, whichever is sooner."""

    def __init__(self, home: Home, *, throwaway: bool = False) -> None:
        self.home = home
        home.logs.mkdir(exist_ok=True)
        self._hold: Lock | None = locks.share(home.lease)
        self._keeper: subprocess.Popen[bytes] | None = None  # if it was us who started it
        self._attach(throwaway)

    def _attach(self, throwaway: bool) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not self.running():
            ended = self._keeper.poll() if self._keeper else 0
            if ended:
                raise CannotStart(processes.tail(self._log))
            if ended is not None and not locks.kept(self.home):
                self._keeper = self._start_keeper(throwaway)
            if time.monotonic() > deadline:
                raise CannotStart(f"the private servers did not start; see {self.home.logs}")
            time.sleep(0.02)

    def running(self) -> bool:
        return self.home.ready.exists() and locks.kept(self.home)

    @property
    def _log(self) -> Path:
        return self.home.logs / "keeper.log"

    def _start_keeper(self, throwaway: bool) -> subprocess.Popen[bytes]:
        options = ["--throwaway"] if throwaway else []
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "asbcases.local.keeper", str(self.home.folder), *options],
                cwd=paths.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def release(self, *, wait: float = 0.0) -> None:
        """Give the servers up; wait up to so many seconds for them to stop, if nobody else uses them."""
        if self._hold is not None:
            self._hold.close()
            self._hold = None
        deadline = time.monotonic() + wait
        while locks.kept(self.home) and time.monotonic() < deadline:
            time.sleep(0.05)
        if self._keeper is not None and not locks.kept(self.home):
            self._keeper.wait()
