from django.apps import AppConfig


class ActionplansConfig(AppConfig):
    name = "actionplans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from actionplans import plan
        from actionplans.tools import gates, parts, verbs  # noqa: F401  (declares the timeline's verbs)
        from actionplans.tools.schema import ToolsSection
        from cases.services.moving import Moving, moving_records
        from policies.sections import policy_sections

        plan.register()
        moving_records.register("plan", Moving("actionplans.Plan", first_of_person=True))
        moving_records.register("tool", Moving("actionplans.ToolUse"))
        policy_sections.register("tools", ToolsSection)
        gates.register()
        parts.register()
