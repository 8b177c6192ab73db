"""``manage.py create_token``: a key for a partner system, printed once and never shown again."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from landlords.models import Landlord
from landlords.tokens import SCOPES, create_token
from timeline.actors import system
from timeline.scope import landlord_scope

BAD_INPUT = 2
LONGEST_NAME = 100


class Command(BaseCommand):
    help = "Makes a token for a partner system and prints it once. The token fixes the landlord."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--landlord", default="", help="the landlord's key, such as vivid")
        parser.add_argument("--name", default="", help="which partner system it is for")
        parser.add_argument("--scope", action="append", default=[], help=", ".join(SCOPES))

    def handle(self, *args: Any, **options: Any) -> None:
        name, scopes = options["name"].strip(), list(dict.fromkeys(options["scope"]))
        landlord = Landlord.objects.filter(key=options["landlord"]).first()
        errors = [
            *_landlord_errors(landlord, options["landlord"]),
            *_name_errors(name),
            *_scope_errors(scopes),
        ]
        if errors or landlord is None:
            for error in errors:
                self.stderr.write(error)
            sys.exit(BAD_INPUT)
        with transaction.atomic(), landlord_scope(landlord.pk):
            self.stdout.write(create_token(name=name, scopes=scopes, by=system("Command line")))


def _landlord_errors(landlord: Landlord | None, key: str) -> list[str]:
    if landlord is not None:
        return []
    known = ", ".join(Landlord.objects.order_by("key").values_list("key", flat=True)) or "none is loaded yet"
    return [f"--landlord: {key!r} is not a landlord; the landlords: {known}"]


def _name_errors(name: str) -> list[str]:
    if 0 < len(name) <= LONGEST_NAME:
        return []
    return [f"--name: say which partner system the token is for, in at most {LONGEST_NAME} characters"]


def _scope_errors(scopes: list[str]) -> list[str]:
    expected = f"expected {' or '.join(SCOPES)}"
    if not scopes:
        return [f"--scope: none given; {expected}"]
    return [f"--scope: {scope!r} is not a scope; {expected}" for scope in scopes if scope not in SCOPES]
