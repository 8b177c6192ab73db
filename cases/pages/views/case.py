"""The case page, and who has looked at a restricted one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from cases.choices import PartyRole
from cases.lifecycle import CaseState
from cases.pages import duties
from cases.pages.entries import days_of
from cases.pages.loading import open_file
from cases.pages.parts import panels_of, tabs_of
from cases.pages.promises_panel import panel
from cases.pages.record_box import record_box
from cases.pages.summary import band, flags_of, people
from cases.selectors import Match, possible_matches
from cases.selectors.file import CaseFile, history, looks
from cases.services.deciding import ToRecord, to_record
from landlords.access import staff_page
from landlords.permissions import Permission, can
from timeline.actors import Actor

GROUPS = ("contact", "incident")


@require_GET
@staff_page(Permission.SEE_CASES)
def case_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("case page"))
    by = request.actor
    panels = panels_of(file, by)
    context = {
        "case": file.case,
        "file": file,
        "back_url": reverse("cases"),
        "back_label": _("Cases"),
        "flags": flags_of(file, by=by),
        "cells": band(file, [panel["cell"] for panel in panels if "cell" in panel]),
        "promises": panel(file, by=by, with_settled="settled" in request.GET),
        "people": people(file),
        **_matches(request, file, by),
        "may_join": can_join(file, by),
        "record": record_box(request, file),
        **_decisions(request, file),
        "may_decide": file.case.status != CaseState.JOINED and can(by, Permission.RECORD_DECISION),
        "actions": _actions(file, by),
        "tabs": tabs_of(file, by, "overview"),
        "panels": panels,
        "may_see_looks": file.case.restricted and can(by, Permission.SEE_ACCESS),
        **_timeline(request, file),
    }
    return render(request, "cases/case.html", context)


@require_GET
@staff_page(Permission.SEE_ACCESS)
def case_looks(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("who has looked"))
    if not file.case.restricted:
        raise Http404(_("Nobody writes down who opens a case that is not restricted."))
    rows = [
        {"name": access.user_name, "purpose": access.purpose, "at": access.at, "times": times}
        for access, times in looks(file.case)
    ]
    back = {"back_url": reverse("case", args=[reference]), "back_label": file.case.title}
    may = {"may_name": can(request.actor, Permission.NAME_STAFF)}
    return render(request, "cases/looks.html", {"case": file.case, "rows": rows, **may, **back})


def _decisions(request: Any, file: CaseFile) -> dict[str, Any]:
    """Counted on the page, listed when asked for; those that not every case comes to only when all are, or answered."""
    asked = to_record(file.case, [one.respondent_kind for one in file.reports], file.decisions, file.parties)
    usual = [one for one in asked if one.latest or not one.when_needed]
    more = len(asked) - len(usual)
    listed = request.GET.get("decisions", "")
    wanted = listed == "all"
    words = ngettext("%(number)d more, when needed", "%(number)d more, when needed", more)
    return {
        "decisions": (asked if wanted else usual) if listed else [],
        "decisions_url": "" if listed or not asked else "?decisions=1#decisions",
        "undecided": _undecided(usual) if file.case.is_open else "",
        "more_decisions": words % {"number": more} if listed and more and not wanted else "",
    }


def _undecided(usual: list[ToRecord]) -> str:
    left = sum(one.latest is None for one in usual)
    return ngettext("%(number)d to record", "%(number)d to record", left) % {"number": left} if left else ""


def _matches(request: Any, file: CaseFile, by: Actor) -> dict[str, Any]:
    """Looked for by themselves while the case is new, and afterwards when asked."""
    wanted = file.case.status == CaseState.NEW or "matches" in request.GET
    return {
        "matches": matches_of(file, by=by) if wanted else [],
        "asked_matches": "matches" in request.GET,
        "matches_url": "" if wanted or not file.case.is_open else "?matches=1#matches",
    }


def matches_of(file: CaseFile, *, by: Actor) -> list[Match]:
    """Cases this one may belong with, by its first respondent and its place."""
    if not file.case.is_open:
        return []
    found = file.people(PartyRole.RESPONDENT)
    return possible_matches(
        respondent_name=found[0].person.name if found else "",
        respondent_address=found[0].person.address if found else "",
        place=file.case.place,
        by=by,
        exclude=file.case,
    )


def can_join(file: CaseFile, by: Actor) -> bool:
    """Only a case with a single report can be joined to another."""
    return file.case.is_open and len(file.reports) == 1 and can(by, Permission.JOIN_CASES)


def _actions(file: CaseFile, by: Actor) -> list[dict[str, str]]:
    """The buttons of the page's head: only what this person may do to the case as it is."""
    case = file.case
    offered = (
        (case.is_open and case.route == "asb", Permission.RECATEGORISE, "recategorise", _("Change level")),
        (case.is_open, Permission.REASSIGN, "reassign", _("Give to somebody")),
        (case.is_open and not case.hate, Permission.ADD_INCIDENT, "record-hate", _("Record as hate")),
        (case.is_open, Permission.CLOSE_CASE, "close-case", _("Close case")),
        (case.status == "closed", Permission.CLOSE_CASE, "reopen-case", _("Reopen case")),
    )
    return [
        {"url": reverse(name, args=[case.reference]), "label": label}
        for applies, permission, name, label in offered
        if applies and can(by, permission)
    ]


def _timeline(request: Any, file: CaseFile) -> dict[str, Any]:
    asked, number = request.GET.get("show", ""), request.GET.get("entries", "1")
    group = asked if asked in GROUPS else ""
    page = max(1, int(number)) if number.isdecimal() and len(number) < 5 else 1
    found = history(file, by=request.actor, group=group, page=page)
    labels = (("", _("Everything")), ("contact", _("Contact")), ("incident", _("Incidents")))
    return {
        "days": days_of(found),
        "shown": [
            {"url": _entries(key, 1), "label": label, "current": key == group} for key, label in labels
        ],
        "newer_entries": _entries(group, page - 1) if page > 1 else "",
        "older_entries": _entries(group, page + 1) if found.has_older else "",
        "opened": duties.moment_words(file.case.opened_at),
    }


def _entries(group: str, page: int) -> str:
    return f"?show={group}&entries={page}#history"
