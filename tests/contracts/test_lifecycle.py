"""The lifecycle: every edge goes, every other pair is refused by the code and by the database."""

import itertools

import pytest
from django.db import DatabaseError, connection, transaction
from django_fsm import TransitionNotAllowed, can_proceed

from cases.lifecycle import EDGES, MOVES, CaseState, Move
from cases.models import Case
from tests.factories.world import Side

PAIRS = sorted(itertools.product(CaseState.values, CaseState.values))
OTHERS = [pair for pair in PAIRS if pair not in EDGES and pair[0] != pair[1]]
ROUTES: dict[str, list[str]] = {"new": [], "in_hand": ["in_hand"], "closed": ["closed"], "joined": ["joined"]}


def in_state(here: Side, state: str) -> Case:
    for step in ROUTES[state]:
        Case.objects.filter(pk=here.case.pk).update(status=step)
    return Case.objects.get(pk=here.case.pk)


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
@pytest.mark.parametrize("state", CaseState.values)
def test_a_move_goes_from_its_sources_and_nowhere_else(here: Side, move: Move, state: str) -> None:
    case = in_state(here, state)
    transition = getattr(case, move.name)
    if state in move.sources:
        transition()
        case.save(update_fields=["status"])
        assert Case.objects.get(pk=case.pk).status == move.target
    else:
        assert can_proceed(transition) is False
        with pytest.raises(TransitionNotAllowed):
            transition()
        assert Case.objects.get(pk=case.pk).status == state


@pytest.mark.parametrize(("before", "after"), OTHERS)
def test_the_database_refuses_every_other_pair(here: Side, before: str, after: str) -> None:
    case = in_state(here, before)
    with pytest.raises(DatabaseError, match="cannot move"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(status=after)
    assert Case.objects.get(pk=case.pk).status == before


@pytest.mark.parametrize(("before", "after"), sorted(EDGES))
def test_the_database_allows_every_edge(here: Side, before: str, after: str) -> None:
    case = in_state(here, before)
    Case.objects.filter(pk=case.pk).update(status=after)
    assert Case.objects.get(pk=case.pk).status == after


def test_a_case_can_only_begin_as_new(here: Side) -> None:
    kept = ("id", "status", "reference")
    columns = [str(field.column) for field in Case._meta.local_fields if field.column not in kept]
    names = ", ".join(columns)
    with (
        pytest.raises(DatabaseError, match="starts as new"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(_copied_as_closed(names), [here.case.pk])
    assert Case.objects.filter(reference="VV-00000-00000").count() == 0


def _copied_as_closed(names: str) -> str:
    return " ".join(
        [
            "INSERT INTO cases_case (",
            names,
            ", status, reference) SELECT",
            names,
            ", 'closed', 'VV-00000-00000' FROM cases_case WHERE id = %s",
        ]
    )


def test_status_cannot_be_assigned(here: Side) -> None:
    with pytest.raises(AttributeError):
        here.case.status = "closed"
    assert here.case.status == "new"
