"""Where the people of one case stand on the other side of another."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.addresses import address_words, same_home
from cases.choices import PartyRole
from cases.lifecycle import OPEN_STATES
from cases.models import Case, Party, Person
from cases.permissions import hidden_among
from landlords.permissions import Permission, can
from timeline.actors import Actor
from timeline.prepared import prepared

BY = ("role", "person_id", "case_id", "case__restricted", "person__name_key", "person__address")
OTHER_SIDE = {PartyRole.COMPLAINANT: PartyRole.RESPONDENT, PartyRole.RESPONDENT: PartyRole.COMPLAINANT}


class There(NamedTuple):
    """Somebody's part in another case: what it is compared by."""

    role: str
    person_id: int
    case_id: int
    restricted: bool
    name_key: str
    address: str


@dataclass(frozen=True)
class Conflict:
    """A complainant of one open case who is complained about on another, or the other way round.

    ``person`` and ``case`` are None for a restricted case the reader may not see: nothing else is told (decision 24).
    """

    person: Person | None = None
    case: Case | None = None
    complains_here: bool = False

    @property
    def short(self) -> str:
        """For a flag."""
        if self.person is None or self.case is None:
            return self.words
        words = {"name": self.person.name, "reference": self.case.reference}
        return _("Both sides: %(name)s, %(reference)s") % words

    @property
    def words(self) -> str:
        if self.person is None or self.case is None:
            return _("A restricted case may match")
        words = {"name": self.person.name, "reference": self.case.reference}
        if self.complains_here:
            return _("%(name)s complains here and is complained about on %(reference)s") % words
        return _("%(name)s is complained about here and complains on %(reference)s") % words


def conflicts_of(case: Case, parties: Iterable[Party], *, by: Actor) -> list[Conflict]:
    """On open cases only: the same person, or the same name at the same home. One query where there is nobody, and
    another for the cases of those there are.

    However many restricted cases match that the reader may not see, one line says so, and only to a reader who may
    be told.
    """
    sides = [party for party in parties if party.role in OTHER_SIDE]
    if not case.is_open or not sides:
        return []
    pairs = [(here, there) for there in _elsewhere(case, sides) for here in sides if _opposed(here, there)]
    hidden = hidden_among({there.case_id for _here, there in pairs if there.restricted}, by=by)
    told = {(here.person_id, there.case_id): here for here, there in pairs if there.case_id not in hidden}
    cases = Case.objects.in_bulk({case_id for _person, case_id in told}) if told else {}
    restricted = [Conflict()] if hidden and can(by, Permission.SEE_RESTRICTED_MATCH) else []
    return [
        *restricted,
        *(
            Conflict(here.person, cases[case_id], here.role == PartyRole.COMPLAINANT)
            for (_person, case_id), here in told.items()
        ),
    ]


def _elsewhere(case: Case, sides: list[Party]) -> list[There]:
    """By what all their cases know: a match must not give away what was confided to a restricted one."""
    people = sorted({party.person_id for party in sides})
    keys = sorted({party.person.name_key for party in sides} - {""})
    return [There(*row) for row in _sides_of_other_cases(case.pk, tuple(people), tuple(keys))]


@prepared
def _sides_of_other_cases(
    case_id: int, people: tuple[int, ...], keys: tuple[str, ...]
) -> QuerySet[Party, tuple[Any, ...]]:
    alike = Person.objects.filter(Q(pk__in=people) | Q(name_key__in=keys))
    sides = Party.objects.filter(role__in=OTHER_SIDE, case__status__in=OPEN_STATES)
    found = sides.filter(person__in=alike.values("pk")).exclude(case=case_id)
    return found.order_by("case_id", "pk").values_list(*BY)


def _opposed(here: Party, there: There) -> bool:
    if OTHER_SIDE[PartyRole(here.role)] != there.role:
        return False
    if here.person_id == there.person_id:
        return True
    return bool(here.person.name_key) and here.person.name_key == there.name_key and _same_home(here, there)


def _same_home(here: Party, there: There) -> bool:
    return same_home(address_words(here.person.address), address_words(there.address))
