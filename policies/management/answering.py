"""Commands that answer in plain text or JSON, and refuse bad input the same way."""

import json
import sys
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand

from policies.parsing import InvalidPolicy, PolicyError

BAD_INPUT = 2


class BadInput(Exception):
    """What was asked cannot be answered; ``errors`` says everything that is wrong with it."""

    def __init__(self, errors: Iterable[PolicyError]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(map(str, self.errors)))


class AnsweringCommand(BaseCommand, ABC):
    """Exits 2 on bad input, with one line for each error on stderr and, with --json, all also on stdout."""

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self.answer(options))
        except (BadInput, InvalidPolicy) as error:
            if options["json"]:
                self.stdout.write(as_text({"errors": [wrong.as_dict() for wrong in error.errors]}))
            for wrong in error.errors:
                self.stderr.write(" ".join(str(wrong).split()))
            sys.exit(BAD_INPUT)

    @abstractmethod
    def answer(self, options: dict[str, Any]) -> str:
        """What to print. Raises BadInput or InvalidPolicy."""


def as_text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
