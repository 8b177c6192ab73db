"""Reading the environment, and turning addresses into what each library wants."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs, urlsplit

from psycopg.conninfo import conninfo_to_dict


def text(name: str, default: str = "") -> str:
    """A variable that is empty counts as unset: compose files pass on what nobody gave as an empty string."""
    return os.environ.get(name, "") or default


def flag(name: str, default: bool = False) -> bool:
    """A yes-or-no variable. Raises ValueError on anything else, so that a typo does not count as no."""
    given = text(name).strip().lower()
    if given in {"", *_YES, *_NO}:
        return default if not given else given in _YES
    raise ValueError(f"{name}={given!r}: expected one of {', '.join(sorted(_YES | _NO))}")


_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}


def words(name: str) -> list[str]:
    """A comma-separated variable; empty when unset."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


SEEN_BEFORE = 3
"""Times after which a statement is prepared: to read and plan it anew took longer than to answer it."""


def database(url: str, *, lock_timeout: str | None = None, pool: int = 0) -> dict[str, Any]:
    """Django's settings for a PostgreSQL address; without one, a backend that refuses every query.

    `lock_timeout` (with its unit) keeps a migration from queueing the whole application behind itself. `pool`
    is the most connections one process keeps open; commands use none, for a pool would keep them from ending
    at once.

    Statements that come again are kept prepared by the server, except for migrations, whose statements take no values.
    A pooler between us and PostgreSQL must therefore pass prepared statements on.
    """
    if not url:
        return {"ENGINE": "django.db.backends.dummy"}
    given: dict[str, Any] = dict(conninfo_to_dict(url))
    options = {key: value for key, value in given.items() if key not in _DJANGO_NAMES}
    options.setdefault("connect_timeout", 5)
    if lock_timeout:
        options["options"] = f"{options.get('options', '')} -c lock_timeout={lock_timeout}".strip()
    else:
        options |= {"server_side_binding": True, "prepare_threshold": SEEN_BEFORE}
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{name: str(given.get(key, "")) for key, name in _DJANGO_NAMES.items()},
        "CONN_HEALTH_CHECKS": True,  # a pooled connection may have outlived the server it went to
        "OPTIONS": options,
    }


_DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def broker(redis_url: str) -> str:
    """Celery's spelling of the address: a socket is `redis+socket://` to it and `unix://` to the Redis
    client.
    """
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={number}"
