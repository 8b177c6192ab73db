from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cases import notifications, verbs  # noqa: F401  (declares the timeline's verbs)
        from cases.gates import checks
        from cases.gates.schema import ApprovalsSection, ClosingSection
        from cases.schema import DeadlinesSection, RecordsSection
        from policies.sections import policy_sections

        policy_sections.register("deadlines", DeadlinesSection)
        policy_sections.register("records", RecordsSection)
        checks.register()
        policy_sections.register("approvals", ApprovalsSection)
        policy_sections.register("closing", ClosingSection)
        notifications.register()
