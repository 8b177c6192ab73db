"""A short folder of its own for each set of private servers, and clean environments for child processes."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from asbcases.local.paths import Home

ROOT = Path(__file__).resolve().parents[2]
_ADDRESSES = (
    "DATABASE_URL",
    "DATABASE_ADMIN_URL",
    "REDIS_URL",
    "LOCAL_MODE",
    "LOCAL_HOME",
    "SECRET_KEY",
    "PORT",
)


@pytest.fixture(scope="module")
def private_home() -> Iterator[Home]:
    """pytest's own folders have names too long for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="asb-"))
    yield Home(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def bare() -> dict[str, str]:
    """The environment of somebody who has set nothing."""
    return {name: value for name, value in os.environ.items() if name not in _ADDRESSES}
