"""``manage.py generate_reference``: writes docs/reference; ``--check`` only says whether it is up to date."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from asbcases.reference import pages, trace

STALE = 1


class Command(BaseCommand):
    help = (
        "Writes the generated pages of docs/reference. With --check, exits 1 where they are stale or untrue."
    )

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """A clause that nothing keeps fails both ways: no page may say otherwise."""
        untrue = list(trace.problems())
        built = pages.build()
        changed = pages.stale(built) if options["check"] else pages.write(built)
        for problem in untrue:
            self.stderr.write(problem)
        for name in changed:
            self.stdout.write(f"docs/reference/{name}: {'stale' if options['check'] else 'written'}")
        if untrue or (options["check"] and changed):
            sys.exit(STALE)
