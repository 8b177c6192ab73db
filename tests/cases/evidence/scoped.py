"""Acting for one landlord in a transaction of its own, which commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tests.factories.world import Side
from timeline.scope import landlord_scope


@contextmanager
def scoped(side: Side) -> Iterator[None]:
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        yield
