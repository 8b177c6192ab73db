from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    name = "letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cases.pages.parts import Tab, case_tabs
        from letters import closing, common, kinds, suggesting, verbs  # noqa: F401  (declares the timeline's verbs)
        from letters.outbox import following, telling
        from letters.pages import due
        from letters.pages import owed as owed_pages
        from letters.schema import LettersSection
        from policies.sections import policy_sections

        policy_sections.register("letters", LettersSection)
        kinds.register()
        common.register()
        suggesting.register()
        following.register()
        telling.register()
        closing.register()
        owed_pages.register()
        due.register()
        case_tabs.register("letters", Tab(_("Letters"), "letters", 65))
