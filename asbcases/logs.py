"""Lines of the log. What failed is told, and where; never what stands in a row.

PostgreSQL puts the row into its errors: “Failing row contains (…)”, “Key (name)=(…) already exists”. Logs are kept
elsewhere, by others and for longer than a case.
"""

import copy
import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType

import django.db
import psycopg

ROW = re.compile(r"(?:\\n|\n)(?:DETAIL|CONTEXT|QUERY|LINE \d+):.*", re.DOTALL)
"""From the line where PostgreSQL quotes to the end: what it quotes may have lines of its own."""
ABOUT_VALUES = "22"
"""The class of errors whose first line quotes the value as well."""
AND_THEN = "\nThe above exception was the direct cause of the following exception:\n\n"
MEANWHILE = "\nDuring handling of the above exception, another exception occurred:\n\n"
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutRows(logging.Formatter):
    """Formats as usual, but tells an error of the database by its kind, its first line and its SQLSTATE."""

    def format(self, record: logging.LogRecord) -> str:
        """On a copy: another handler may have kept the whole error with the record, or may want it."""
        told = copy.copy(record)
        error = record.exc_info[1] if record.exc_info else None
        message = _without_values(record.getMessage(), error)
        told.msg, told.args, told.exc_text = ROW.sub("", message), None, None
        return super().format(told)

    def formatException(self, ei: Raised) -> str:  # noqa: N802 (the name is the library's)
        return "".join(_lines(ei[1])).rstrip("\n") if ei[1] else ""


def _without_values(message: str, error: BaseException | None) -> str:
    """Where the message repeats an error that quotes a value in its first line."""
    while error is not None:
        first = str(error).partition("\n")[0]
        if first and _told(error) != first:
            message = message.replace(first, _told(error)).replace(repr(first)[1:-1], _told(error))
        error = _earlier(error)
    return message


def _earlier(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _lines(error: BaseException) -> Iterator[str]:
    earlier = _earlier(error)
    if earlier is not None:
        yield from _lines(earlier)
        yield AND_THEN if error.__cause__ else MEANWHILE
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    yield f"{module}{kind.__qualname__}: {_told(error)}\n"


def _told(error: BaseException) -> str:
    if isinstance(error, django.db.Error) and isinstance(error.__cause__, psycopg.Error):
        error = error.__cause__
    if not isinstance(error, psycopg.Error):
        return ROW.sub("", str(error))
    quoted = (error.sqlstate or "").startswith(ABOUT_VALUES)
    first = "" if quoted else error.diag.message_primary or str(error).partition("\n")[0]
    return f"{first} (SQLSTATE {error.sqlstate})" if error.sqlstate else first
