"""Who has looked at a letter that not everybody may see (decision 25)."""

from letters.models import Letter
from timeline.actors import Actor
from timeline.services import record_access


def look_taken(letter: Letter, *, by: Actor, purpose: str) -> None:
    """On the record of its case; about a report, as a look at this letter."""
    opened = letter.key if letter.case_id is None else None
    record_access(letter.case_id, by=by, purpose=purpose, opened=opened)
