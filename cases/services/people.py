"""People as they come into a case."""

from dataclasses import asdict, dataclass, fields

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import Format, PartyRole, SafeContact
from cases.models import Case, Party, Person
from cases.permissions import check_can
from cases.search import index_case
from cases.services.locking import locked
from landlords.permissions import Permission, Refused
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

WHAT_IS_KNOWN = {
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Who they are to us"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "address": gettext_lazy("Address"),
    "safe_contact": gettext_lazy("Safe contact"),
    "safe_contact_note": gettext_lazy("How to contact them safely"),
    "language": gettext_lazy("Language"),
    "formats": gettext_lazy("Formats"),
    "adjustments": gettext_lazy("Reasonable adjustments"),
    "needs": gettext_lazy("Needs"),
    "vulnerability": gettext_lazy("Vulnerability and support"),
    "under_18": gettext_lazy("Under 18"),
    "representative": gettext_lazy("Speaks for them"),
    "confidential": gettext_lazy("Confidential"),
}
"""What can be changed about a person, in the order it is asked for, and what it is called."""


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
    party, _made = Party.objects.get_or_create(
        landlord_id=case.landlord_id, case=case, person=person, role=role, defaults={"since": clock.now()}
    )
    return party


@dataclass(frozen=True)
class PersonDetails:
    """Everything that is known of a person and may change, as it is to be from now on."""

    name: str
    kind: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    safe_contact: str = SafeContact.ANY
    safe_contact_note: str = ""
    language: str = ""
    formats: tuple[str, ...] = ()
    adjustments: str = ""
    needs: str = ""
    vulnerability: str = ""
    under_18: bool = False
    representative: str = ""
    confidential: bool = False


@transaction.atomic
def change_person(case: Case, person_id: int, details: PersonDetails, *, by: Actor) -> Person:
    """Change what is known of somebody on this case. What it was and what it is now goes on the timeline.

    Raises Refused without a name, where nothing changes, and for somebody who is not on this case.
    """
    case = locked(case)
    check_can(Permission.CHANGE_PEOPLE, case, by=by)
    person = Person.objects.select_for_update().filter(parts__case=case, pk=person_id).first()
    if person is None:
        raise Refused(_("Choose somebody who is part of this case."))
    if not details.name.strip():
        raise Refused(_("A person needs a name, or words that tell who they are."))
    told = {**asdict(details), "formats": [*details.formats], "name": details.name.strip()}
    changed = {name: getattr(person, name) for name in WHAT_IS_KNOWN if getattr(person, name) != told[name]}
    if not changed:
        raise Refused(_("Nothing is changed."))
    _save(person, {name: told[name] for name in changed})
    for other in Case.objects.filter(parties__person=person).distinct():
        index_case(other)
    lines = [_changed_line(name, before, told[name]) for name, before in changed.items()]
    payload = {"person_id": person.pk, "changed": [*changed]}
    record("person_changed", by=by, case_id=case.pk, payload=payload, text="\n".join(lines))
    return person


def details_of(person: Person) -> PersonDetails:
    """What is known now, to start a change from."""
    known = {one.name: getattr(person, one.name) for one in fields(PersonDetails)}
    return PersonDetails(**{**known, "formats": tuple(known["formats"])})


def _save(person: Person, changed: dict[str, object]) -> None:
    for name, value in changed.items():
        setattr(person, name, value)
    person.name_key = name_key(person.name)
    person.save(update_fields=[*changed, "name_key"])


def _changed_line(name: str, before: object, after: object) -> str:
    words = {"what": WHAT_IS_KNOWN[name], "before": _in_words(name, before), "after": _in_words(name, after)}
    return _("%(what)s: %(before)s → %(after)s") % words


def _in_words(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(Format(key).label) for key in value) or _("none")
    if name == "safe_contact":
        return str(SafeContact(str(value)).label)
    return str(value) or _("nothing")
