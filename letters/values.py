"""Values a letter can have, and for which reader each is.

A value is only ever put together for an audience it is declared for: what the other side must not read is not asked
for, so that it cannot be in the letter by mistake.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from cases.models import Case, Person, Report
from landlords.models import Landlord, Membership
from letters.composing.engine import Value
from letters.kinds import Audience, letter_kinds
from policies.schema import Policy
from timeline.registry import Registry

EVERYONE = frozenset(Audience)
COMPLAINANT_ONLY = frozenset({Audience.COMPLAINANT})


class NoCase(LookupError):
    """What was asked for is known of cases only, and the letter is about a report."""


@dataclass(frozen=True)
class Writing:
    """Who writes to whom about what. ``addressee`` is None in a letter to a partner that is about nobody in particular.
    ``easy_read``: in easy read, where the landlord's own words are simpler too.
    """

    about: Case | Report
    policy: Policy
    landlord: Landlord
    writer: Membership
    audience: Audience
    addressee: Person | None
    easy_read: bool = False

    @property
    def case(self) -> Case:
        """Raises NoCase."""
        if isinstance(self.about, Case):
            return self.about
        raise NoCase

    @property
    def contact(self) -> Membership:
        """Who the reader can turn to: whoever looks after the case, else whoever writes."""
        owner = self.about.owner if isinstance(self.about, Case) else None
        return owner or self.writer


@dataclass(frozen=True)
class Placeholder:
    """``trusted`` is what the landlord's policy or this system says; anything a person typed is not.

    An ``optional`` one without a value takes its passage with it; any other stops the letter.
    """

    description: str | Promise
    value: Callable[[Writing], Value]
    audiences: frozenset[Audience] = EVERYONE
    trusted: bool = False
    optional: bool = False


letter_values: Registry[Placeholder] = Registry("value of a letter")


def open_to(audience: Audience) -> dict[str, Placeholder]:
    """The values that a letter to this reader may have, by name."""
    return {name: letter_values[name] for name in letter_values if audience in letter_values[name].audiences}


def known_in(kind: str, audience: Audience) -> dict[str, str | Promise]:
    """Every placeholder that the wording of this letter may use, with what it stands for."""
    asked = {name: question.label for name, question in letter_kinds[kind].asks.items()}
    return {**{name: one.description for name, one in open_to(audience).items()}, **asked}


def values_of(writing: Writing, names: list[str]) -> dict[str, Value]:
    """Of those the wording uses and this reader may have. Raises nothing: what is not there is None."""
    offered = open_to(writing.audience)
    return {name: _value(offered[name], writing) for name in names if name in offered}


def _value(placeholder: Placeholder, writing: Writing) -> Value:
    try:
        return placeholder.value(writing) or None
    except NoCase:
        return None
