"""Whose work a person's figures are about, and whether cases may be named to them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from landlords.permissions import Permission, Role, can
from timeline.actors import Actor


@dataclass(frozen=True)
class Reach:
    """``team_id`` None means every team. ``names_cases`` is False for those who see figures only."""

    by: Actor
    team_id: int | None
    names_cases: bool

    def of_team(self, field: str) -> Q:
        chosen: dict[str, Any] = {field: self.team_id}
        return Q() if self.team_id is None else Q(**chosen)


def reach_of(by: Actor) -> Reach:
    """A manager of a team sees that team; everybody else who may see figures sees the landlord's."""
    team_id = by.team_id if by.role == Role.MANAGER else None
    return Reach(by, team_id, can(by, Permission.SEE_CASES))
