"""`/healthz`, with every part well and with each part down."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import redis
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from asbcases import health

WELL = {"database": "ok", "broker": "ok", "worker": "ok", "beat": "ok"}
SILENT = "no heartbeat for 60 seconds"


@pytest.fixture
def broker(settings: Settings) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture
def beating(broker: redis.Redis) -> redis.Redis:
    health.show_alive("worker")
    health.show_alive("beat")
    return broker


def _ask() -> tuple[int, dict[str, str]]:
    answer = Client(headers={"host": "anything.example"}).get("/healthz")
    return answer.status_code, json.loads(answer.content)


@pytest.mark.django_db
@pytest.mark.usefixtures("beating")
def test_all_is_well_whatever_the_host_name() -> None:
    assert _ask() == (200, WELL)


@pytest.mark.django_db
@pytest.mark.usefixtures("broker")
def test_a_silent_worker_and_beat_are_told() -> None:
    assert _ask() == (503, WELL | {"worker": SILENT, "beat": SILENT})


@pytest.mark.django_db
def test_one_silent_part_is_enough(broker: redis.Redis) -> None:
    health.show_alive("worker")
    assert _ask() == (503, WELL | {"beat": SILENT})


def test_a_heartbeat_counts_for_a_minute(beating: redis.Redis) -> None:
    left = [beating.ttl(key) for key in sorted(beating.keys("asbcases:alive:*"))]
    assert len(left) == 2
    assert all(55 <= seconds <= 60 for seconds in left)


@pytest.mark.django_db
@pytest.mark.usefixtures("beating")
def test_signs_of_an_earlier_run_can_be_forgotten() -> None:
    health.forget()
    assert _ask() == (503, WELL | {"worker": SILENT, "beat": SILENT})


@pytest.mark.django_db
def test_without_the_broker_the_rest_is_not_known(settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"
    unknown = "not known without the broker"
    assert _ask() == (503, {"database": "ok", "broker": "no answer", "worker": unknown, "beat": unknown})


def test_a_heartbeat_without_a_broker_is_no_error(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"
    health.show_alive("beat")
    assert [record.getMessage()[:25] for record in caplog.records] == ["no heartbeat of the beat:"]


@pytest.mark.django_db
@pytest.mark.usefixtures("beating")
def test_without_the_database_nothing_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection to server at 10.0.0.1 failed for user asb_app")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert _ask() == (503, WELL | {"database": "no answer"})


def test_other_addresses_go_on_to_the_application() -> None:
    page = HttpResponse("page")
    middleware = health.HealthMiddleware(lambda request: page)
    assert middleware(RequestFactory().get("/healthz/")) is page
