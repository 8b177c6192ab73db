"""Every wording that ships with the product, and values to put into it."""

from typing import NamedTuple

from letters.composing.document import Table
from letters.composing.engine import OWN_WORDS, Value
from letters.composing.wording import placeholders
from letters.kinds import KINDS, Audience
from letters.values import known_in, open_to
from letters.wordings import Words, shipped

LANDLORDS = ("plus-dane", "derby-homes", "believe", "places-for-people", "vivid", "northmoor")
TABLES = frozenset({"promised", "diary", "signatures", "own_signature", "actions_ours", "actions_theirs"})


class Letter(NamedTuple):
    landlord: str
    kind: str
    audience: Audience
    easy_read: bool

    def __str__(self) -> str:
        return "-".join([*self[:2], self.audience.value, *(["easy_read"] if self.easy_read else [])])

    @property
    def words(self) -> Words:
        return shipped(self.landlord, self.kind, self.audience, easy_read=self.easy_read)

    @property
    def text(self) -> str:
        return f"{self.words.subject}\n\n{self.words.body}"

    @property
    def uses(self) -> set[str]:
        return set(placeholders(self.text)) - {OWN_WORDS}

    @property
    def optional(self) -> frozenset[str]:
        """What leaves its passage out where it has no value: as a letter is really put together."""
        values = {name for name, one in open_to(self.audience).items() if one.optional}
        return frozenset(values | {name for name, one in KINDS[self.kind].asks.items() if not one.required})

    def sample(self) -> dict[str, Value]:
        """Something for everything this letter may use."""
        return {name: _sample(name, str(words)) for name, words in known_in(self.kind, self.audience).items()}


LETTERS = [
    Letter(landlord, kind, audience, easy_read)
    for landlord in LANDLORDS
    for kind in KINDS
    for audience in KINDS[kind].audiences
    for easy_read in (False, True)
]


def _sample(name: str, words: str) -> Value:
    return Table(("One", "Two"), (("first", "second"),), name) if name in TABLES else f"({words})"
