"""People as they come into a case."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import Format, PartyRole, SafeContact
from cases.confided import SHARED, people_on
from cases.models import Case, Confided, Party, Person
from cases.permissions import check_can
from cases.search import index_case
from cases.services.locking import locked
from landlords.permissions import Permission, Refused
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

WHAT_IS_KNOWN = {
    "name": gettext_lazy("Name"),
    "also_called": gettext_lazy("Also called"),
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
    "vehicles": gettext_lazy("Their vehicles"),
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


def listed(text: str) -> list[str]:
    """What stands between the commas, each once."""
    return list(dict.fromkeys(" ".join(one.split()) for one in text.split(",") if one.strip()))


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
    also_called: str = ""
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
    vehicles: str = ""
    confidential: bool = False


@transaction.atomic
def change_person(case: Case, person_id: int, details: PersonDetails, *, by: Actor) -> Person:
    """Change what is known of somebody on this case. What it was and what it is now goes on the timeline.

    On a restricted case it stays with that case, but for how they are reached safely and told so that they understand
    (``SHARED``): that is for whoever has any case of theirs.

    Raises Refused without a name, where nothing changes, and for somebody who is not on this case.
    """
    case = locked(case)
    check_can(Permission.CHANGE_PEOPLE, case, by=by)
    person = Person.objects.select_for_update().filter(parts__case=case, pk=person_id).first()
    if person is None:
        raise Refused(_("Choose somebody who is part of this case."))
    if not details.name.strip():
        raise Refused(_("A person needs a name, or words that tell who they are."))
    people_on(case, [person])
    told = {**asdict(details), "formats": [*details.formats], "name": details.name.strip()}
    changed = {name: getattr(person, name) for name in WHAT_IS_KNOWN if getattr(person, name) != told[name]}
    if not changed:
        raise Refused(_("Nothing is changed."))
    keep = _confide if case.restricted else _save
    keep(case, person, {name: told[name] for name in changed})
    lines = [_changed_line(name, before, told[name]) for name, before in changed.items()]
    payload = {"person_id": person.pk, "changed": [*changed]}
    record("person_changed", by=by, case_id=case.pk, payload=payload, text="\n".join(lines))
    shared = {name: line for name, line in zip(changed, lines, strict=True) if name in SHARED}
    if shared:
        _tell_restricted_cases(case, person, shared, by)
    return person


def details_of(person: Person) -> PersonDetails:
    """What is known now, to start a change from."""
    known = {one.name: getattr(person, one.name) for one in fields(PersonDetails)}
    return PersonDetails(**{**known, "formats": tuple(known["formats"])})


def _save(case: Case, person: Person, changed: dict[str, Any]) -> None:
    for name, value in changed.items():
        setattr(person, name, value)
    person.name_key = name_key(person.name)
    person.save(update_fields=[*changed, "name_key"])
    for other in Case.objects.filter(parties__person=person).distinct():
        index_case(other)


def _confide(case: Case, person: Person, changed: dict[str, Any]) -> None:
    """``person`` is as this case knows them, so it is never saved: only what all their cases share is, by itself."""
    shared = {name: value for name, value in changed.items() if name in SHARED}
    if shared:
        Person.objects.filter(pk=person.pk).update(**shared)
    kept = {name: value for name, value in changed.items() if name not in SHARED}
    if "name" in kept:
        kept["name_key"] = name_key(kept["name"])
    if kept:
        whose = {"landlord_id": case.landlord_id, "case": case, "person": person}
        now = clock.now()
        confided, _made = Confided.objects.get_or_create(**whose, defaults={"changed_at": now})
        confided.known, confided.changed_at = confided.known | kept, now
        confided.save(update_fields=["known", "changed_at"])
        index_case(case)
    for name, value in {**shared, **kept}.items():
        setattr(person, name, value)


def _tell_restricted_cases(case: Case, person: Person, shared: dict[str, str], by: Actor) -> None:
    """What is safe for somebody also holds on their restricted cases, where it must be seen to have been changed.
    Never the other way round.
    """
    others = Case.objects.filter(parties__person=person, restricted=True).exclude(pk=case.pk).distinct()
    for other in others:
        payload = {"person_id": person.pk, "changed": [*shared]}
        record("person_changed", by=by, case_id=other.pk, payload=payload, text="\n".join(shared.values()))


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
