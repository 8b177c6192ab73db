"""The data of `make run`: policies at every start, the demonstration the first time, and one clock about to
run out.

One process for all of it, because starting Django takes longer than most of the steps. What it prints is
shown to whoever started it: how to sign in and what to try.
"""

from __future__ import annotations

import hashlib
import os
from io import StringIO
from pathlib import Path

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asbcases.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from asbcases import health

    health.forget()
    quietly = StringIO()
    call_command("load_policies", "fixtures/policies", stdout=quietly)
    loaded = _marker(settings.LOCAL_HOME, os.environ["DATABASE_URL"])
    if not loaded.exists():
        call_command("load_demo", stdout=quietly)
        loaded.touch()
    call_command("seed_due_soon", stdout=quietly)
    call_command("show_demo")


def _marker(home: Path, database_url: str) -> Path:
    """Beside the private data, one for each database: whether it has the demonstration."""
    return home / f"demo-{hashlib.sha256(database_url.encode()).hexdigest()[:10]}"


if __name__ == "__main__":
    main()
