"""A replay works on the private servers of a checkout that nobody has run yet: they have no tables."""

import os
import subprocess
import sys

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from asbcases.local.commands import MIGRATE


def make_ready() -> None:
    """Make what tables are missing, on one's own machine. Raises CommandError elsewhere, where an operator decides."""
    migrations = MigrationExecutor(connection)
    if not migrations.migration_plan(migrations.loader.graph.leaf_nodes()):
        return
    if not settings.LOCAL_MODE:
        raise CommandError("The database has not the tables of this version: run manage.py migrate first.")
    owner = {**os.environ, "DATABASE_ROLE": "owner"}
    made = subprocess.run((sys.executable, *MIGRATE), cwd=settings.BASE_DIR, env=owner, capture_output=True)
    if made.returncode:
        raise CommandError(f"The tables could not be made: {made.stderr.decode().strip()}")
