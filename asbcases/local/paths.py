"""Where private data lives.

Normally `.local/` in the checkout. Two things forbid that: a socket path longer than the operating system
takes, and a parent folder the servers' own user may not enter. Then the data lives in a short private folder
elsewhere and `.local` is a link to it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SOCKET = 100  # bytes; the kernel takes 107, some clients less
_DEEPEST = "tests/4194304/sockets/.s.PGSQL.5432"
# Survives a restart of the machine, unlike /tmp. Anybody may write there, so ours is checked before use.
_SYSTEM_FOLDER = Path("/var/tmp")  # noqa: S108


@dataclass(frozen=True)
class Home:
    """One set of private servers and everything they keep."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "postgres"

    @property
    def valkey(self) -> Path:
        return self.folder / "valkey"

    @property
    def sockets(self) -> Path:
        return self.folder / "sockets"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    @property
    def credentials(self) -> Path:
        return self.folder / "credentials.json"

    @property
    def engine(self) -> Path:
        return self.folder / "engine.json"

    def of_tests(self) -> list[Home]:
        """Homes of runs of the tests, going on or killed."""
        return [Home(folder) for folder in sorted((self.folder / "tests").glob("*"))]

    @property
    def lock(self) -> Path:
        """Held exclusively by the one keeper of this folder's servers."""
        return self.folder / "lock"

    @property
    def lease(self) -> Path:
        """Held in common by everyone who uses the servers; when nobody does, the keeper stops them."""
        return self.folder / "lease"

    @property
    def ready(self) -> Path:
        """Present while the servers take connections."""
        return self.folder / "ready"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"


def default_home(root: Path = ROOT, *, other_user: bool = False) -> Home:
    """The home of `make run` and `manage.py`; `other_user` when the servers run as somebody else."""
    link = root / ".local"
    if _fits(link) and not (other_user and not enterable(root)):
        if link.is_symlink():
            link.unlink()
        return Home(private(link, enter=other_user))
    elsewhere = private(elsewhere_for(root), enter=other_user)
    _point(link, elsewhere)
    return Home(elsewhere)


def elsewhere_for(root: Path) -> Path:
    name = hashlib.sha256(str(root).encode()).hexdigest()[:10]
    return _SYSTEM_FOLDER / f"asbcases-{os.getuid()}-{name}"


def enterable(folder: Path) -> bool:
    """Whether any user may enter the folder, which takes the right on it and on each parent."""
    return all(part.stat().st_mode & stat.S_IXOTH for part in (folder, *folder.parents))


def remove(root: Path = ROOT) -> None:
    """Take `.local` away, and the folder it points to when that is ours."""
    link = root / ".local"
    for folder in (elsewhere_for(root), link):
        if folder.is_symlink():
            folder.unlink()
        elif folder.exists():
            shutil.rmtree(folder)


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / _DEEPEST)) <= LONGEST_SOCKET


def private(folder: Path, *, enter: bool) -> Path:
    """Make the folder ours alone; refuse one that somebody else put in its place."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(f"{folder} is not a folder of yours; remove it and start again")
    folder.chmod(0o711 if enter else 0o700)
    return folder


def _point(link: Path, folder: Path) -> None:
    if link.is_symlink():
        link.unlink()
    elif link.exists():
        raise FileExistsError(f"{link} holds data in a place the servers cannot use; `make reset` removes it")
    link.symlink_to(folder)
