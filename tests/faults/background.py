"""The worker and the broker as they run in production, started for one test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from asbcases import environment as addresses
from asbcases.celery import app
from asbcases.local import processes
from asbcases.local.commands import PROCESSES
from asbcases.local.engines import find_valkey
from asbcases.local.paths import Home
from asbcases.local.valkey import PrivateValkey
from tests.faults.killing import PATIENCE, environment, kill_group

SWEEP = "cases.tasks.sweep_deadlines"
READY = "ready."
"""What a worker writes to its log once it takes tasks."""


class Broker:
    """A Valkey of this test's own, with the settings of the product's."""

    def __init__(self, home: Home) -> None:
        user = processes.choose_user([str(find_valkey()), "--version"])
        self._valkey = PrivateValkey(home, user)
        self.url = f"unix://{quote(str(home.valkey_socket))}"
        self._data = home.valkey

    def start(self) -> None:
        self._valkey.start()

    def kill(self) -> None:
        """End it without a chance to write anything down."""
        child = self._valkey.child
        assert child is not None
        child.kill()
        child.wait()

    def forget(self) -> None:
        """Lose everything it kept; only while it is down."""
        for kept in self._data.rglob("*.*"):
            kept.unlink()

    def ask(self, task: str) -> None:
        """What the beat does at each turn."""
        with app.connection_for_write(addresses.broker(self.url)) as connection:
            app.send_task(task, connection=connection)


@contextmanager
def broker() -> Iterator[Broker]:
    """In a folder of this process that runs tests: another may have one at the same time."""
    home = Home(settings.LOCAL_HOME / os.environ.get("PYTEST_XDIST_WORKER", "gw"))
    home.logs.mkdir(parents=True)
    started = Broker(home)
    started.start()
    try:
        yield started
    finally:
        started.kill()
        shutil.rmtree(home.folder)


class Worker:
    """One worker with its two pool processes, in a process group of its own."""

    def __init__(self, child: "subprocess.Popen[bytes]", log: Path) -> None:
        self.child = child
        self.log = log

    def times_ready(self) -> int:
        return self.log.read_text().count(READY)

    def kill(self) -> None:
        kill_group(self.child.pid)
        self.child.wait()

    def pool(self) -> list[int]:
        """Process ids of those that do the tasks."""
        listed = Path(f"/proc/{self.child.pid}/task/{self.child.pid}/children").read_text()
        return [int(number) for number in listed.split()]


@contextmanager
def worker(on: Broker, log: Path) -> Iterator[Worker]:
    """A worker that takes tasks already."""
    env = environment(REDIS_URL=on.url)
    child = processes.start([sys.executable, *PROCESSES["worker"]], log=log, env=env)
    started = Worker(child, log)
    try:
        processes.until(lambda: started.times_ready() > 0, seconds=PATIENCE, what="the worker", every=0.1)
        yield started
    finally:
        started.kill()
