"""The project as an app: it brings the task queue, so that every process that uses tasks knows where to send them."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "asbcases"

    def ready(self) -> None:
        import asbcases.celery  # noqa: F401  (binds the tasks of every app to our broker)
