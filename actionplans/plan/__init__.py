"""Action plans with complainants. Nothing of them is for a respondent's eyes."""


def register() -> None:
    """Hand the apps below what a plan adds to them. Imports wait until the models are there."""
    from django.utils.translation import gettext_lazy as _

    from actionplans.plan import gates, letters, posting, verbs  # noqa: F401  (declares the timeline's verbs)
    from actionplans.plan.pages import draw_panel, duty_address
    from actionplans.plan.schema import PlansSection
    from cases.pages.parts import DutyPage, Panel, Tab, case_panels, case_tabs, duty_pages, mending_links
    from policies.sections import policy_sections

    policy_sections.register("plans", PlansSection)
    gates.register()
    letters.register()
    posting.register()
    duty_pages.register("action_plan_agreed", DutyPage(_("Agree the plan"), duty_address))
    duty_pages.register("action_plan_sent", DutyPage(_("Agree and send the plan"), duty_address))
    mending_links.register("plan", _("Open the plan"))
    case_tabs.register("plan", Tab(_("Plan"), "plan", 50))
    case_panels.register("plan", Panel("actionplans/plan/panel.html", 30, draw_panel))
