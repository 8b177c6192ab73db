"""What every page of the desk shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from asbcases.desk.counts import Waiting, waiting_for
from cases.selectors.evidence import count_unmatched
from landlords.models import Landlord
from landlords.permissions import Permission, can
from timeline.actors import Actor


def desk(request: HttpRequest) -> dict[str, Any]:
    """Landlord, person, navigation and counts; only the landlord on public pages."""
    membership = getattr(request, "membership", None)
    context: dict[str, Any] = {"landlord": getattr(request, "landlord", None)}
    if membership is None:
        return context
    by = membership.actor()
    waiting = waiting_for(by)
    return context | {
        "me": {"name": membership.user.name, "role_label": membership.get_role_display()},
        "may_search": can(by, Permission.SEE_CASES),
        "nav": _navigation(request, waiting),
        "notices_count": waiting.notices,
        "other_landlords": _other_landlords(request, membership.landlord_id),
    }


def pages_for(by: Actor) -> list[tuple[str, str]]:
    """The pages this person's role can use, with what they are called, in the order of a working day."""
    items = [
        (Permission.RECORD_CONTACT, "my-work", _("My work")),
        (Permission.DECIDE_ROUTE, "waiting-reports", _("To decide")),
        (Permission.SEE_CASES, "cases", _("Cases")),
        (Permission.SEE_CASES, "evidence-inbox", _("Evidence")),
        (Permission.WRITE_LETTERS, "outgoing", _("Letters")),
        (Permission.LOG_REPORT, "log-report", _("Log a report")),
        (Permission.SEE_OVERVIEW, "overview", _("Overview")),
        (Permission.MANAGE_STAFF, "staff", _("Staff")),
        (Permission.CHANGE_WORDING, "wordings", _("Letter wording")),
        (None, "policy", _("Policy")),
    ]
    return [(name, label) for permission, name, label in items if permission is None or can(by, permission)]


def _navigation(request: Any, waiting: Waiting) -> list[dict[str, Any]]:
    return [_item(request, name, label, waiting) for name, label in pages_for(request.actor)]


def _item(request: Any, name: str, label: str, waiting: Waiting) -> dict[str, Any]:
    here = _tab_of(request)
    count = _count(name, waiting, is_here=here == name)
    return {"url": reverse(name), "label": label, "count": count, "current": here == name}


def _count(name: str, waiting: Waiting, *, is_here: bool) -> int | None:
    """How many wait behind an item. Unmatched evidence is only counted where somebody looks after it."""
    if name == "waiting-reports":
        return waiting.reports
    return count_unmatched() if name == "evidence-inbox" and is_here else None


def _tab_of(request: Any) -> str:
    """The navigation item a page belongs to: what is done to a case belongs to the cases."""
    match = request.resolver_match
    if match is None:
        return ""
    if str(match.route).startswith("desk/waiting/"):
        return "waiting-reports"
    if str(match.route).startswith("desk/evidence/"):
        return "evidence-inbox"
    if str(match.route).startswith("desk/letters/"):
        return "outgoing"
    if str(match.route).startswith("desk/wording/"):
        return "wordings"
    if str(match.route).startswith("desk/cases/"):
        return "cases"
    return "cases" if "reference" in match.kwargs else str(match.url_name)


def _other_landlords(request: Any, landlord_id: int) -> list[Landlord]:
    others = [found.landlord_id for found in request.memberships if found.landlord_id != landlord_id]
    return list(Landlord.objects.filter(pk__in=others)) if others else []
