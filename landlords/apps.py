from django.apps import AppConfig
from django.db.models.signals import pre_migrate


class LandlordsConfig(AppConfig):
    name = "landlords"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from landlords import checks, verbs  # noqa: F401  (registers the system checks and the timeline's verbs)
        from landlords.roles import grant_to_application

        pre_migrate.connect(grant_to_application, sender=self)
