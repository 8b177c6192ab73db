"""What a notification about a clock says, and who gets it by e-mail. No names and no places: only a reference."""

from django.conf import settings
from django.utils.translation import gettext as _

from cases.models import Case
from landlords.models import Membership
from landlords.permissions import Role
from timeline.models import Notification
from timeline.outbox import Mail, composers


def subject_of(notification: Notification, reference: str) -> str:
    label = notification.payload.get("label", "")
    words = {
        "due_soon": _("Due: %(label)s, %(reference)s"),
        "missed": _("Missed: %(label)s, %(reference)s"),
        "escalated": _("Missed and not explained: %(label)s, %(reference)s"),
    }
    return words[notification.kind] % {"label": label.lower(), "reference": reference}


def compose(notification: Notification) -> Mail | None:
    """To the person the case is with, or to the managers of the team that answers for it."""
    to = recipients(notification)
    if not to:
        return None
    reference = _reference(notification)
    address = (
        f"{settings.SITE_URL}/desk/cases/{reference}/"
        if notification.case_id
        else f"{settings.SITE_URL}/desk/"
    )
    body = _("Open it here: %(address)s\n\nThis message holds no names on purpose.") % {"address": address}
    return Mail(to, subject_of(notification, reference), body)


def recipients(notification: Notification) -> list[str]:
    if notification.user_id:
        return list(
            Membership.objects.filter(
                user=notification.user_id, is_active=True, user__is_active=True
            ).values_list("user__email", flat=True)
        )
    managers = Membership.objects.filter(role=Role.MANAGER, is_active=True, user__is_active=True)
    of_team = managers.filter(team_id=notification.team_id) if notification.team_id else managers.none()
    found = of_team if of_team.exists() else managers.filter(team_id__isnull=True)
    return sorted(found.values_list("user__email", flat=True))


def _reference(notification: Notification) -> str:
    if notification.case_id is None:
        return _("a waiting report")
    return Case.objects.values_list("reference", flat=True).get(pk=notification.case_id)


def register() -> None:
    for kind in ("due_soon", "missed", "escalated"):
        composers.register(kind, compose)
