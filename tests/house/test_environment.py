"""Addresses turned into what each library wants."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from asbcases import environment
from asbcases.local.attach import needs_database
from tests import throwaway

SOCKET = "postgresql://asb_app:p%40ss@/asbcases?host=%2Frun%2Fa%20folder"


def test_a_socket_address_becomes_djangos_settings() -> None:
    found = environment.database(SOCKET, lock_timeout="5s")
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "asbcases",
        "USER": "asb_app",
        "PASSWORD": "p@ss",
        "HOST": "/run/a folder",
        "PORT": "",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "options": "-c lock_timeout=5s"},
    }


def test_a_network_address_keeps_its_options() -> None:
    found = environment.database("postgres://u:p@db.example:6543/asb?sslmode=verify-full", pool=4)
    assert (found["HOST"], found["PORT"]) == ("db.example", "6543")
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 4, "timeout": 10}


def test_without_an_address_there_is_no_database() -> None:
    assert environment.database("") == {"ENGINE": "django.db.backends.dummy"}


@pytest.mark.parametrize(
    ("given", "celery"),
    [
        ("redis://valkey:6379/0", "redis://valkey:6379/0"),
        ("rediss://valkey:6379/2", "rediss://valkey:6379/2"),
        ("unix:///run/asb/valkey.sock", "redis+socket:///run/asb/valkey.sock?virtual_host=0"),
        ("unix:///run/asb/valkey.sock?db=3", "redis+socket:///run/asb/valkey.sock?virtual_host=3"),
    ],
)
def test_the_broker_in_celerys_spelling(given: str, celery: str) -> None:
    assert environment.broker(given) == celery


@pytest.mark.parametrize(
    ("given", "numbered"),
    [
        ("redis://localhost:6379/0", "redis://localhost:6379/2"),
        ("redis://localhost", "redis://localhost/2"),
        ("unix:///run/valkey.sock", "unix:///run/valkey.sock?db=2"),
    ],
)
def test_each_worker_of_the_tests_has_its_own_broker_database(given: str, numbered: str) -> None:
    assert throwaway.numbered(given, 2) == numbered


@pytest.mark.parametrize(("given", "meant"), [("1", True), ("Yes", True), ("off", False), ("", True)])
def test_flags(given: str, meant: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", given)
    assert environment.flag("DEBUG", default=True) is meant


def test_a_misspelt_flag_is_not_taken_for_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "treu")
    with pytest.raises(ValueError, match="DEBUG='treu': expected one of 0, 1"):
        environment.flag("DEBUG")


_CALLS: Mapping[str, bool] = {
    "": False,
    "help": False,
    "migrate": True,
    "migrate --help": False,
    "shell": True,
    "explain_date --nation scotland": False,
    "explain_triage --landlord vivid": False,
    "check_policies fixtures/policies": False,
    "load_policies fixtures/policies": True,
    "makemigrations --check": False,
    "generate_reference --check": False,
}


@pytest.mark.parametrize(("line", "needed"), _CALLS.items())
def test_which_commands_open_the_database(line: str, needed: bool) -> None:
    assert needs_database(["manage.py", *line.split()]) is needed
