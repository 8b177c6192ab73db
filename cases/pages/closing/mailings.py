"""What a closed case still owes in letters and surveys, on its overview."""

from typing import Any

from django.urls import reverse

from cases.choices import ContactMeans
from cases.lifecycle import CaseState
from cases.models import Mailing
from cases.pages.parts import Panel, case_panels
from cases.selectors.file import CaseFile
from cases.services.mailing import mailings_of
from landlords.permissions import Permission, can
from timeline.actors import Actor


def register() -> None:
    case_panels.register("mailings", Panel("cases/closing/mailings.html", 5, draw))


def draw(file: CaseFile, by: Actor) -> dict[str, Any] | None:
    """Nothing on an open case: what was not sent before it was reopened is no longer true."""
    mailings = mailings_of(file.case) if file.case.status == CaseState.CLOSED else []
    if not mailings:
        return None
    may_mark = can(by, Permission.RECORD_CONTACT)
    return {"rows": [_row(one, number, file, may_mark) for number, one in enumerate(mailings, 1)]}


def _row(mailing: Mailing, number: int, file: CaseFile, may_mark: bool) -> dict[str, Any]:
    to_send = may_mark and mailing.sent_at is None
    return {
        "mailing": mailing,
        "how": ContactMeans(mailing.sent_how).label if mailing.sent_how else "",
        "url": reverse("mark-mailing-sent", args=[file.case.reference, number]) if to_send else "",
    }
