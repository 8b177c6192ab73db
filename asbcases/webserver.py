"""Gunicorn's settings, read from the environment."""

import os

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Threads, because browsers open connections ahead of need: a worker without threads would wait on an empty
# one.
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60  # seconds
graceful_timeout = 10  # seconds
accesslog = "-"
# The path without its query, which may hold a name somebody searched for.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(D)s µs"
control_socket_disable = True
