"""Roles, database and extensions. Every step may be repeated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from asbcases.local import credentials
from asbcases.local.credentials import APPLICATION, DATABASE, OWNER, SUPERUSER, Credentials
from asbcases.local.paths import Home

EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
APPLICATION_POWERS = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
OWNER_POWERS = "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOBYPASSRLS"

Connection = psycopg.Connection[tuple[Any, ...]]


def private_server(home: Home) -> None:
    """Everything on our own server. New databases, the tests' included, inherit the extensions from
    template1.
    """
    known = credentials.load(home)
    with as_superuser(home, known) as server:
        _role(server, OWNER, known.owner, OWNER_POWERS)
        _role(server, APPLICATION, known.application, APPLICATION_POWERS)
        _database(server, DATABASE, OWNER)
        ours, application = sql.Identifier(DATABASE), sql.Identifier(APPLICATION)
        server.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(ours))
        server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(ours, application))
    for database in ("template1", DATABASE):
        with as_superuser(home, known, database) as server:
            _extensions(server, EXTENSIONS)


def given_server(url: str, admin_url: str) -> None:
    """Make the application role and the database that `DATABASE_URL` names, where the administrator's may.

    An administrator's role without CREATEROLE or CREATEDB finds them made; psycopg's error says what is
    missing.
    """
    wanted = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    admin = {key: str(value) for key, value in conninfo_to_dict(admin_url).items()}
    with psycopg.connect(admin_url, dbname="postgres", autocommit=True) as server:
        if wanted["user"] != admin["user"]:
            _role(server, wanted["user"], wanted.get("password", ""), APPLICATION_POWERS, change=False)
        _database(server, wanted["dbname"], admin["user"])


def as_superuser(home: Home, known: Credentials, database: str = "postgres") -> Connection:
    return psycopg.connect(
        credentials.database_url(home, SUPERUSER, known.superuser, database),
        autocommit=True,
        connect_timeout=5,
    )


def _role(
    server: Connection, name: str, password: str, powers: LiteralString, *, change: bool = True
) -> None:
    known = _one(server, "SELECT 1 FROM pg_roles WHERE rolname = %s", name)
    if known and not change:
        return
    statement = sql.SQL("ALTER ROLE {} {} PASSWORD {}" if known else "CREATE ROLE {} {} PASSWORD {}")
    server.execute(statement.format(sql.Identifier(name), sql.SQL(powers), sql.Literal(password)))


def _database(server: Connection, name: str, owner: str) -> None:
    if _one(server, "SELECT 1 FROM pg_database WHERE datname = %s", name):
        return
    server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(owner)))


def _extensions(server: Connection, names: Iterable[str]) -> None:
    for name in names:
        server.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))


def _one(server: Connection, query: Any, value: str) -> bool:
    return server.execute(query, [value]).fetchone() is not None
