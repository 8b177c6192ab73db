"""`make run`: everything the product consists of, on one machine, until Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from asbcases.local import credentials, locks, processes, provision, servers
from asbcases.local.commands import MIGRATE, PROCESSES
from asbcases.local.engines import NoEngine
from asbcases.local.locks import Lock
from asbcases.local.paths import ROOT, Home
from asbcases.local.servers import CannotStart, Lease

_PREDECESSOR = 30.0  # seconds that what is left of a killed run may take to go, on a busy machine
_GET_READY = 180.0  # seconds, on the slowest machine
_LOOPBACK = "127.0.0.1"


class Stopped(Exception):
    """Ctrl-C, or a signal that means the same."""


class Failed(Exception):
    """A part did not start, or ended by itself; the message says which and where its log is."""


class Run:
    """The processes of one `make run`, stopped in the reverse of the order they started in."""

    def __init__(self, home: Home, port: int) -> None:
        self.home = home
        self.port = port
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.lease: Lease | None = None
        home.logs.mkdir(exist_ok=True)
        self._lock = _wait_for_lock(home.folder / "run.lock")
        self._web = _listen(port)
        self._mail = _listen(0)
        self.env = self._environment()

    def _environment(self) -> dict[str, str]:
        """Given addresses win over the private servers'; the rest is that of a local process."""
        both_given = os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")
        if not both_given:
            self.lease = Lease(self.home)
        private = (
            credentials.local_environment(self.home) if both_given else credentials.environment(self.home)
        )
        ours = {"LOCAL_MODE": "1", "LOCAL_HOME": str(self.home.folder), "PORT": str(self.port)}
        mail = {"EMAIL_HOST": _LOOPBACK, "EMAIL_PORT": str(self._mail.getsockname()[1])}
        return {**private, **mail, **_given(), **ours}

    def start(self) -> None:
        """Tables, then data, then the processes; returns when all four parts say they are well."""
        if os.environ.get("DATABASE_URL") and os.environ.get("DATABASE_ADMIN_URL"):
            provision.given_server(self.env["DATABASE_URL"], self.env["DATABASE_ADMIN_URL"])
        _step(MIGRATE, self.env | {"DATABASE_ROLE": "owner"})
        self._spawn("mail", self._mail_sink(), keep_open=self._mail)
        guide = _step(("-m", "asbcases.local.prepare"), self.env)
        for name, command in PROCESSES.items():
            self._spawn(name, command, keep_open=self._web if name == "web" else None)
        self._until_well()
        _say(f"{guide.rstrip()}\n\nLogs: {self.home.logs}\nReady: http://{_LOOPBACK}:{self.port}")

    def _mail_sink(self) -> tuple[str, ...]:
        number = str(self._mail.fileno())
        return ("-m", "asbcases.local.mail", "--socket", number, "--folder", str(self.home.mail))

    def _spawn(self, name: str, command: tuple[str, ...], *, keep_open: socket.socket | None) -> None:
        """The lock stays open in every child, so that a later run waits for the last of them to go."""
        place = {"BIND": f"fd://{self._web.fileno()}", "DATABASE_POOL": "4"} if name == "web" else {}
        sockets = [keep_open.fileno()] if keep_open else []
        self.children[name] = processes.start(
            [sys.executable, *command],
            log=self.home.logs / f"{name}.log",
            env=self.env | place,
            keep_open=[self._lock.fileno(), *sockets],
        )

    def _until_well(self) -> None:
        def well() -> bool:
            self.check()
            return all(word == "ok" for word in _health(self.port).values())

        try:
            processes.until(well, seconds=_GET_READY, what="start", every=0.2)
        except TimeoutError:
            raise Failed(f"not everything came up: {_health(self.port)}; see {self.home.logs}") from None

    def check(self) -> None:
        """Raises Failed when a process has ended by itself."""
        for name, child in self.children.items():
            if child.poll() is not None:
                log = self.home.logs / f"{name}.log"
                raise Failed(f"{name} ended ({child.returncode}). The end of {log}:\n{processes.tail(log)}")

    def stop(self) -> None:
        for child in reversed(self.children.values()):
            processes.stop(child, signal.SIGTERM)
        if self.lease is not None:
            self.lease.release(wait=15)


def _given() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if value}


def _wait_for_lock(path: Path) -> Lock:
    lock = locks.take(path)
    if lock is None:
        _say("… an earlier `make run` is still here: waiting for it to end")
    deadline = time.monotonic() + _PREDECESSOR
    while lock is None:
        if time.monotonic() > deadline:
            raise Failed("`make run` is already running in this checkout")
        time.sleep(0.1)
        lock = locks.take(path)
    return lock


def _listen(port: int) -> socket.socket:
    """Ours from here on, handed to the child that serves it; nobody can take the port in between."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_LOOPBACK, port))
    except OSError as error:
        raise Failed(f"port {port}: {error.strerror}; choose another, such as `PORT=8001 make run`") from None
    listening.listen(128)
    return listening


def _step(command: tuple[str, ...], env: dict[str, str]) -> str:
    """One thing to finish before the next starts; what it printed. Its complaints go to ours as they come."""
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise Failed(f"{' '.join(command)} failed:\n{done.stdout}")
    return done.stdout


def _health(port: int) -> dict[str, str]:
    address = f"http://{_LOOPBACK}:{port}/healthz"
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            found: dict[str, str] = json.load(answer)
    except urllib.error.HTTPError as not_well:
        found = json.load(not_well)
    except OSError:
        found = {"web": "no answer"}
    return found


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _stop_on_signals() -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        for one in _SIGNALS:  # stopping is under way; a second Ctrl-C must not cut it short
            signal.signal(one, signal.SIG_IGN)
        raise Stopped

    for one in _SIGNALS:
        if one is not signal.SIGHUP or signal.getsignal(one) is not signal.SIG_IGN:  # `nohup` means it
            signal.signal(one, stop)


_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    _stop_on_signals()
    processes.stop_with_parent()
    run: Run | None = None
    try:
        run = Run(servers.home(), int(os.environ.get("PORT") or 8000))
        run.start()
        while True:
            run.check()
            time.sleep(0.5)
    except Stopped:
        return 0
    except (Failed, NoEngine, CannotStart) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        if run is not None:
            run.stop()


if __name__ == "__main__":
    sys.exit(main())
