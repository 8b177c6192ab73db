from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from letters import common, kinds, verbs  # noqa: F401  (declares the timeline's verbs)
        from letters.schema import LettersSection
        from policies.sections import policy_sections

        policy_sections.register("letters", LettersSection)
        kinds.register()
        common.register()
