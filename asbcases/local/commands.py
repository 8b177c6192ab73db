"""The three processes of the system: the same commands on one's own machine and in production."""

from __future__ import annotations

from types import MappingProxyType

# In the order they start; each follows `python`. Everything that differs by place comes from the environment.
PROCESSES = MappingProxyType(
    {
        "web": ("-m", "gunicorn", "--config", "python:asbcases.webserver", "asbcases.wsgi:application"),
        "worker": ("-m", "celery", "--app", "asbcases", "worker", "--loglevel", "INFO", "--without-mingle"),
        "beat": ("-m", "celery", "--app", "asbcases", "beat", "--loglevel", "INFO", "--pidfile="),
    }
)
MIGRATE = ("manage.py", "migrate", "--no-input")
