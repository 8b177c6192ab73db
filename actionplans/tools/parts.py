"""What tools add to a case: their tab, and what leads to them where a step asks for one."""

from django.utils.translation import gettext_lazy as _

from cases.pages.parts import Tab, case_tabs, mending_links


def register() -> None:
    case_tabs.register("tools", Tab(_("Tools"), "tools", 55))
    mending_links.register("use-tool", _("Record it"))
    mending_links.register("tools", _("See the tools"))
