"""Writing to somebody on a case of the tests."""

from collections.abc import Mapping

from cases.models import Case, Person
from landlords.permissions import Role
from letters.composing.engine import Value
from letters.kinds import Audience
from letters.values import Writing, open_to, values_of
from policies.selectors import policy_of
from tests.factories.world import Side


def writing_to(
    side: Side,
    person: Person | None = None,
    audience: Audience = Audience.COMPLAINANT,
    *,
    case: Case | None = None,
    role: str = Role.OFFICER,
) -> Writing:
    """To the complainant unless somebody else is said; by an officer."""
    about = Case.objects.select_related("team", "policy", "owner__user").get(pk=(case or side.case).pk)
    addressee = person if person or audience == Audience.PARTNER else side.complainant
    return Writing(about, policy_of(about.policy), side.landlord, side.members[role], audience, addressee)


def value(name: str, writing: Writing) -> Value:
    return values_of(writing, [name])[name]


def everything(writing: Writing) -> Mapping[str, Value]:
    return values_of(writing, [*open_to(writing.audience)])
