"""Install what a make target needs, once: the packages, the front-end files, what sets letters, a browser for tests.

Run by the system's own Python, so nothing but the standard library, and by its path, so nothing of ours but
the copier. Two targets may run at the same time on a fresh clone: one installs, the other waits.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterable
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
REQUIREMENTS = {"run": "requirements/base.txt", "test": "requirements/dev.txt"}
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The best first: the shell is the same engine without windows, and takes half the work for the same page."""
LETTERS = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
"""Libraries that letters are set with, and the Debian packages that hold them."""
OLDEST = (3, 11)


class CannotInstall(Exception):
    """Something is missing that only the user can provide; the message is one line."""


def install(purpose: str) -> None:
    """Bring the checkout up to what `purpose` ("run" or "test") needs; quick when it is there already."""
    if sys.version_info < OLDEST:
        raise CannotInstall("Python 3.11 or later is needed; name it with `make PYTHON=python3.12 …`")
    lock = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _virtual_environment()
        _packages(purpose)
        _front_end()
        _letters()
    finally:
        os.close(lock)
    if purpose == "test":
        _browser()


def _virtual_environment() -> None:
    if (VENV / "bin" / "pip").exists():
        return
    if subprocess.run(
        [sys.executable, "-c", "import ensurepip"], capture_output=True, check=False
    ).returncode:
        _from_the_distribution("python3-venv", "Python's venv module is missing")
    _say("making .venv")
    _do(sys.executable, "-m", "venv", str(VENV))


def _packages(purpose: str) -> None:
    """The test set contains the other, so a checkout that has tests' packages has all."""
    chosen = ROOT / REQUIREMENTS[purpose]
    stamps = {name: VENV / f".installed-{name}" for name in REQUIREMENTS}
    wanted = {name: _fingerprint([ROOT / path]) for name, path in REQUIREMENTS.items()}
    if any(_reads(stamps[name], wanted[name]) for name in (purpose, "test")):
        return
    _say(f"installing {REQUIREMENTS[purpose]}")
    _do(str(VENV / "bin" / "pip"), "install", "-qq", "--require-hashes", "--requirement", str(chosen))
    stamps[purpose].write_text(wanted[purpose])


def _front_end() -> None:
    copier = ROOT / "asbcases" / "frontend.py"
    stamp = ROOT / "static_build" / ".copied"
    wanted = _fingerprint([ROOT / "package-lock.json", copier])
    if _reads(stamp, wanted) and (ROOT / "node_modules").exists():
        return
    if not shutil.which("npm"):
        raise CannotInstall("Node 20 or later with npm is needed: install the package `nodejs` and `npm`")
    _say("installing the front-end files")
    _do("npm", "ci", "--no-audit", "--no-fund", "--silent")
    runpy.run_path(str(copier), run_name="__main__")
    stamp.write_text(wanted)


def _letters() -> None:
    missing = [package for library, package in LETTERS.items() if not find_library(library)]
    if missing:
        _from_the_distribution(" ".join(missing), "letters are set with Pango and HarfBuzz")


def _browser() -> None:
    if not any(map(shutil.which, BROWSERS)):
        _from_the_distribution(BROWSERS[0], "the browser tests need Chromium")


def _from_the_distribution(packages: str, why: str) -> None:
    """Install Debian packages where we may. Raises CannotInstall saying what to install where we may not."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise CannotInstall(f"{why}: install the package `{packages}`")
    _say(f"{why}: installing {packages}")
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", *packages.split())):
        subprocess.run(["apt-get", *step], check=True, env=quietly, stdout=subprocess.DEVNULL)


def _fingerprint(files: Iterable[Path]) -> str:
    """Of the files and of the Python that reads them: another version needs other packages."""
    content = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def _reads(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def _do(*argv: str) -> None:
    subprocess.run(argv, cwd=ROOT, check=True)


def _say(what: str) -> None:
    print(f"… {what}", flush=True)  # noqa: T201


if __name__ == "__main__":
    try:
        install(sys.argv[1])
    except CannotInstall as missing:
        sys.exit(str(missing))
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{failed.cmd[0]} failed; its own message is above")
