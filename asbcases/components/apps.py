from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "asbcases.components"
    label = "components"
