"""What linking adds to a case's pages."""

from django.utils.translation import gettext_lazy as _

from cases.pages.parts import Tab, case_tabs


def register() -> None:
    case_tabs.register("links", Tab(_("Links"), "links", 80))
