"""What other apps add to a case: tabs to their pages, and panels on the overview. Filled in ``ready()``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Deadline, Person
from cases.pages.flags import short_flags
from cases.selectors.file import CaseFile
from landlords.permissions import Permission, can
from timeline.actors import Actor
from timeline.registry import Registry


@dataclass(frozen=True)
class Tab:
    """A page of a case beside its overview; ``page`` is the name of an address with the case's reference.

    ``count`` is shown behind its label; it may not ask the database.
    """

    label: str | Promise
    page: str
    order: int
    permission: Permission = Permission.SEE_CASES
    count: Callable[[CaseFile], int] | None = None


@dataclass(frozen=True)
class Panel:
    """A block on the overview: ``draw`` gives the template's context, or None where there is nothing to show.

    It may ask the database once. A ``cell`` in the context stands in the band at the head of the page as well.
    """

    template: str
    order: int
    draw: Callable[[CaseFile, Actor], dict[str, Any] | None]


@dataclass(frozen=True)
class DutyPage:
    """Where a duty is done; ``address`` is given the clock and the reference of its case."""

    label: str | Promise
    address: Callable[[Deadline, str], str]


letter_pages: Registry[Callable[[str, Person | None], str]] = Registry("page of a letter")
"""By what a letter meets, and under ``TRIED`` and ``UPDATE``: given a case's reference and whom it is for."""
TRIED, UPDATE = "tried_without_answer", "update_by_letter"
"""Letters beside a contact that is owed. Neither is one."""
duty_pages: Registry[DutyPage] = Registry("page of a duty")
"""By what meets it. A duty without a page of its own is marked as done."""
case_tabs: Registry[Tab] = Registry("case tab")
case_panels: Registry[Panel] = Registry("case panel")
mending_links: Registry[str | Promise] = Registry("link to a page that mends")
"""What the link to a page is called where a step asks for what is recorded there; by the page's name."""
case_tabs.register("overview", Tab(_("Overview"), "case", 0))


def register() -> None:
    """The pages of the case file itself."""
    for page, label in (
        ("record-decision", _("Record the decision")),
        ("approve", _("Give or refuse it")),
        ("give-notice", _("Record the notice")),
        ("add-party", _("Add them to the case")),
        ("set-aside", _("Set it aside")),
        ("record-contact", _("Record contact")),
        ("ask-of-person", _("Record what was asked")),
        ("evidence", _("Look at the evidence")),
        ("reassign", _("Give to somebody")),
        ("recategorise", _("Change the level")),
    ):
        mending_links.register(page, label)


def letter_address(meets: str, reference: str, person: Person | None, *, by: Actor) -> str:
    """Where the letter that is due is written at once; empty where there is none, or not for them to write."""
    if meets not in letter_pages or not can(by, Permission.WRITE_LETTERS):
        return ""
    return letter_pages[meets](reference, person)


def page_address(page: str) -> Callable[[Deadline, str], str]:
    """Of a page of the case that asks itself whom a duty is owed to, and is told where it can be."""

    def address(deadline: Deadline, reference: str) -> str:
        person = f"?person={deadline.person.key}" if deadline.person else ""
        return reverse(page, args=[reference]) + person

    return address


def tabs_of(file: CaseFile, by: Actor, current: str) -> list[dict[str, Any]]:
    """The tabs this person may open, in order."""
    open_to = [(key, case_tabs[key]) for key in case_tabs if can(by, case_tabs[key].permission)]
    return [
        {
            "url": reverse(tab.page, args=[file.case.reference]),
            "label": tab.label,
            "current": key == current,
            "count": tab.count(file) if tab.count else 0,
        }
        for key, tab in sorted(open_to, key=lambda pair: pair[1].order)
    ]


def panels_of(file: CaseFile, by: Actor) -> list[dict[str, Any]]:
    """Each with its template and what it shows."""
    drawn = [
        (panel.template, panel.draw(file, by))
        for panel in sorted(case_panels.values(), key=lambda panel: panel.order)
    ]
    return [{"template": template, **context} for template, context in drawn if context is not None]


def show_part(request: Any, file: CaseFile, template: str, *, tab: str, **context: Any) -> HttpResponse:
    """A page under one of the tabs; its template extends ``cases/part.html``."""
    shared = {
        "case": file.case,
        "tabs": tabs_of(file, request.actor, tab),
        "back_url": reverse("cases"),
        "back_label": gettext("Cases"),
        "flags": short_flags(file.case, take_care=bool(file.take_care)),
    }
    return render(request, template, shared | context)
