"""Questions worked out once: asked with other values, by other landlords, they give what the query itself gives."""

import pytest
from django.db import connection, transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Party
from tests.factories.world import Side, World, report
from timeline.prepared import prepared
from timeline.scope import landlord_scope

worked_out: list[tuple[object, ...]] = []


@prepared
def _case(reference: str) -> QuerySet[Case]:
    return Case.objects.filter(reference=reference)


@prepared
def _parties(case_ids: tuple[int, ...], *, named: bool) -> QuerySet[Party]:
    worked_out.append((case_ids, named))
    parties = Party.objects.filter(case__in=case_ids).select_related("person").order_by("pk")
    return parties.annotate(said=Concat(F("role"), Value("-"), F("person__name"))) if named else parties


@prepared
def _references(case_ids: tuple[int, ...], besides: int) -> QuerySet[Case, tuple[str, int]]:
    found = Case.objects.filter(pk__in=case_ids).exclude(pk=besides)
    return found.order_by("pk").values_list("reference", "pk")


@prepared
def _longer(number: int) -> QuerySet[Case]:
    return Case.objects.filter(pk=number + 1)


def test_other_values_give_other_rows(here: Side) -> None:
    for case in (here.case, here.restricted_case):
        assert _case(case.reference) == [case]
    assert _case("not one") == []
    assert _references((here.case.pk, here.restricted_case.pk), here.case.pk) == [
        (here.restricted_case.reference, here.restricted_case.pk)
    ]


def test_rows_come_with_all_that_the_query_brings_along(here: Side) -> None:
    another = report(here, "noise").case
    assert another is not None
    usual = list(Party.objects.filter(case__in=[here.case, another]).select_related("person").order_by("pk"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = _parties((here.case.pk, another.pk), named=True)
        said = [(one.role, one.person.name, one.said) for one in found]  # type: ignore[attr-defined]
    assert len(asked) == 1
    assert found == usual
    assert said == [(one.role, one.person.name, f"{one.role}-{one.person.name}") for one in usual]


def test_it_is_worked_out_once_for_each_question(here: Side) -> None:
    worked_out.clear()
    for numbers in ((here.case.pk,), (here.restricted_case.pk,), (here.case.pk, here.restricted_case.pk)):
        assert len(_parties(numbers, named=False)) == Party.objects.filter(case__in=numbers).count()
    assert len(_parties((here.case.pk,), named=True)) == here.case.parties.count()
    assert len(worked_out) <= 3
    assert not any(here.case.pk in case_ids for case_ids, _named in worked_out)  # type: ignore[operator]


def test_each_landlord_asks_for_its_own_rows(world: World) -> None:
    for side, other in ((world.here, world.there), (world.there, world.here)):
        with transaction.atomic(), landlord_scope(side.landlord.pk):
            assert _case(side.case.reference) == [side.case]
            assert _case(other.case.reference) == []
            assert _parties((other.case.pk, other.restricted_case.pk), named=False) == []


def test_without_a_landlord_nothing_is_asked(world: World) -> None:
    with CaptureQueriesContext(connection) as asked, pytest.raises(LookupError):
        _case(world.here.case.reference)
    assert len(asked) == 0


def test_a_value_that_is_changed_on_its_way_is_refused(here: Side) -> None:
    with pytest.raises(ValueError, match="not in the query as it was given"):
        _longer(here.case.pk)
