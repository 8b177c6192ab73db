"""``manage.py show_demo``: who can sign in to the demonstration, where, and what to try."""

from typing import Any

from django.core.management.base import BaseCommand

from asbcases.demo.showing import guide


class Command(BaseCommand):
    help = "Prints the sign-ins of the demonstration, its addresses and what to try."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(guide())
