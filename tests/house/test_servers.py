"""The private servers, for real: started, shared, killed, and started again."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
import redis

from asbcases.local import credentials, locks, processes
from asbcases.local.credentials import APPLICATION, OWNER, SUPERUSER
from asbcases.local.paths import Home
from asbcases.local.servers import CannotStart, Lease

pytestmark = pytest.mark.slow


@pytest.fixture
def home(private_home: Home) -> Iterator[Home]:
    yield private_home
    processes.until(lambda: not locks.kept(private_home), seconds=60, what="the keeper's end")


def _as(home: Home, role: str, password: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(credentials.database_url(home, role, password), autocommit=True)


def _children(home: Home) -> list[int]:
    """Processes of the servers of this home, found by the folder they were told to use."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if any(os.fsencode(home.folder) in word for word in words[1:]):
            found.append(int(folder.name))
    return found


def test_the_application_role_has_no_power_and_the_owner_little(home: Home) -> None:
    lease = Lease(home)
    known = credentials.load(home)
    with _as(home, APPLICATION, known.application) as connection:
        powers = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
            " WHERE rolname LIKE 'asb%' ORDER BY rolname"
        ).fetchall()
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'asbcases'"
        )
        owned_by = owner.fetchone()
    lease.release(wait=60)
    assert powers == [(APPLICATION, False, False, False, False), (OWNER, False, False, True, False)]
    assert owned_by == (OWNER,)


def test_nobody_comes_in_without_the_password(home: Home) -> None:
    lease = Lease(home)
    for role in (SUPERUSER, OWNER, APPLICATION):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            _as(home, role, "guessed")
    lease.release(wait=60)
    assert stat.S_IMODE(home.credentials.stat().st_mode) == 0o600


def test_neither_server_listens_on_the_network(home: Home) -> None:
    lease = Lease(home)
    with _as(home, APPLICATION, credentials.load(home).application) as connection:
        listening = connection.execute("SHOW listen_addresses").fetchone()
    with redis.Redis(unix_socket_path=str(home.valkey_socket)) as client:
        port = client.config_get("port")
    socket_modes = {stat.S_IMODE(path.stat().st_mode) for path in home.sockets.glob("*sock*")}
    folder_mode = stat.S_IMODE(home.sockets.stat().st_mode)
    lease.release(wait=60)
    assert listening == ("",)
    assert port == {"port": "0"}
    assert socket_modes <= {0o700, 0o600}
    assert folder_mode == 0o700


def test_the_servers_stay_until_the_last_user_leaves(home: Home) -> None:
    first, second = Lease(home), Lease(home)
    first.release()
    time.sleep(1)  # several of the keeper's looks
    with _as(home, APPLICATION, credentials.load(home).application) as connection:
        answer = connection.execute("SELECT 1").fetchone()
    second.release(wait=60)
    assert answer == (1,)
    processes.until(lambda: not _children(home), seconds=60, what="the servers' end")


def test_data_survives_killing_everything(home: Home) -> None:
    lease = Lease(home)
    known = credentials.load(home)
    with _as(home, OWNER, known.owner) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('committed')")
    for process in _children(home):
        with suppress(ProcessLookupError):  # those whose parent was killed before them may have gone already
            os.kill(process, signal.SIGKILL)
    lease.release(wait=60)

    again = Lease(home)
    with _as(home, OWNER, known.owner) as connection:
        rows = connection.execute("SELECT word FROM kept").fetchall()
    again.release(wait=60)
    assert rows == [("committed",)]


def test_killing_the_keeper_takes_the_servers_along(home: Home) -> None:
    lease = Lease(home)
    keeper = int(home.ready.read_text())
    os.kill(keeper, signal.SIGKILL)
    processes.until(lambda: not _children(home), seconds=60, what="the servers' end")
    lease.release(wait=60)
    again = Lease(home)
    started = again.running()
    again.release(wait=60)
    assert started


def test_a_server_that_was_killed_is_started_again(home: Home) -> None:
    lease = Lease(home)
    victim = _postmaster(home)
    os.kill(victim, signal.SIGKILL)

    def back() -> bool:
        try:
            with _as(home, APPLICATION, credentials.load(home).application) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    time.sleep(0.5)
    processes.until(back, seconds=60, what="PostgreSQL's return")
    successor = _postmaster(home)
    lease.release(wait=60)
    assert successor != victim


def _postmaster(home: Home) -> int:
    return int((home.data / "postmaster.pid").read_text().split()[0])


def test_data_of_another_major_version_is_not_opened(home: Home) -> None:
    Lease(home).release(wait=60)
    made = home.engine.read_text()
    home.engine.write_text(re.sub(r'"major": \d+', '"major": 11', made))
    with pytest.raises(CannotStart, match="the data here is PostgreSQL 11's"):
        Lease(home)
    home.engine.write_text(made)


def test_a_command_starts_servers_for_itself_and_stops_them(home: Home, bare: dict[str, str]) -> None:
    env = bare | {"LOCAL_HOME": str(home.folder)}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", _WHO],
        env=env,
        capture_output=True,
        text=True,
    )
    processes.until(lambda: not _children(home), seconds=60, what="the servers' end")
    assert (done.stdout.strip(), done.returncode) == (APPLICATION, 0), done.stderr


_WHO = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user")
    print(cursor.fetchone()[0])
"""
