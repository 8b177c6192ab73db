from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cases import notifications, verbs  # noqa: F401  (declares the timeline's verbs)
        from cases.evidence import gates as evidence_gates
        from cases.evidence.schema import EvidenceSection
        from cases.gates import checks, closing, sharing
        from cases.gates.schema import ApprovalsSection, ClosingSection
        from cases.pages import parts
        from cases.pages.approving import shown as approving_parts
        from cases.pages.closing import mailings
        from cases.pages.evidence import parts as evidence_parts
        from cases.pages.linking import parts as linking_parts
        from cases.pages.people import parts as people_parts
        from cases.pages.reviewing import parts as reviewing_parts
        from cases.partner_rules import PartnersSection
        from cases.review_rules import CaseReviewSection
        from cases.schema import DeadlinesSection, RecordsSection
        from policies.sections import policy_sections

        policy_sections.register("deadlines", DeadlinesSection)
        policy_sections.register("records", RecordsSection)
        checks.register()
        parts.register()
        sharing.register()
        policy_sections.register("partners", PartnersSection)
        approving_parts.register()
        evidence_gates.register()
        evidence_parts.register()
        policy_sections.register("evidence", EvidenceSection)
        closing.register()
        policy_sections.register("approvals", ApprovalsSection)
        policy_sections.register("closing", ClosingSection)
        policy_sections.register("case_review", CaseReviewSection)
        linking_parts.register()
        reviewing_parts.register()
        mailings.register()
        people_parts.register()
        notifications.register()
