"""What a line of the log may tell."""

import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from celery.signals import setup_logging
from django.db import DatabaseError, connection, transaction

from asbcases.celery import log_as_everywhere
from asbcases.logs import WithoutRows
from landlords.models import User

PLANTED = "amina.larkspur@planted.example"


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What our own handler writes, as the settings made it."""
    handlers = [one for one in logging.getLogger().handlers if isinstance(one.formatter, WithoutRows)]
    stream = StringIO()
    assert len(handlers) == 1
    assert isinstance(handlers[0], logging.StreamHandler)
    before = handlers[0].setStream(stream)
    yield stream
    handlers[0].setStream(before)


def _twice() -> None:
    User.objects.create_user(PLANTED, "Amina Larkspur", None)
    User.objects.create_user(PLANTED, "Amina Larkspur", None)


def _no_number() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text::integer", [PLANTED])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fails", "told"),
    [
        (_twice, "IntegrityError: duplicate key value violates unique constraint"),
        (_no_number, "DataError:  (SQLSTATE 22P02)"),
    ],
    ids=["a row that is there already", "a value that is no number"],
)
def test_an_error_of_the_database_tells_nothing_of_the_row(
    written: StringIO, caplog: pytest.LogCaptureFixture, fails: Callable[[], None], told: str
) -> None:
    """Another handler has already written all of it, as the tests' own does: that is not taken over."""
    log = logging.getLogger("letters.outbox.relay")
    try:
        with transaction.atomic():
            fails()
    except DatabaseError as error:
        log.exception("letter 7 waits: %r", error)
        quoted = str(error)
    assert (PLANTED in quoted, PLANTED in caplog.text) == (True, True)
    lines = written.getvalue()
    assert (PLANTED in lines, "DETAIL" in lines, "CONTEXT" in lines) == (False, False, False)
    assert told in lines
    assert "ERROR letters.outbox.relay: letter 7 waits: " in lines
    assert "The above exception was the direct cause" in lines
    assert "in test_an_error_of_the_database_tells_nothing_of_the_row" in lines


def test_any_other_error_is_told_as_it_is(written: StringIO) -> None:
    try:
        try:
            int("x")
        except ValueError:
            raise RuntimeError("cannot go on")  # noqa: B904 (what came before is told as well)
    except RuntimeError:
        logging.getLogger("letters.outbox.relay").exception("letter 7 waits")
    lines = written.getvalue()
    assert "ValueError: invalid literal for int() with base 10: 'x'" in lines
    assert "During handling of the above exception, another exception occurred:" in lines
    assert lines.endswith("\nRuntimeError: cannot go on\n")


def test_the_worker_logs_as_everybody_does() -> None:
    assert log_as_everywhere in [receiver() for _key, receiver in setup_logging.receivers]
