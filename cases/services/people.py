"""People as they come into a case."""

from dataclasses import dataclass

from cases.choices import PartyRole, SafeContact
from cases.models import Case, Party, Person
from timeline import clock


@dataclass(frozen=True)
class Told:
    """A person as somebody described them. ``person_id`` names one already known instead."""

    name: str = ""
    kind: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    safe_contact: str = SafeContact.ANY
    safe_contact_note: str = ""
    needs: str = ""
    person_id: int | None = None

    @property
    def is_somebody(self) -> bool:
        return bool(self.person_id or self.name.strip() or self.phone or self.email or self.address.strip())


def name_key(name: str) -> str:
    """The name as it is compared: case and spacing do not tell people apart."""
    return " ".join(name.casefold().split())


def person_from(told: Told, landlord_id: int) -> Person | None:
    """The person meant, kept as told; None where nothing identifies anybody.

    Raises Person.DoesNotExist for a known person who is not this landlord's.
    """
    if told.person_id:
        return Person.objects.get(pk=told.person_id)
    if not told.is_somebody:
        return None
    return Person.objects.create(
        landlord_id=landlord_id,
        name=told.name.strip() or told.phone or told.email or told.address.strip()[:200],
        kind=told.kind,
        phone=told.phone,
        email=told.email,
        address=told.address,
        safe_contact=told.safe_contact,
        safe_contact_note=told.safe_contact_note,
        needs=told.needs,
        name_key=name_key(told.name),
    )


def add_party(case: Case, person: Person, role: PartyRole) -> Party:
    """Give a person a part in a case, once."""
    party, _ = Party.objects.get_or_create(
        landlord_id=case.landlord_id, case=case, person=person, role=role, defaults={"since": clock.now()}
    )
    return party
