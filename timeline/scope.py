"""The first fence between landlords: no active landlord, no query.

The second is row-level security in PostgreSQL (``timeline.isolation``). Both are opened together, for one
landlord, inside one transaction, by :func:`landlord_scope`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django_scopes import scope
from django_scopes.manager import DisabledQuerySet
from django_scopes.state import get_scope
from psycopg.pq import TransactionStatus

Record = TypeVar("Record", bound=models.Model)
INERROR = TransactionStatus.INERROR


class NoTransaction(Exception):
    """A landlord may only be set inside a transaction, so that it cannot outlive the work."""


class LandlordManager(models.Manager[Record]):
    """Sees the active landlord's rows and refuses every query when there is none."""

    def get_queryset(self) -> models.QuerySet[Record]:
        """The active landlord's rows; a set that raises ScopeError on use where there is none."""
        current: dict[str, Any] = get_scope()
        if not current.get("_enabled", True):
            return super().get_queryset()
        if "landlord" not in current:
            refusing: models.QuerySet[Record] = DisabledQuerySet(
                self.model, using=self._db, missing_scopes={"landlord"}
            )
            return refusing
        kind: type[models.QuerySet[Record]] = self._queryset_class  # type: ignore[attr-defined]
        return _rows_of(kind, self.model, self._db, current["landlord"]).all()


@lru_cache(maxsize=10_000)
def _rows_of(
    queryset: type[models.QuerySet[Any]], model: type[Any], using: str | None, landlord_id: int
) -> models.QuerySet[Any]:
    """One landlord's rows of a table, never read itself: every query begins with a copy of it, which is quicker than
    to build the same condition anew each time."""
    return queryset(model=model, using=using).filter(landlord_id=landlord_id)


def computed_once(build: Callable[[], models.QuerySet[Any]]) -> Callable[[], dict[str, RawSQL]]:
    """What a query computes beside its columns, worked out to SQL once for each landlord.

    To annotate other queries of the same table with. Raises LookupError outside any scope.
    """

    @lru_cache(maxsize=1_000)
    def of_landlord(landlord_id: int) -> dict[str, RawSQL]:
        return _as_sql(build())

    return lambda: of_landlord(active_landlord())


def _as_sql(rows: models.QuerySet[Any]) -> dict[str, RawSQL]:
    compiler = rows.query.get_compiler(connection=connection)
    compiler.setup_query()
    ready = {}
    for name, computed in rows.query.annotations.items():
        sql, values = compiler.compile(computed)
        ready[name] = RawSQL(sql, values, output_field=computed.output_field)  # noqa: S611 made by Django
    return ready


class LandlordRecord(models.Model):
    """A row that belongs to one landlord. Its table is under forced row-level security."""

    landlord = models.ForeignKey(
        "landlords.Landlord", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


def active_landlord() -> int:
    """The id of the landlord in scope. Raises LookupError outside any scope."""
    try:
        landlord_id: int = get_scope()["landlord"]
    except KeyError:
        raise LookupError("no landlord is active") from None
    return landlord_id


@contextmanager
def landlord_scope(landlord_id: int, *, to_the_end: bool = False) -> Iterator[None]:
    """Act for one landlord: both fences, until the block ends. Raises NoTransaction outside ``atomic``.

    ``to_the_end``: the transaction ends with this block, and where none is around it takes the setting along.
    """
    if not connection.in_atomic_block:
        raise NoTransaction("landlord_scope needs transaction.atomic()")
    before = _set(str(landlord_id))
    try:
        with scope(landlord=landlord_id):
            yield
    finally:
        if not _is_lost() and not (to_the_end and _is_outermost()):
            _set(before)


def _is_lost() -> bool:
    """Whether the transaction can only be rolled back, which undoes the setting by itself."""
    wire = connection.connection
    return connection.needs_rollback or (wire is not None and wire.info.transaction_status == INERROR)


def _is_outermost() -> bool:
    return not connection.savepoint_ids


def _set(value: str) -> str:
    """Set the landlord until the transaction ends; returns what was set before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH before AS MATERIALIZED (SELECT coalesce(current_setting('app.landlord', true), '') AS landlord)"
            " SELECT landlord, set_config('app.landlord', %s, true) FROM before",
            [value],
        )
        row = cursor.fetchone()
    return str(row[0]) if row else ""
