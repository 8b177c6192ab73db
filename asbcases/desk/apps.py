from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "asbcases.desk"
    label = "desk"
