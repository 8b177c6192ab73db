"""What people and partners add to a case: their tabs, and what is noted of anybody's safety on the overview."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models.record import GUARDED_KINDS
from cases.pages.parts import Panel, Tab, case_panels, case_tabs
from cases.selectors.file import CaseFile
from landlords.permissions import Permission, can
from timeline.actors import Actor

SHOWN = 3


def register() -> None:
    case_tabs.register("people", Tab(_("People"), "people", 30))
    case_tabs.register("partners", Tab(_("Partners"), "partners", 70))
    case_panels.register("safeguarding", Panel("cases/people/safeguarding.html", 10, draw_safeguarding))


def draw_safeguarding(file: CaseFile, by: Actor) -> dict[str, Any] | None:
    """The newest safeguarding and child-protection notes, for those whose work they are."""
    if not can(by, Permission.READ_SAFEGUARDING):
        return None
    found = file.case.notes.filter(kind__in=GUARDED_KINDS).order_by("-written_at", "-id")[:SHOWN]
    return {"notes": list(found)} if found else None
