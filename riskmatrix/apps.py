from django.apps import AppConfig


class RiskmatrixConfig(AppConfig):
    name = "riskmatrix"
    default_auto_field = "django.db.models.BigAutoField"
