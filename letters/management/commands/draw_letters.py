"""``manage.py draw_letters``: pictures of every letter of every landlord, in docs/letters."""

import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from letters.pdf.frames import Printing
from letters.pdf.pages import CannotDraw, drawn_from, pictures_of
from letters.pdf.workers import CannotRender, Printers
from letters.pictures import Pictured, files_of, index, made_of, pictured, printing
from policies.checking import POLICY_FILES, policy_paths
from policies.parsing import read_policy
from policies.schema import Policy

FOLDER: Path = settings.BASE_DIR / "docs" / "letters"
STALE = 1
PROCESSES = 2


class Command(BaseCommand):
    help = (
        "Draws every page of every letter of every landlord that changed since it was drawn. "
        "With --check, draws nothing and exits 1 where one did."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="draw nothing")
        parser.add_argument("--into", type=Path, default=FOLDER, help="another folder")
        parser.add_argument("--landlord", help="of this landlord alone; the index is left as it is")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["into"]
        landlords = _landlords()
        letters = [one for one in pictured(landlords) if options["landlord"] in (None, one.landlord)]
        wanted = {one: printing(one, landlords[one.landlord]) for one in letters}
        old = [one for one in letters if not _is_drawn(one, wanted[one], folder)]
        for one in old:
            self.stdout.write(f"{one.landlord}/{one.name}: {'stale' if options['check'] else 'drawn anew'}")
        if options["check"]:
            sys.exit(STALE if old or _index_is_old(landlords, folder) else 0)
        _draw({one: wanted[one] for one in old}, folder)
        if options["landlord"] is None:
            _tidy(letters, folder)
            (folder / "README.md").write_text(index(landlords, folder), encoding="utf-8")


def _landlords() -> dict[str, Policy]:
    policies = map(read_policy, policy_paths(POLICY_FILES))
    return {policy.core.landlord: policy for policy in policies}


def _is_drawn(one: Pictured, wanted: Printing, folder: Path) -> bool:
    files = files_of(one, folder)
    return bool(files) and {drawn_from(path.read_bytes()) for path in files} == {made_of(wanted)}


def _index_is_old(landlords: Mapping[str, Policy], folder: Path) -> bool:
    path = folder / "README.md"
    return not path.exists() or path.read_text(encoding="utf-8") != index(landlords, folder)


def _draw(letters: dict[Pictured, Printing], folder: Path) -> None:
    with Printers(PROCESSES, seconds=60) as printers:
        for one, made in zip(letters, printers.render_many(letters.values()), strict=True):
            if isinstance(made, CannotRender):
                raise CommandError(f"{one.landlord}/{one.name}: {made}")
            _write(one, made, made_of(letters[one]), folder)


def _write(one: Pictured, pdf: bytes, source: str, folder: Path) -> None:
    """Pages that it no longer has are taken away."""
    for path in files_of(one, folder):
        path.unlink()
    (folder / one.landlord).mkdir(parents=True, exist_ok=True)
    try:
        for number, png in enumerate(pictures_of(pdf, source), start=1):
            (folder / one.landlord / f"{one.name}-{number}.png").write_bytes(png)
    except CannotDraw as why:
        raise CommandError(str(why)) from why


def _tidy(letters: list[Pictured], folder: Path) -> None:
    """Nothing is left of letters that are no more."""
    kept = {path for one in letters for path in files_of(one, folder)}
    for path in set(folder.glob("*/*.png")) - kept:
        path.unlink()
