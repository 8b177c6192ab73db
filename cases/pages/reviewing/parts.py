"""What the ASB case review adds to a case's pages."""

from django.utils.translation import gettext_lazy as _

from cases.pages.parts import DutyPage, Tab, case_tabs, duty_pages, page_address


def register() -> None:
    case_tabs.register("case_review", Tab(_("Case review"), "case-review", 90))
    explaining = DutyPage(_("Record that it was explained"), page_address("explain-case-review"))
    duty_pages.register("case_review_information_given", explaining)
