"""``manage.py load_demo``: fills an installation with a year of invented work."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from asbcases.demo.loading import load_demo


class Command(BaseCommand):
    help = "Fills each landlord of the demonstration with staff and a year of invented reports, once."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL_MODE:
            raise CommandError(
                "The demonstration has a password that everybody knows; it is for LOCAL_MODE only."
            )
        filled = load_demo(processes=os.cpu_count() or 1)
        for name in filled:
            self.stdout.write(f"{name}: a year of reports loaded")
        if not filled:
            self.stdout.write("The demonstration is loaded already.")
