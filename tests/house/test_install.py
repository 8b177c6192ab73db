"""What setting up says when something is missing, and that it does nothing twice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from asbcases.local import install
from asbcases.local.install import CannotInstall


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """An empty checkout; programs are written down instead of run."""
    for name in (
        "requirements/base.txt",
        "requirements/dev.txt",
        "package-lock.json",
        "asbcases/frontend.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name if name.endswith("txt") else "")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "pip").touch()
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    ran: list[str] = []

    def write_down(*argv: str) -> None:
        ran.append(" ".join([Path(argv[0]).name, *argv[1:]]))
        for folder in ("node_modules", "static_build"):
            (tmp_path / folder).mkdir(exist_ok=True)

    monkeypatch.setattr(install, "_do", write_down)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(install, "find_library", lambda name: f"lib{name}.so")
    return ran


def _pip(root: Path, name: str) -> str:
    return f"pip install -qq --require-hashes --requirement {root / 'requirements' / name}"


NPM = "npm ci --no-audit --no-fund --silent"


def test_everything_is_installed_once_and_by_its_hash(done: list[str], tmp_path: Path) -> None:
    install.install("run")
    install.install("run")
    assert done == [_pip(tmp_path, "base.txt"), NPM]


def test_the_tests_packages_include_the_others(done: list[str], tmp_path: Path) -> None:
    install.install("test")
    install.install("run")
    assert done == [_pip(tmp_path, "dev.txt"), NPM]


def test_changed_requirements_are_installed_again(done: list[str], tmp_path: Path) -> None:
    install.install("run")
    (tmp_path / "requirements" / "base.txt").write_text("another version")
    install.install("run")
    assert done == [_pip(tmp_path, "base.txt"), NPM, _pip(tmp_path, "base.txt")]


def test_without_node_one_line_says_what_to_install(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(CannotInstall, match="Node 20 or later with npm is needed"):
        install.install("run")


def test_without_a_browser_and_without_rights_one_line_says_what_to_install(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/npm" if name == "npm" else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(
        CannotInstall,
        match="the browser tests need Chromium: install the package `chromium-headless-shell`",
    ):
        install.install("test")


def test_what_sets_letters_is_installed_where_it_is_missing(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "find_library", lambda name: None if "pango" in name else "lib.so")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda argv, **_options: ran.append(argv))
    install.install("run")
    assert ran == [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "libpango-1.0-0", "libpangoft2-1.0-0"],
    ]


def test_what_sets_letters_is_named_where_it_may_not_be_installed(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "find_library", lambda name: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    with pytest.raises(CannotInstall, match=f"install the package `{packages}`"):
        install.install("run")


def test_an_old_python_is_refused(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "OLDEST", (4, 0))
    with pytest.raises(CannotInstall, match=r"Python 3\.11 or later"):
        install.install("run")
    assert done == []
