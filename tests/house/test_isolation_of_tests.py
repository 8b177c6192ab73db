"""The tests themselves: the right role, the right database, and nothing left between two tests."""

from __future__ import annotations

import socket

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone


def _one(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    assert row is not None
    return str(row[0])


@pytest.mark.django_db
def test_tests_run_as_the_application_in_a_database_of_their_own() -> None:
    assert _one("SELECT current_user") == settings.APPLICATION_ROLE
    assert _one("SELECT current_database()").startswith("test_")
    assert _one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") == "False"


def _leave_a_row() -> None:
    assert Session.objects.count() == 0
    Session.objects.create(session_key="left behind", session_data="", expire_date=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_a_committed_row_is_gone_for_the_next_test() -> None:
    _leave_a_row()


@pytest.mark.django_db(transaction=True)
def test_a_committed_row_was_gone_whichever_came_first() -> None:
    _leave_a_row()


def test_another_machine_is_out_of_reach() -> None:
    with socket.socket() as caller, pytest.raises(PermissionError, match=r"refused 192\.0\.2\.1"):
        caller.connect(("192.0.2.1", 80))
