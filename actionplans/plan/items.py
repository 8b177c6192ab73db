"""The items a plan may be made of, and how their blanks are filled. Pure: no database, no clock."""

import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import StringConstraints, TypeAdapter, model_validator

from policies.schema import Key, Text
from policies.sections import Part, Sourced

TEMPLATE = Path(__file__).resolve().parents[2] / "fixtures" / "plans" / "items.yaml"
FILLED_BY_US = frozenset({"landlord", "interval"})
"""Blanks nobody types: the landlord's name, and how often we speak."""
BlankKey = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=30)]
"""Without hyphens, unlike other keys: it stands in braces among the words."""


class Item(Part):
    """One thing a plan may ask of the complainant or of the landlord. ``blanks`` are filled in when it is agreed."""

    key: Key
    who: Literal["complainant", "landlord"]
    words: Text
    blanks: dict[BlankKey, Text] = {}
    supports: bool = False

    @model_validator(mode="after")
    def _every_blank_is_described(self) -> Self:
        found = _blanks_in(self.words) - FILLED_BY_US
        if found != set(self.blanks):
            expected = ", ".join(sorted(found)) or "none"
            raise ValueError(f"the blanks described are not those in the words ({expected})")
        return self

    def filled(self, known: Mapping[str, str], typed: Mapping[str, str]) -> str:
        """The words as they are agreed. ``known`` are those nobody types; one that is not known stays in brackets."""
        blanks = {key: typed.get(key) or f"[{label}]" for key, label in self.blanks.items()}
        ours = {key: known.get(key) or f"[{key}]" for key in FILLED_BY_US}
        return self.words.format_map(blanks | ours)


class OwnItem(Item, Sourced):
    """An item that the landlord adds to the shared ones."""


@cache
def shared_items() -> tuple[Item, ...]:
    """The template every landlord starts from."""
    return TypeAdapter(tuple[Item, ...]).validate_python(yaml.safe_load(TEMPLATE.read_text(encoding="utf-8")))


def interval_words(days: int) -> str:
    """ "weekly", "fortnightly", "10-daily": how the template says how often."""
    known = {1: _("daily"), 7: _("weekly"), 14: _("fortnightly")}
    return known.get(days) or _("%(days)d-daily") % {"days": days}


def every_words(days: int) -> str:
    """ "every day", "every 7 days"."""
    return ngettext("every day", "every %(days)d days", days) % {"days": days}


def _blanks_in(words: str) -> set[str]:
    """Raises ValueError where braces do not match or stand empty."""
    names = {name for _text, name, _spec, _conversion in string.Formatter().parse(words) if name is not None}
    if "" in names:
        raise ValueError("a blank in the words has no name")
    return names
