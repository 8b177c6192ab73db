"""Starting and stopping processes so that none outlives the one that started it."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from asbcases.local.paths import ROOT

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class RunsAs(StrEnum):
    """How a server that refuses to run as root is given another user."""

    SELF = "self"  # we are not root
    NAMESPACE = "namespace"  # root outside, an ordinary user inside; every file stays ours
    NOBODY = "nobody"  # the user `nobody`, with files of its own


NAMESPACE_PREFIX = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


def choose_user(probe: Sequence[str]) -> RunsAs:
    """Root becomes somebody else. Containers may forbid namespaces, so `probe` is tried in one first."""
    if os.getuid() != 0:
        return RunsAs.SELF
    if shutil.which("unshare") and _succeeds([*NAMESPACE_PREFIX, *probe]):
        return RunsAs.NAMESPACE
    return RunsAs.NOBODY


def _succeeds(argv: Sequence[str]) -> bool:
    return subprocess.run(argv, capture_output=True, check=False).returncode == 0


def nobody() -> tuple[int, int]:
    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def give(folder: Path, runs_as: RunsAs) -> None:
    """Make a folder, private to the user the server runs as."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if runs_as is RunsAs.NOBODY:
        os.chown(folder, *nobody())


def run_as(argv: Sequence[str], runs_as: RunsAs, *, log: Path) -> None:
    """Run a short-lived program as the servers' user and wait for it."""
    if start(argv, log=log, runs_as=runs_as).wait() != 0:
        raise RuntimeError(f"{Path(argv[0]).name} failed:\n{tail(log)}")


def start(
    argv: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    runs_as: RunsAs = RunsAs.SELF,
    when_parent_dies: signal.Signals = signal.SIGTERM,
    keep_open: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a child in its own process group, told to stop when we die, writing to `log`."""
    user, group = nobody() if runs_as is RunsAs.NOBODY else (None, None)
    with log.open("ab") as output:
        return subprocess.Popen(
            _prefixed(argv, runs_as),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=ROOT,
            process_group=0,
            pass_fds=keep_open,
            preexec_fn=_die_with(os.getpid(), when_parent_dies),
            user=user,
            group=group,
            extra_groups=[] if user is not None else None,
        )


def _prefixed(argv: Sequence[str], runs_as: RunsAs) -> list[str]:
    return [*NAMESPACE_PREFIX, *argv] if runs_as is RunsAs.NAMESPACE else list(argv)


def stop_with_parent() -> None:
    """Be told to stop when whoever started us dies, even by a signal it could not pass on."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))


def _die_with(parent: int, number: signal.Signals) -> Callable[[], None]:
    def ask_the_kernel() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(number))
            if os.getppid() != parent:  # it died before we asked
                os._exit(1)

    return ask_the_kernel


def stop(child: subprocess.Popen[bytes], gently: signal.Signals, *, patience: float = 10.0) -> None:
    """Ask a child to end, wait `patience` seconds, then insist; it is reaped either way."""
    if child.poll() is None:
        child.send_signal(gently)
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def until(check: Callable[[], bool], *, seconds: float, what: str, every: float = 0.02) -> None:
    """Wait until `check` holds, asking `every` so many seconds. Raises TimeoutError naming `what` was waited for."""
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: gave up after {seconds:.0f} seconds")
        time.sleep(every)


def tail(log: Path, lines: int = 15) -> str:
    """The end of a log, for an error message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
