"""Whether the four parts of the system are alive: database, broker, worker, beat.

The last two show themselves: each leaves a key in the broker that lasts a minute. What is wrong is said in a
few words of ours, never in an exception's, which might tell an address or a name to anybody who asks.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import redis
from celery.beat import PersistentScheduler
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

logger = logging.getLogger(__name__)

OK = "ok"
HEARTBEAT_LASTS = 60  # seconds
_BEATING = ("worker", "beat")


class HealthMiddleware:
    """Answers `/healthz` before anything that needs a host name, a session or the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return healthz(request) if request.path == "/healthz" else self.get_response(request)


def healthz(request: HttpRequest) -> HttpResponse:
    """200 when everything is well, 503 otherwise, with one word or a few on each part."""
    state = {"database": _database(), **_broker_and_heartbeats()}
    well = all(word == OK for word in state.values())
    return JsonResponse(state, status=200 if well else 503, headers={"Cache-Control": "no-store"})


def show_alive(part: str) -> None:
    """Leave the sign of life of the worker or the beat. A broker that is away is no reason to stop either."""
    try:
        with _client() as client:
            client.set(_key(part), "1", ex=HEARTBEAT_LASTS)
    except redis.RedisError as error:
        logger.warning("no heartbeat of the %s: %s", part, error)


def forget() -> None:
    """Before a start, so that the last run's signs of life do not count for this one. Raises RedisError."""
    with _client() as client:
        client.delete(*map(_key, _BEATING))


class HeartbeatScheduler(PersistentScheduler):  # type: ignore[misc]
    """The beat, showing at each turn that it turns."""

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        show_alive("beat")
        return super().tick(*args, **kwargs)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return "no answer"
    return OK


def _broker_and_heartbeats() -> dict[str, str]:
    try:
        with _client() as client:
            seen = client.mget([_key(part) for part in _BEATING])
    except redis.RedisError:
        return {"broker": "no answer", **dict.fromkeys(_BEATING, "not known without the broker")}
    silent = f"no heartbeat for {HEARTBEAT_LASTS} seconds"
    return {"broker": OK, **{part: OK if key else silent for part, key in zip(_BEATING, seen, strict=True)}}


def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)


def _key(part: str) -> str:
    return f"asbcases:alive:{part}"
