"""The tab of a case's evidence, and what the overview says of pieces nobody has looked at."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.pages import duties
from cases.pages.parts import Panel, Tab, case_panels, case_tabs
from cases.selectors.evidence import rules_of
from cases.selectors.file import CaseFile
from timeline.actors import Actor


def register() -> None:
    tab = Tab(gettext_lazy("Evidence"), "evidence", 35, count=lambda file: file.evidence_count)
    case_tabs.register("evidence", tab)
    case_panels.register("evidence", Panel("cases/evidence/panel.html", 60, unseen_panel))


def unseen_panel(file: CaseFile, _by: Actor) -> dict[str, Any] | None:
    """A reminder with its age, never late: no document says by when (Ruling 1)."""
    unseen = file.evidence_unseen
    if not unseen or not file.case.is_open:
        return None
    number = ngettext("%(number)d piece to look at", "%(number)d pieces to look at", len(unseen))
    return {
        "words": number % {"number": len(unseen)},
        "sign": duties.Sign("reminder", not_done(duties.days_open(unseen[0]))),
        "rule": rules_of(file.policy).review,
        "url": reverse("evidence", args=[file.case.reference]),
    }


def not_done(days: int) -> str:
    if not days:
        return _("Not done, came in today")
    return ngettext("Not done, %(days)d day", "Not done, %(days)d days", days) % {"days": days}
