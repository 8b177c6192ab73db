"""The task queue."""

from __future__ import annotations

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import heartbeat_sent, setup_logging, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asbcases.settings")

app = Celery("asbcases")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@heartbeat_sent.connect  # type: ignore[untyped-decorator]
def worker_is_alive(**_: Any) -> None:
    """Every two seconds while the worker is connected to its broker."""
    from asbcases import health

    health.show_alive("worker")


@worker_init.connect  # type: ignore[untyped-decorator]
def refuse_unsafe_role(**_: Any) -> None:
    """A worker on a role that can see past a landlord does not start, nor one whose mail anybody could read."""
    from asbcases import checks
    from landlords import roles

    roles.refuse_unsafe_role()
    checks.refuse_plain_mail()


@setup_logging.connect  # type: ignore[untyped-decorator]
def log_as_everywhere(**_: Any) -> None:
    """The queue's own way to log would tell what stands in a row (``asbcases.logs``)."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)
