"""``manage.py verify_timeline``: whether anybody has changed what the timelines say. Exits 2 where somebody has."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from timeline.chain import Head, first_break, head

BROKEN = 2
"""Exit status, apart from that of a command that could not be run at all."""


class Command(BaseCommand):
    help = "Checks every landlord's timeline against its chain, and prints where each chain ends."

    def handle(self, *args: Any, **options: Any) -> None:
        landlords = apps.get_model("landlords", "Landlord")._default_manager.order_by("key")
        found = {key: (first_break(pk), head(pk)) for pk, key in landlords.values_list("pk", "key")}
        for key, (broken_at, end) in found.items():
            if broken_at is None:
                self.stdout.write(_intact(key, end))
        breaks = {key: broken_at for key, (broken_at, _end) in found.items() if broken_at is not None}
        if breaks:
            line = _("%(landlord)s: broken at event %(sequence)d")
            words = [line % {"landlord": key, "sequence": at} for key, at in breaks.items()]
            raise CommandError("\n".join(words), returncode=BROKEN)


def _intact(landlord: str, end: Head | None) -> str:
    if end is None:
        return _("%(landlord)s: no events") % {"landlord": landlord}
    line = _("%(landlord)s: intact, ends at event %(sequence)d, %(hash)s")
    return line % {"landlord": landlord, "sequence": end.sequence, "hash": end.hash}
