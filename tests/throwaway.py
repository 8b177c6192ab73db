"""Private servers for one run of the tests: fast, and gone afterwards, also those of a killed run."""

from __future__ import annotations

import os
import shutil
from urllib.parse import urlencode, urlsplit, urlunsplit

from asbcases.local import credentials, locks, servers
from asbcases.local.paths import Home
from asbcases.local.servers import Lease


def start() -> Lease | None:
    """Start servers for this process and put their addresses in the environment; None when both are given."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return None
    home = servers.home()
    _sweep(home)
    place = Home(home.folder / "tests" / str(os.getpid()))
    place.folder.mkdir(mode=0o711, parents=True)
    lease = Lease(place, throwaway=True)
    for name, value in credentials.environment(place).items():
        os.environ.setdefault(name, value)
    return lease


def stop(lease: Lease) -> None:
    lease.release(wait=60)
    shutil.rmtree(lease.home.folder)


def _sweep(home: Home) -> None:
    """Remove what killed runs left."""
    for run in home.of_tests():
        if not _alive(int(run.folder.name)) and not locks.kept(run):
            shutil.rmtree(run.folder)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def numbered(redis_url: str, number: int) -> str:
    """The same broker, another of its databases."""
    parts = urlsplit(redis_url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?{urlencode({'db': number})}"
    return urlunsplit(parts._replace(path=f"/{number}"))
