"""Which words a letter is made of: the landlord's own published ones, else those that ship with the product."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from letters.kinds import Audience
from letters.models import Wording

FOLDER: Path = settings.BASE_DIR / "fixtures" / "letters"
SHIPPED = 0


@dataclass(frozen=True)
class Words:
    """``version`` 0 ships with the product."""

    version: int
    subject: str
    body: str


def words_for(landlord_key: str, kind: str, audience: Audience, *, easy_read: bool = False) -> Words:
    """Raises LookupError for a kind that is not written for this reader."""
    own = Wording.objects.filter(
        kind=kind, audience=audience, easy_read=easy_read, status=Wording.Status.PUBLISHED
    ).first()
    if own is not None:
        return Words(own.version, own.subject, own.body)
    return shipped(landlord_key, kind, audience, easy_read=easy_read)


def shipped(landlord_key: str, kind: str, audience: Audience, *, easy_read: bool = False) -> Words:
    """The landlord's own file where there is one, else everybody's. Raises LookupError where neither has it."""
    for folder in (landlord_key, "everybody"):
        found = _read(folder, kind).get(audience.value, {})
        words = found.get("easy_read") if easy_read else found
        if words:
            return Words(SHIPPED, words["subject"], words["body"])
    raise LookupError(f"no words for {kind} to {audience}")


@lru_cache(maxsize=1_000)
def _read(folder: str, kind: str) -> dict[str, Any]:
    """By reader, as the file has it; empty where there is no file."""
    path = FOLDER / folder / f"{kind}.yaml"
    if not path.is_file():
        return {}
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found
