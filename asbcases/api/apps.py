from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "asbcases.api"
    label = "api"

    def ready(self) -> None:
        from asbcases.api import security  # noqa: F401 registers how the schema names the token
