"""Adds the first member of staff of a landlord; the rest are added on the Staff page."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from landlords.models import Landlord, Team
from landlords.permissions import Refused, Role
from landlords.services import add_member
from timeline.actors import system
from timeline.scope import landlord_scope


class Command(BaseCommand):
    help = "Let a person act for a landlord; prints the first password of somebody new, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--landlord", required=True, help="key, such as vivid")
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--team", default="", help="key of a team of the policy; all teams when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        landlord = Landlord.objects.filter(key=options["landlord"]).first()
        if landlord is None:
            raise CommandError(f"there is no landlord {options['landlord']!r}", returncode=2)
        password = secrets.token_urlsafe(12)
        told = {name: options[name] for name in ("email", "name", "role", "team")}
        try:
            with transaction.atomic(), landlord_scope(landlord.pk):
                member = add_member(**told, password=password, by=system("Command line"))
        except (Refused, Team.DoesNotExist) as error:
            raise CommandError(str(error) or f"no team {options['team']!r}", returncode=2) from error
        new = member.user.check_password(password)
        self.stdout.write(f"{member}: {password if new else 'signs in with the password they already have'}")
