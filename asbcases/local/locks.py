"""File locks. The system takes them back from whoever dies, so none is ever left behind."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO, TypeAlias

from asbcases.local.paths import Home

Lock: TypeAlias = IO[str]


def share(path: Path) -> Lock:
    """Hold together with others, once nobody holds it alone."""
    file = path.open("a")
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def take(path: Path, kind: int = fcntl.LOCK_EX) -> Lock | None:
    """Hold alone (or, with LOCK_SH, together), now or not at all: None when somebody is in the way."""
    file = path.open("a")
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def kept(home: Home) -> bool:
    """Whether a keeper of the private servers is alive, ready or not."""
    if not home.folder.exists():
        return False
    lock = take(home.lock, fcntl.LOCK_SH)
    if lock is not None:
        lock.close()
    return lock is None
