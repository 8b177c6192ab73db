"""``manage.py replay``: lives a chronology through again and says what the landlord's policy required."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from asbcases.replay.reading import read_chronology
from asbcases.replay.running import replay
from asbcases.replay.tables import make_ready
from asbcases.replay.telling import in_words
from policies.management.answering import AnsweringCommand, as_text


class Command(AnsweringCommand):
    help = "Runs a chronology through the real services at its own times, keeps nothing, and says what was required."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, metavar="FILE", help="a chronology: docs/reference/replay.md")

    def answer(self, options: dict[str, Any]) -> str:
        chronology = read_chronology(options["file"])
        make_ready()
        answer = replay(chronology)
        return as_text(answer.as_json()) if options["json"] else in_words(answer)
