"""Commands that answer in plain text or JSON, and refuse bad input the same way."""

import json
import shlex
import sys
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from policies.parsing import InvalidPolicy, PolicyError

BAD_INPUT = 2
ASKED = "command line"
"""Where an error stands that is in what was asked, not in a file."""


class BadInput(Exception):
    """Not all that was asked can be answered; ``errors`` says everything that is wrong with it.

    ``answered`` is what could be answered all the same, printed beside the errors with --json.
    """

    def __init__(self, errors: Iterable[PolicyError], answered: Mapping[str, Any] | None = None) -> None:
        self.errors = list(errors)
        self.answered = dict(answered or {})
        super().__init__("\n".join(map(str, self.errors)))


class AnsweringCommand(BaseCommand, ABC):
    """Exits 2 on bad input, with one line for each error on stderr and, with --json, all also on stdout."""

    requires_system_checks = ()
    _arguments: tuple[str, ...] | None = None
    """As typed; None where the command is called from code, which is told of a wrong call by CommandError."""

    def run_from_argv(self, argv: list[str]) -> None:
        self._arguments = tuple(argv[2:])
        super().run_from_argv(argv)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """On the command line an unknown or missing argument is bad input like any other, without usage."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if self._arguments is not None:
            parser.error = self._refuse_usage  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self.answer(options))
        except (BadInput, InvalidPolicy) as error:
            answered = error.answered if isinstance(error, BadInput) else {}
            self._refuse(error.errors, answered, as_json=options["json"])

    @abstractmethod
    def answer(self, options: dict[str, Any]) -> str:
        """What to print. Raises BadInput or InvalidPolicy."""

    def _refuse_usage(self, message: str) -> NoReturn:
        typed = self._arguments or ()
        expected = "the arguments that --help lists"
        error = PolicyError(ASKED, "", shlex.join(typed), expected, message)
        self._refuse([error], as_json="--json" in typed)

    def _refuse(
        self, errors: Iterable[PolicyError], answered: Mapping[str, Any] | None = None, *, as_json: bool
    ) -> NoReturn:
        if as_json:
            self.stdout.write(as_text({**(answered or {}), "errors": [wrong.as_dict() for wrong in errors]}))
        for wrong in errors:
            self.stderr.write(" ".join(str(wrong).split()))
        sys.exit(BAD_INPUT)


def as_text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
