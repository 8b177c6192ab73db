from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "asbcases.api"
    label = "api"
