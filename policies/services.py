"""Publishing policies."""

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from landlords.models import Landlord, Team
from policies.models import PolicyVersion, VersionStatus
from policies.parsing import InvalidPolicy, PolicyError
from policies.schema import Core, Policy
from timeline import clock
from timeline.actors import Actor
from timeline.scope import landlord_scope
from timeline.services import record


@dataclass(frozen=True)
class PolicyFile:
    """A valid policy, the raw content it came from and the name of its file."""

    name: str
    policy: Policy
    content: dict[str, Any]


@dataclass(frozen=True)
class Loaded:
    """What loading one file did: ``changed`` is False where the content was already in force."""

    landlord: str
    version: int
    changed: bool


@transaction.atomic
def load_policies(files: list[PolicyFile], *, by: Actor) -> list[Loaded]:
    """Publish each policy whose content is new, or none of them. Raises InvalidPolicy on overlapping validity."""
    return [_load(file, by) for file in files]


def _load(file: PolicyFile, by: Actor) -> Loaded:
    core = file.policy.core
    landlord = _landlord(core)
    with landlord_scope(landlord.pk):
        _teams(landlord, core)
        content = json.loads(json.dumps(file.content, default=str, sort_keys=True))
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        present = PolicyVersion.objects.filter(status=VersionStatus.PUBLISHED).first()
        if present and present.content_sha256 == digest:
            return Loaded(landlord.key, present.number, changed=False)
        starts = core.in_force_from or local_today()
        if present:
            _retire(present, starts, file, by)
        version = PolicyVersion.objects.create(
            landlord=landlord,
            number=(present.number if present else 0) + 1,
            status=VersionStatus.PUBLISHED,
            content=content,
            content_sha256=digest,
            source_file=file.name,
            in_force=DateRange(starts if present else core.in_force_from, None),
            loaded_at=clock.now(),
            loaded_by=by.name,
        )
        _recorded("policy_published", version, by)
        return Loaded(landlord.key, version.number, changed=True)


def _retire(version: PolicyVersion, ends: datetime.date, file: PolicyFile, by: Actor) -> None:
    lower = version.in_force.lower
    if lower is not None and ends < lower:
        raise InvalidPolicy(
            [
                PolicyError(
                    file.name,
                    "in_force_from",
                    str(ends),
                    f"a date from {lower} on",
                    f"its validity overlaps version {version.number}, which is in force from {lower}",
                )
            ]
        )
    version.status = VersionStatus.RETIRED
    version.in_force = DateRange(lower, ends)
    version.save(update_fields=["status", "in_force"])
    _recorded("policy_retired", version, by)


def _recorded(verb: str, version: PolicyVersion, by: Actor) -> None:
    record(verb, by=by, subject=("policy", version.pk), payload={"version": version.number})


def _landlord(core: Core) -> Landlord:
    organisation = core.organisation
    landlord, _ = Landlord.objects.update_or_create(key=core.landlord, defaults=organisation.model_dump())
    return landlord


def _teams(landlord: Landlord, core: Core) -> None:
    for key, team in core.teams.items():
        Team.objects.update_or_create(
            landlord=landlord, key=key, defaults={"label": team.label, "officer": team.officer}
        )


def local_today() -> datetime.date:
    """Today's date in London, by the one clock."""
    return clock.now().astimezone(ZoneInfo("Europe/London")).date()
