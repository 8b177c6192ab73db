"""Real services for the tests, and a database of their own.

Without DATABASE_URL each run has private servers that nobody else touches, so several runs, and `make run`,
go side by side. The owner's role makes the test database; the tests themselves run as the application does.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import django
import hypothesis
import pytest
from pytest_django import DjangoDbBlocker

from asbcases.local.servers import Lease
from tests import throwaway

_QUICK_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"
_lease: Lease | None = None
hypothesis.settings.load_profile("ci")  # before any test is read, since each takes over what it does not set


def pytest_configure(config: pytest.Config) -> None:
    """Servers first: Django reads their address when it is set up, straight after this."""
    global _lease  # pytest offers no place of its own between here and the end of the run
    if "PYTEST_XDIST_WORKER" not in os.environ and not config.option.collectonly:
        _lease = throwaway.start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asbcases.settings")
    django.setup()
    config.pluginmanager.import_plugin("tests.factories.world")


def pytest_unconfigure(config: pytest.Config) -> None:
    if _lease is not None:
        throwaway.stop(_lease)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config, specs: list[Any]) -> None:
    """Each worker has its own database in the broker, as pytest-django gives it its own in PostgreSQL."""
    for number, spec in enumerate(specs, start=1):
        spec.env["REDIS_URL"] = throwaway.numbered(os.environ["REDIS_URL"], number)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Made and migrated by the owner, then handed to the application's role for every test."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        with _as_owner():
            made = setup_databases(
                verbosity=request.config.option.verbose,
                interactive=False,
                serialized_aliases=[],
                keepdb=django_db_keepdb and not django_db_createdb,
            )
        with _flushed_by_the_owner():
            yield
        if not django_db_keepdb:
            with _as_owner():
                teardown_databases(made, verbosity=request.config.option.verbose)


@contextmanager
def _as_owner() -> Iterator[None]:
    from django.conf import settings
    from django.db import connection

    names = ("USER", "PASSWORD")
    application = {name: connection.settings_dict[name] for name in names}
    connection.close()
    connection.settings_dict |= {name: settings.OWNER_DATABASE[name] for name in names}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= application


@contextmanager
def _flushed_by_the_owner() -> Iterator[None]:
    """Empty the tables after each test that commits. The application's role may not, and should not,
    truncate.

    What the migrations themselves wrote stays: reference rows, permissions, the list of migrations.
    """
    from django.test import TransactionTestCase

    kept = _tables(written=True)

    def flush(case: TransactionTestCase) -> None:
        with _as_owner():
            _empty(sorted(_tables() - kept))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush)
        yield


def _tables(*, written: bool = False) -> set[str]:
    """The tables of the application; `written` leaves only those that have ever had a row."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relnamespace = 'public'::regnamespace AND (NOT %s OR pg_relation_size(oid) > 0)",
            [written],
        )
        return {name for (name,) in cursor.fetchall()}


def _empty(tables: list[str]) -> None:
    """One statement: truncating is neither held up by foreign keys among the tables nor by row security."""
    from django.db import connection

    with connection.cursor() as cursor:
        quoted = ", ".join(map(connection.ops.quote_name, tables))
        cursor.execute(f"TRUNCATE {quoted} RESTART IDENTITY")


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """A good hash takes a tenth of a second on purpose; a test that signs in has nothing to protect."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=[_QUICK_HASHER]):
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """No test may depend on, or tell anything to, another machine."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _loopback_only(getattr(socket.socket, name)))
        yield


def _loopback_only(connect: Any) -> Any:
    def guarded(this: socket.socket, address: Any) -> Any:
        if this.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise PermissionError(f"tests stay on this machine; refused {address[0]}")
        return connect(this, address)

    return guarded


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
