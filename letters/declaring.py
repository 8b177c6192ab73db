"""How the values of letters are declared, and where the landlord's words for them are."""

from collections.abc import Callable

from django.utils.functional import Promise

from letters.composing.engine import Value
from letters.kinds import Audience
from letters.schema import Letters, LettersSection
from letters.values import Placeholder, Writing, letter_values

Found = Callable[[Writing], Value]


def declare(
    name: str,
    description: str | Promise,
    value: Found,
    audiences: frozenset[Audience],
    *,
    trusted: bool = False,
    optional: bool = False,
) -> None:
    letter_values.register(name, Placeholder(description, value, audiences, trusted, optional))


def section_of(writing: Writing) -> Letters:
    """What the landlord's policy says for letters, in the words of the format it is written in."""
    letters = writing.policy.section(LettersSection).letters
    return letters.in_easy_read() if writing.easy_read else letters
