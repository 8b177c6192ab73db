"""The data of `make run`: the policies, the demonstration the first time, and one clock about to run out.

One process for all of it, because starting Django takes longer than most of the steps. What it prints is
shown to whoever started it: how to sign in and what to try. `DEMO=no` leaves the demonstration out.
"""

from __future__ import annotations

import os
import sys
from io import StringIO

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asbcases.settings")
    django.setup()
    from django.core.management import call_command

    from asbcases import environment, health

    health.forget()
    quietly = StringIO()
    call_command("load_policies", "fixtures/policies", stdout=quietly)
    if environment.flag("DEMO", default=True):
        sys.stderr.write(
            "… demonstration: the first start loads a year of reports, which takes a minute or two\n"
        )
        call_command("load_demo", stdout=quietly)
        call_command("seed_due_soon", stdout=quietly)
        call_command("show_demo")


if __name__ == "__main__":
    main()
