"""What people and partners add to a case: their tabs, and what is noted of anybody's safety on the overview."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.pages.parts import DutyPage, Panel, Tab, case_panels, case_tabs, duty_pages, page_address
from cases.selectors.file import CaseFile
from landlords.permissions import Permission, can
from timeline.actors import Actor

SHOWN = 3


def register() -> None:
    case_tabs.register("people", Tab(_("People"), "people", 30))
    case_tabs.register("partners", Tab(_("Partners"), "partners", 70))
    duty_pages.register("referral_made", DutyPage(_("Record the referral"), page_address("refer-person")))
    sharing = DutyPage(_("Record what was shared"), page_address("share-information"))
    duty_pages.register("information_shared", sharing)
    case_panels.register("safeguarding", Panel("cases/people/safeguarding.html", 10, draw_safeguarding))


def draw_safeguarding(file: CaseFile, by: Actor) -> dict[str, Any] | None:
    """The newest safeguarding and child-protection notes, for those whose work they are."""
    if not can(by, Permission.READ_SAFEGUARDING):
        return None
    found = list(file.guarded_notes()[:SHOWN])
    return {"notes": found} if found else None
