"""The project as an app: it brings the task queue, so that every process knows where tasks go."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "asbcases"

    def ready(self) -> None:
        import asbcases.celery  # (binds the tasks of every app to our broker)
        import asbcases.checks  # noqa: F401  (registers them)
