"""Passwords of the private servers: random, made once, readable by us alone."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from asbcases.local.paths import Home

OWNER = "asb_owner"
APPLICATION = "asb_app"
SUPERUSER = "postgres"
DATABASE = "asbcases"


@dataclass(frozen=True)
class Credentials:
    superuser: str
    owner: str
    application: str
    secret_key: str


def load(home: Home) -> Credentials:
    """Read the passwords, making them the first time."""
    if not home.credentials.exists():
        _write(home.credentials, Credentials(*(secrets.token_urlsafe(32) for _ in range(4))))
    return Credentials(**json.loads(home.credentials.read_text()))


def _write(path: Path, made: Credentials) -> None:
    """Complete or absent: a half-written file would lock us out of the data."""
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(made), file)
    draft.rename(path)


def database_url(home: Home, role: str, password: str, database: str = DATABASE) -> str:
    return f"postgresql://{role}:{quote(password)}@/{database}?host={quote(str(home.sockets), safe='')}"


def environment(home: Home) -> dict[str, str]:
    """What a process needs to use the private servers."""
    known = load(home)
    return {
        "DATABASE_URL": database_url(home, APPLICATION, known.application),
        "DATABASE_ADMIN_URL": database_url(home, OWNER, known.owner),
        "REDIS_URL": f"unix://{quote(str(home.valkey_socket))}",
        **local_environment(home),
    }


def local_environment(home: Home) -> dict[str, str]:
    """What makes a process a local one, whoever's servers it uses."""
    return {"LOCAL_MODE": "1", "LOCAL_HOME": str(home.folder), "SECRET_KEY": load(home).secret_key}
