"""What every page of the desk shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from asbcases.desk.notices import unread_count
from landlords.lookups import memberships_of
from landlords.models import Landlord
from landlords.permissions import Permission, can
from triage.staff.selectors import waiting_count


def desk(request: HttpRequest) -> dict[str, Any]:
    """Landlord, person, navigation and counts; only the landlord on public pages."""
    membership = getattr(request, "membership", None)
    context: dict[str, Any] = {"landlord": getattr(request, "landlord", None)}
    if membership is None:
        return context
    return context | {
        "me": {"name": membership.user.name, "role_label": membership.get_role_display()},
        "nav": navigation(request),
        "notices_count": unread_count(by=membership.actor()),
        "other_landlords": _other_landlords(membership.user_id, membership.landlord_id),
    }


def navigation(request: Any) -> list[dict[str, Any]]:
    """The pages this person's role can use, in the order of a working day."""
    items = [
        (Permission.RECORD_CONTACT, "my-work", _("My work")),
        (Permission.DECIDE_ROUTE, "waiting-reports", _("To decide")),
        (Permission.SEE_CASES, "cases", _("Cases")),
        (Permission.LOG_REPORT, "log-report", _("Log a report")),
        (Permission.SEE_OVERVIEW, "overview", _("Overview")),
        (Permission.MANAGE_STAFF, "staff", _("Staff")),
        (None, "policy", _("Policy")),
    ]
    return [
        _item(request, name, label)
        for permission, name, label in items
        if permission is None or can(request.actor, permission)
    ]


def _item(request: Any, name: str, label: str) -> dict[str, Any]:
    match = request.resolver_match
    count = waiting_count(by=request.actor) if name == "waiting-reports" else None
    return {"url": reverse(name), "label": label, "count": count, "current": match and match.url_name == name}


def _other_landlords(user_id: int, landlord_id: int) -> list[Landlord]:
    others = [found.landlord_id for found in memberships_of(user_id) if found.landlord_id != landlord_id]
    return list(Landlord.objects.filter(pk__in=others)) if others else []
