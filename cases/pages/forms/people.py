"""Choosing among the people of a case."""

from collections.abc import Iterable

from cases.choices import PartyRole
from cases.models import Party, Person


def by_key(parties: Iterable[Party]) -> dict[str, Person]:
    """Everybody once, complainants first: a form that names nobody is about the first of them."""
    ordered = sorted(parties, key=lambda party: party.role != PartyRole.COMPLAINANT)
    return {str(party.person.key): party.person for party in ordered}
