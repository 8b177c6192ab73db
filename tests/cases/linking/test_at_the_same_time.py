"""Two people merge the same two cases, each the other way round: one does, the other is told, nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from cases.models import Case, Rearrangement
from cases.services.rearranging import merge_cases
from landlords.permissions import Refused
from tests.cases.linking.world import officer, told
from tests.factories.world import NOON, World
from timeline.clock import clock_at
from timeline.scope import landlord_scope


@pytest.mark.django_db(transaction=True)
def test_two_merges_the_other_way_round_do_not_wait_for_each_other(world: World) -> None:
    here = world.here
    with transaction.atomic(), landlord_scope(here.landlord.pk):
        pair = [here.case, told(here, "verbal_abuse", known=here.complainant)]

    def merge(turn: int) -> list[str]:
        source, into = pair if turn else pair[::-1]
        try:
            with clock_at(NOON), transaction.atomic(), landlord_scope(here.landlord.pk):
                merge_cases(source, into, reason="One", by=officer(here))
        except Refused as refused:
            return refused.reasons
        finally:
            connection.close()
        return []

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(merge, range(2)))
    assert answers == [[], ["This case is closed. Reopen it first."]]
    with transaction.atomic(), landlord_scope(here.landlord.pk):
        assert Rearrangement.objects.count() == 1
        joined = Case.objects.filter(pk__in=[case.pk for case in pair], status="joined")
        assert joined.count() == 1
