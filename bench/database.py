"""A database of the benchmark's own: made and filled by the owner, measured as the application, then dropped."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from asbcases.local import credentials
from asbcases.local import servers as local

Owner = psycopg.Connection[tuple[Any, ...]]


@contextmanager
def servers() -> Iterator[None]:
    """The private servers while the benchmark runs, unless addresses are given."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    home = local.home()
    lease = local.Lease(home)
    try:
        for name, value in credentials.environment(home).items():
            os.environ.setdefault(name, value)
        yield
    finally:
        lease.release()


@contextmanager
def fresh(part: str) -> Iterator[Owner]:
    """A migrated database, the application connected to it; yields a connection of the owner."""
    from django.db import connection

    name = f"bench_{part}"
    before = connection.settings_dict["NAME"]
    with _maintenance() as server:
        _drop(server, name)  # what an interrupted run left
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            _connect_to(name)
            _migrate()
            with _owner(name) as owner:
                yield owner
        finally:
            _connect_to(before)
            _drop(server, name)


def _drop(server: Owner, name: str) -> None:
    """Without FORCE, which the owner may not use while PostgreSQL itself is at work in the database."""
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _maintenance() -> Owner:
    return psycopg.connect(os.environ["DATABASE_ADMIN_URL"], dbname="postgres", autocommit=True)


def _owner(name: str) -> Owner:
    owner: Owner = psycopg.connect(os.environ["DATABASE_ADMIN_URL"], dbname=name, autocommit=True)
    owner.execute("SET synchronous_commit = off")
    return owner


def _connect_to(name: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


def _migrate() -> None:
    """As the owner, like every installation; the application's role gets its grants meanwhile."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    application = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    connection.settings_dict |= {key: settings.OWNER_DATABASE[key] for key in application}
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict |= application
