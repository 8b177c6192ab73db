"""Which letters can be begun on a case: each kind with everybody it can be for."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Party, Person
from cases.selectors.file import CaseFile
from letters.kinds import Audience, Kind, letter_kinds
from letters.services.writing import ROLES


@dataclass(frozen=True)
class Choice:
    """One button: ``value`` says audience and person. ``label`` is the person's name."""

    value: str
    label: str
    role: str


def offered(file: CaseFile) -> list[dict[str, Any]]:
    """In the order of the life of a case; a kind nobody on the case can be sent is left out."""
    kinds = sorted(letter_kinds, key=lambda key: letter_kinds[key].order)
    rows = [{"kind": key, "label": letter_kinds[key].label, "choices": _choices(key, file)} for key in kinds]
    return [row for row in rows if row["choices"]]


def readers_of(file: CaseFile, kind: str) -> list[tuple[str, Person | None]]:
    """Everybody on the case this kind can be for, each as the reader they would be."""
    people = {str(party.person.key): party.person for party in file.parties}
    parts = [choice.value.partition(":") for choice in _choices(kind, file)]
    return [(audience, people.get(key)) for audience, _colon, key in parts]


def _choices(key: str, file: CaseFile) -> list[Choice]:
    if key == "mediation_invitation" and file.case.domestic_abuse:
        return []
    found = [choice for audience in letter_kinds[key].audiences for choice in _for(audience, file)]
    return found + _about_nobody(letter_kinds[key])


def _for(audience: Audience, file: CaseFile) -> list[Choice]:
    parties = [party for party in file.parties if party.role in ROLES[audience]]
    known: dict[int, Party] = {}
    for party in parties:
        known.setdefault(party.person_id, party)
    return [
        Choice(f"{audience}:{one.person.key}", _called(audience, one), str(audience.label))
        for one in known.values()
    ]


def _called(audience: Audience, party: Party) -> str:
    """A letter to a partner is about somebody, and to nobody on the case."""
    name = party.person.name
    return _("About %(name)s") % {"name": name} if audience == Audience.PARTNER else name


def _about_nobody(kind: Kind) -> list[Choice]:
    return [Choice(f"{Audience.PARTNER}:", "", "")] if Audience.PARTNER in kind.audiences else []
