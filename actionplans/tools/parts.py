"""What tools add to a case: their tab."""

from django.utils.translation import gettext_lazy as _

from cases.pages.parts import Tab, case_tabs


def register() -> None:
    case_tabs.register("tools", Tab(_("Tools"), "tools", 55))
