"""The states of a case and the moves between them, as data. The database refuses every other move."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from landlords.permissions import Permission


class CaseState(models.TextChoices):
    NEW = "new", _("New")
    IN_HAND = "in_hand", _("In hand")
    CLOSED = "closed", _("Closed")
    JOINED = "joined", _("Joined to another case")


OPEN_STATES = (CaseState.NEW, CaseState.IN_HAND)


@dataclass(frozen=True)
class Move:
    """One edge: what it is called, where it starts and ends, what it means, and which permissions lead to it."""

    name: str
    sources: tuple[CaseState, ...]
    target: CaseState
    meaning: str
    permissions: tuple[Permission, ...]


MOVES = (
    Move(
        "take_in_hand",
        (CaseState.NEW,),
        CaseState.IN_HAND,
        "somebody has started to work on it",
        (
            Permission.RECORD_CONTACT,
            Permission.RECORD_DUTY,
            Permission.RECATEGORISE,
            Permission.REASSIGN,
            Permission.ASSESS_RISK,
        ),
    ),
    Move(
        "close",
        (CaseState.NEW, CaseState.IN_HAND),
        CaseState.CLOSED,
        "ended on a recorded ground",
        (Permission.CLOSE_CASE,),
    ),
    Move(
        "reopen",
        (CaseState.CLOSED,),
        CaseState.IN_HAND,
        "taken up again, with a reason",
        (Permission.CLOSE_CASE,),
    ),
    Move(
        "join",
        (CaseState.NEW, CaseState.IN_HAND),
        CaseState.JOINED,
        "it belongs to another open case: its one report was joined to it, or the two were merged",
        (Permission.JOIN_CASES, Permission.REARRANGE_CASES),
    ),
    Move(
        "part",
        (CaseState.JOINED,),
        CaseState.IN_HAND,
        "a merge was undone: it is a case of its own again",
        (Permission.REARRANGE_CASES,),
    ),
)

EDGES = frozenset((source.value, move.target.value) for move in MOVES for source in move.sources)
