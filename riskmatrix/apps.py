from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RiskmatrixConfig(AppConfig):
    name = "riskmatrix"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cases.notifications import register_kind
        from cases.pages.parts import DutyPage, Panel, Tab, case_panels, case_tabs, duty_pages, mending_links
        from cases.selectors.risk import risk_readers
        from cases.services.announcing import case_listeners
        from cases.services.moving import Moving, moving_records
        from policies.sections import policy_sections
        from riskmatrix import gates, verbs  # noqa: F401  (declares the timeline's verbs)
        from riskmatrix.pages.panel import assess_address, draw, risk_address
        from riskmatrix.schema import RiskSection
        from riskmatrix.selectors import highest_band
        from riskmatrix.services.reminding import listen
        from riskmatrix.services.telling import KIND

        policy_sections.register("risk", RiskSection)
        risk_readers.register("risk", highest_band)
        gates.register()
        case_listeners.register("risk", listen)
        register_kind(KIND, _("High risk: see what is done, %(reference)s"))
        moving_records.register("assessment", Moving("riskmatrix.Assessment"))
        moving_records.register("consent", Moving("riskmatrix.Consent"))
        mending_links.register("risk", _("Assess the risk"))
        case_tabs.register("risk", Tab(_("Risk"), "risk", 40))
        duty_pages.register("risk_assessment_completed", DutyPage(_("Assess the risk"), assess_address))
        duty_pages.register("risk_acted_on", DutyPage(_("Say what is done"), risk_address))
        case_panels.register("risk", Panel("riskmatrix/panel.html", 20, draw))
