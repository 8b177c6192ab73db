"""Telling the apps above what has happened on a case, inside the same transaction.

They register in ``ready()``; each call stands in the service that makes it happen, so that reading the service
shows everything it does.
"""

from collections.abc import Callable
from enum import StrEnum

from cases.models import Case
from timeline.actors import Actor
from timeline.registry import Registry


class Happening(StrEnum):
    INCIDENT = "incident"
    """Something new was reported or written down on an open case."""
    LEVEL_RAISED = "level_raised"


Listener = Callable[[Case, Happening, Actor], None]
case_listeners: Registry[Listener] = Registry("case listener")


def announce(happening: Happening, case: Case, *, by: Actor) -> None:
    """Every listener is told; one that raises undoes the whole step."""
    for listener in case_listeners.values():
        listener(case, happening, by)
