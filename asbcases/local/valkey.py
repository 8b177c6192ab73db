"""One private Valkey: a socket of our own, an append-only file, no port."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import redis

from asbcases.local import engines, paths, processes
from asbcases.local.paths import Home
from asbcases.local.processes import RunsAs


class PrivateValkey:
    """Started and stopped by the keeper."""

    stop_signal = signal.SIGTERM

    def __init__(self, home: Home, runs_as: RunsAs) -> None:
        self.home = home
        self.runs_as = runs_as
        self.log = home.logs / "valkey.log"
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        for folder in (self.home.valkey, self.home.sockets):
            processes.give(folder, self.runs_as)
        program = self._program()
        self.child = processes.start(
            [str(program), *self._settings()],
            log=self.log,
            runs_as=self.runs_as,
            when_parent_dies=signal.SIGTERM,
        )
        try:
            processes.until(self.accepts, seconds=10, what="Valkey")
        except TimeoutError as late:
            raise TimeoutError(f"{late}\n{processes.tail(self.log)}") from None

    def accepts(self) -> bool:
        """Whether the server answers now."""
        try:
            with redis.Redis(unix_socket_path=str(self.home.valkey_socket)) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def _program(self) -> Path:
        found = engines.find_valkey()
        if self.runs_as is not RunsAs.NOBODY or paths.enterable(found.parent):
            return found
        copy = self.home.folder / "programs"
        copy.mkdir(exist_ok=True)
        return Path(shutil.copy2(found, copy / found.name))

    def _settings(self) -> list[str]:
        return [
            *("--port", "0"),
            *("--unixsocket", str(self.home.valkey_socket), "--unixsocketperm", "700"),
            *("--dir", str(self.home.valkey)),
            *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
            *("--maxmemory-policy", "noeviction"),
        ]
