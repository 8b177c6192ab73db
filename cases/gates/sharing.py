"""Who may agree that something is shared although the person did not."""

from django.utils.translation import gettext as _

from cases.gates.engine import Answer, Step, case_gates
from cases.gates.schema import Requirement
from landlords.permissions import Permission, can


def register() -> None:
    case_gates.register("manager_agrees", manager_agrees)


def manager_agrees(step: Step, requirement: Requirement) -> Answer:
    """Whoever records it holds one of the positions or, where none is named, is a manager: so they agree to it."""
    if requirement.by:
        holds = not step.by.is_person or bool(set(requirement.by) & set(step.by.positions))
    else:
        holds = can(step.by, Permission.DEVIATE)
    return Answer(holds, step.by.name if holds else _("ask them to record it"))
