"""Records that an e-mail came back, for whoever reads the mailbox that it came back to."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from landlords.models import Landlord
from letters.models import Sending
from letters.outbox.services import came_back
from timeline.actors import system
from timeline.scope import landlord_scope


class Command(BaseCommand):
    help = "Record that the letter with this Message-ID came back; its officer is told."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "message_id", help="as it stands in the returned message, such as <…@example.org>"
        )
        parser.add_argument("why", help="what the mail system says")

    def handle(self, *args: Any, **options: Any) -> None:
        message_id = options["message_id"].strip()
        for landlord in Landlord.objects.order_by("pk"):
            with transaction.atomic(), landlord_scope(landlord.pk):
                if message_id and Sending.objects.filter(message_id=message_id).exists():
                    came_back(message_id, options["why"], by=system("Command line"))
                    self.stdout.write(f"{landlord.name}: recorded")
                    return
        raise CommandError(f"no letter was sent with the Message-ID {message_id!r}", returncode=2)
