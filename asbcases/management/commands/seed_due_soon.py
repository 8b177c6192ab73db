"""``manage.py seed_due_soon``: one case of the demonstration whose first contact is due in two minutes."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from asbcases.demo.due_soon import seed_due_soon
from asbcases.demo.showing import what_will_happen
from landlords.models import Landlord, Membership


class Command(BaseCommand):
    help = "Opens one case of the demonstration whose first contact falls due two minutes from now."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL_MODE:
            raise CommandError("The demonstration is for LOCAL_MODE only.")
        try:
            seeded = seed_due_soon()
        except (Landlord.DoesNotExist, Membership.DoesNotExist):
            raise CommandError("Load the demonstration first: manage.py load_demo") from None
        self.stdout.write(what_will_happen(seeded))
