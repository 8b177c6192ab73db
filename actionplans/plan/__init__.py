"""Action plans with complainants. Nothing of them is for a respondent's eyes."""


def register() -> None:
    """Hand the apps below what a plan adds to them. Imports wait until the models are there."""
    from django.utils.translation import gettext_lazy as _

    from actionplans.plan import gates, verbs  # noqa: F401  (declares the timeline's verbs)
    from actionplans.plan.pages import draw_panel
    from actionplans.plan.schema import PlansSection
    from cases.pages.parts import Panel, Tab, case_panels, case_tabs
    from policies.sections import policy_sections

    policy_sections.register("plans", PlansSection)
    gates.register()
    case_tabs.register("plan", Tab(_("Plan"), "plan", 50))
    case_panels.register("plan", Panel("actionplans/plan/panel.html", 30, draw_panel))
