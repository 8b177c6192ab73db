"""Which records of a case go with it when it is merged, and putting the very same ones back."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from cases.models import Case, CaseAccess, Party
from cases.services.opening import give_access
from cases.services.people import add_party
from timeline.registry import Registry

Moved = dict[str, Any]
"""As it is kept on a Rearrangement: record ids under the name of what they are."""


@dataclass(frozen=True)
class Moving:
    """A kind of record (``app.Model``) with a ``case`` of its own that may change.

    ``first_of_person``: it stays where it is for somebody of whom the other case has such a record already.
    """

    model: str
    first_of_person: bool = False


moving_records: Registry[Moving] = Registry("record that moves with a case")
"""Filled by each app in ``ready()``. What is written once stays where it was written and is read there: the history
of both cases is one."""

for _model in (
    "Incident",
    "Contact",
    "Note",
    "Evidence",
    "Request",
    "Mailing",
    "Referral",
    "Sharing",
    "CaseReview",
):
    moving_records.register(_model.lower(), Moving(f"cases.{_model}"))


def move_records(source: Case, target: Case) -> Moved:
    """Every movable record of the source, by kind."""
    moved: Moved = {}
    for key in moving_records:
        rows = _model_of(key)._default_manager
        found = rows.filter(case=source)
        if moving_records[key].first_of_person:
            found = found.exclude(person__in=list(rows.filter(case=target).values_list("person", flat=True)))
        ids = list(found.order_by("pk").values_list("pk", flat=True))
        if ids:
            found.filter(pk__in=ids).update(case=target)
            moved[key] = ids
    return moved


def put_records_back(moved: Moved, source: Case, target: Case) -> None:
    for key in moving_records:
        rows = _model_of(key)._default_manager.filter(pk__in=moved.get(key, []), case=target)
        rows.update(case=source)


def bring_people(source: Case, target: Case) -> Moved:
    """Everybody on the source plays the same part on the target; who may open one may open the other."""
    had = {(party.person_id, party.role) for party in target.parties.all()}
    parties = [
        add_party(target, party.person, party.role).pk  # type: ignore[arg-type]
        for party in source.parties.select_related("person").order_by("pk")
        if (party.person_id, party.role) not in had
    ]
    access = [*share_access(source, target), *share_access(target, source)]
    return {"parties": parties, "access": access}


def share_access(source: Case, target: Case) -> list[int]:
    """Ids of what was given anew."""
    had = set(target.named_staff.values_list("membership_id", flat=True))
    for access in source.named_staff.exclude(membership_id__in=had):
        give_access(target, access.membership_id)
    return list(target.named_staff.exclude(membership_id__in=had).order_by("pk").values_list("pk", flat=True))


def send_people_back(moved: Moved) -> None:
    Party.objects.filter(pk__in=moved["parties"]).delete()
    CaseAccess.objects.filter(pk__in=moved["access"]).delete()


FLAGS = ("behaviours", "hate", "hate_strands", "domestic_abuse")


def flags_of(case: Case) -> Moved:
    return {name: getattr(case, name) for name in FLAGS}


def add_flags(source: Case, target: Case) -> None:
    """What is known of either is known of the whole; domestic abuse restricts it, and all that is joined to it."""
    target.behaviours = list(dict.fromkeys([*target.behaviours, *source.behaviours]))
    target.hate_strands = sorted({*target.hate_strands, *source.hate_strands})
    target.hate = target.hate or source.hate
    target.domestic_abuse = target.domestic_abuse or source.domestic_abuse
    target.restricted = target.restricted or source.restricted
    target.save(update_fields=[*FLAGS, "restricted"])


def take_flags_back(moved: Moved, target: Case) -> None:
    """Where nothing has come to light since. A restriction is never lifted: the history names the other case."""
    if flags_of(target) == moved["after"]:
        for name in FLAGS:
            setattr(target, name, moved["before"][name])
        target.save(update_fields=FLAGS)


def _model_of(key: str) -> type[Model]:
    return apps.get_model(moving_records[key].model)
