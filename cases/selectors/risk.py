"""The risk of a case for lists: the highest confirmed band of its complainants, read where the row itself is read."""

from collections.abc import Callable

from django.db.models import CharField, Model, Value
from django.db.models.functions import Coalesce

from timeline.registry import Registry

HIGH = "high"

risk_readers: Registry[Callable[[str], Coalesce]] = Registry("reader of the risk of a case")
"""Filled by the app that assesses: given the name of the column that holds a case's id, the column of its band."""


def risk_column(case: str) -> Coalesce:
    """To annotate as ``risk``: "low", "medium", "high", or "" where nobody on the case is assessed.

    ``case`` is the column of the rows that names their case.
    """
    for read in risk_readers.values():
        return read(case)
    return Coalesce(Value(""), Value(""), output_field=CharField())


def risk_of(row: Model) -> str:
    """Of a row annotated with ``risk``."""
    return str(row.risk)  # type: ignore[attr-defined]
