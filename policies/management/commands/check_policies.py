"""``manage.py check_policies``: validates and proves policy files without loading them. Needs no database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from policies.checking import check_files
from policies.management.answering import AnsweringCommand, as_text


class Command(AnsweringCommand):
    help = "Checks policy files, and proves that their rules decide every report and protect people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", type=Path, metavar="DIR|FILE")

    def answer(self, options: dict[str, Any]) -> str:
        files = check_files(options["paths"])
        if options["json"]:
            return as_text(
                {"checked": [{"file": one.name, "landlord": one.policy.landlord} for one in files]}
            )
        return "\n".join(
            _("%(file)s: %(landlord)s: every rule holds")
            % {"file": one.name, "landlord": one.policy.landlord}
            for one in files
        )
