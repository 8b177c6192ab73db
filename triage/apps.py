from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "triage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from policies.proofs import policy_proofs
        from policies.sections import policy_sections
        from triage import verbs, writing  # noqa: F401  (declares the timeline's verbs)
        from triage.proofs import prove
        from triage.schema import TriageSection
        from triage.words import name_the_taxonomy

        policy_sections.register("triage", TriageSection)
        policy_proofs.register("triage", prove)
        name_the_taxonomy()
        writing.register()
