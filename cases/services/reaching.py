"""Which ways of reaching a person are safe for them, and which would pass over what they need. Asks no database."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from cases.choices import ContactMeans, Format, SafeContact
from cases.models import Person

M = ContactMeans
SAFE_MEANS: Mapping[str, frozenset[str]] = {
    SafeContact.CALL: frozenset({M.TELEPHONE}),
    SafeContact.TEXT: frozenset({M.TEXT}),
    SafeContact.EMAIL: frozenset({M.EMAIL}),
    SafeContact.LETTER: frozenset({M.LETTER}),
}
"""Beside these the person may always have come to our office; any way is safe for everybody else."""

_IN_WRITING = frozenset({M.TEXT, M.EMAIL, M.LETTER})
_PASSED_OVER_BY: Mapping[str, frozenset[str]] = {
    Format.LARGE_PRINT: frozenset({M.LETTER}),
    Format.EASY_READ: _IN_WRITING,
    Format.BRAILLE: frozenset({M.LETTER}),
    Format.AUDIO: frozenset({M.LETTER}),
    Format.SPOKEN: _IN_WRITING,
    Format.WRITTEN: frozenset({M.TELEPHONE}),
    Format.SIGN_LANGUAGE: frozenset({M.TELEPHONE, M.VISIT, M.OFFICE, M.VIDEO}),
}
"""The ways of contact that each format has to be thought of for."""


def is_safe(person: Person, means: str) -> bool:
    safe = SAFE_MEANS.get(person.safe_contact)
    return safe is None or means in safe or means == M.OFFICE


def passed_over(person: Person, means: str) -> list[str]:
    """What this person needs that a contact of this kind does not give by itself, in words (Ruling 13)."""
    formats = [key for key in person.formats if means in _PASSED_OVER_BY.get(key, ())]
    return [
        *(str(Format(key).label).lower() for key in formats),
        *([person.language] if person.language else []),
    ]


def needs_of(person: Person) -> list[str]:
    """Everything to think of whenever we speak with or write to this person."""
    formats = [str(Format(key).label) for key in person.formats if key in Format.values]
    under_18 = [_("Under 18")] if person.under_18 else []
    speaks = (
        [_("%(name)s speaks for them") % {"name": person.representative}] if person.representative else []
    )
    said = [person.language, person.adjustments, person.needs]
    return [*under_18, *speaks, *formats, *(words for words in said if words)]
