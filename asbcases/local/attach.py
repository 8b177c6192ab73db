"""What `manage.py` does before Django starts: choose the role, and find the private servers when none are
given.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from asbcases.local import credentials
from asbcases.local.servers import Lease, home

# Commands that never open the database. They answer at once, on a machine where no server could run.
WITHOUT_DATABASE = frozenset(
    {
        "check_policies",
        "collectstatic",
        "diffsettings",
        "explain_date",
        "explain_triage",
        "findstatic",
        "generate_reference",
        "help",
        "makemessages",
        "makemigrations",
        "spectacular",
        "version",
    }
)
# Commands that change tables, as the owner. Every other one runs as the application does.
AS_OWNER = frozenset({"migrate"})


@contextmanager
def database_for(argv: list[str]) -> Iterator[None]:
    """Set the environment for one `manage.py` command, and hold private servers while it runs if it needs
    them.
    """
    command = argv[1] if len(argv) > 1 else "help"
    if command in AS_OWNER:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    if os.environ.get("DATABASE_URL") or not needs_database(argv):
        yield
        return
    place = home()
    lease = Lease(place)
    try:
        for name, value in credentials.environment(place).items():
            os.environ.setdefault(name, value)
        yield
    finally:
        lease.release()


def needs_database(argv: list[str]) -> bool:
    """Whether a command line opens the database. Asking for help on any command does not."""
    command = argv[1] if len(argv) > 1 else "help"
    return command not in WITHOUT_DATABASE and not {"--help", "-h", "--version"} & set(argv[1:])
