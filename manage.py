#!/usr/bin/env python3
"""Commands. Without DATABASE_URL they attach to the private servers, or start them while they run."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asbcases.settings")
    from django.core.management import execute_from_command_line

    from asbcases.local.attach import database_for
    from asbcases.local.engines import NoEngine
    from asbcases.local.servers import CannotStart

    try:
        with database_for(sys.argv):
            execute_from_command_line(sys.argv)
    except (NoEngine, CannotStart) as error:
        sys.exit(f"manage.py: {error}")


if __name__ == "__main__":
    main()
