"""``manage.py load_policies``: checks policy files as ``check_policies`` does, then publishes all or none."""

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from policies.checking import check_files
from policies.management.answering import AnsweringCommand, as_text
from policies.services import Loaded, load_policies
from timeline.actors import system


class Command(AnsweringCommand):
    help = "Checks policy files and publishes those whose content is new: all of them, or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", type=Path, metavar="DIR|FILE")

    def answer(self, options: dict[str, Any]) -> str:
        loaded = load_policies(check_files(options["paths"]), by=system("Loading of policies"))
        if options["json"]:
            return as_text({"loaded": [asdict(one) for one in loaded]})
        return "\n".join(map(_in_words, loaded))


def _in_words(one: Loaded) -> str:
    words = {"landlord": one.landlord, "version": one.version}
    if one.changed:
        return _("%(landlord)s: version %(version)d published") % words
    return _("%(landlord)s: version %(version)d is in force already") % words
