"""`make run`, for real: up, killed, up again, and down without a trace."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from asbcases.local import processes
from asbcases.local.paths import Home
from tests.house.conftest import ROOT
from tests.ports import port_of, taken_port

pytestmark = pytest.mark.slow
GOING = 180.0  # seconds, on the slowest machine


class Running:
    """One `make run` with a home and a port of its own."""

    def __init__(self, home: Home, bare: dict[str, str]) -> None:
        self._place = taken_port()
        self.port = port_of(self._place)
        self.home = home
        self.env = bare | {"LOCAL_HOME": str(home.folder), "PORT": str(self.port), "DEMO": "no"}
        self.process = self.start()

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "asbcases.local.run"],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def last_line(self) -> str:
        """What it says when it has come up, or all it said when it ended instead."""
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line.strip())
            if line.startswith("Ready: "):
                return said[-1]
        return "\n".join(said)

    def left(self) -> list[int]:
        """Every process, of whatever depth, that has this home in its environment or its command."""
        mark = os.fsencode(self.home.folder)
        found = [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if mark in _read(folder)]
        return [process for process in found if process != os.getpid()]

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=GOING)
        self._place.close()


def _read(folder: Path) -> bytes:
    try:
        return (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def running(private_home: Home, bare: dict[str, str]) -> Iterator[Running]:
    running = Running(private_home, bare)
    yield running
    running.end()
    processes.until(lambda: not running.left(), seconds=GOING, what="the end of everything")


def test_up_killed_up_again_and_down(running: Running) -> None:
    ready = f"Ready: http://127.0.0.1:{running.port}"
    assert running.last_line() == ready
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/healthz") as answer:
        assert answer.status == 200
    beat = (running.home.logs / "beat.log").read_text()
    assert f"db -> {running.home.folder / 'beat-schedule'}" in beat

    running.process.kill()
    running.process.communicate()
    running.process = running.start()
    assert running.last_line() == ready

    running.process.send_signal(signal.SIGINT)
    running.process.communicate(timeout=GOING)
    assert running.process.returncode == 0
    processes.until(lambda: not running.left(), seconds=GOING, what="the end of everything")


def test_a_taken_port_is_told_in_one_line(private_home: Home, bare: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        env = bare | {"LOCAL_HOME": str(private_home.folder), "PORT": str(port)}
        done = subprocess.run(
            [sys.executable, "-m", "asbcases.local.run"], cwd=ROOT, env=env, capture_output=True, text=True
        )
    said = f"port {port}: Address already in use; choose another, such as `PORT=8001 make run`\n"
    assert (done.returncode, done.stderr) == (1, said)
