"""What a closed case still owes in letters and surveys, on its overview."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from timeline.registry import Registry


@dataclass(frozen=True)
class Page:
    """Where something owed is made and sent. ``standing``: how far it has come, in words."""

    url: str
    label: str
    standing: str = ""


@dataclass(frozen=True)
class Pages:
    """``by_mailing`` by its id; ``together`` where all that waits is sent in one go, None where nothing waits."""

    by_mailing: dict[int, Page]
    together: Page | None = None


mailing_pages: Registry[Callable[[CaseFile, Sequence[Mailing], Actor], Pages]] = Registry("pages of mailings")


def register() -> None:
    case_panels.register("mailings", Panel("cases/closing/mailings.html", 5, draw))


def draw(file: CaseFile, by: Actor) -> dict[str, Any] | None:
    """Nothing on an open case: what was not sent before it was reopened is no longer true."""
    mailings = mailings_of(file.case) if file.case.status == CaseState.CLOSED else []
    if not mailings:
        return None
    may_mark = can(by, Permission.RECORD_CONTACT)
    pages = [pages_of(file, mailings, by) for pages_of in mailing_pages.values()]
    found = {key: page for one in pages for key, page in one.by_mailing.items()}
    together = next((one.together for one in pages if one.together), None)
    rows = [_row(one, number, file, may_mark) for number, one in enumerate(mailings, 1)]
    return {"rows": [row | {"page": found.get(row["mailing"].pk)} for row in rows], "together": together}


def _row(mailing: Mailing, number: int, file: CaseFile, may_mark: bool) -> dict[str, Any]:
    to_send = may_mark and mailing.sent_at is None
    return {
        "mailing": mailing,
        "how": ContactMeans(mailing.sent_how).label if mailing.sent_how else "",
        "url": reverse("mark-mailing-sent", args=[file.case.reference, number]) if to_send else "",
    }
