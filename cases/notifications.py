"""What a notification about a case says, and who gets it by e-mail. No names and no places: only a reference."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case
from landlords.models import Membership
from landlords.permissions import Role
from timeline.models import Notification
from timeline.outbox import Mail, composers
from timeline.registry import Registry

subjects: Registry[str | Promise] = Registry("notification subject")
"""By kind, with ``label`` and ``reference`` to fill in. Apps that tell staff of something else add theirs."""


def subject_of(notification: Notification, reference: str) -> str:
    label = notification.payload.get("label", "")
    reference = reference or notification.payload.get("reference", "")
    return str(subjects[notification.kind]) % {"label": label.lower(), "reference": reference}


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
    return sorted(managers_for(notification.team_id).values_list("user__email", flat=True))


def managers_for(team_id: int | None, *, but: int | None = None) -> QuerySet[Membership]:
    """The managers of a team; of every team where it has none. ``but``: a user who knows already."""
    managers = Membership.objects.filter(role=Role.MANAGER, is_active=True, user__is_active=True)
    managers = managers.exclude(user=but) if but else managers
    of_team = managers.filter(team_id=team_id) if team_id else managers.none()
    return of_team if of_team.exists() else managers.filter(team_id__isnull=True)


def _reference(notification: Notification) -> str:
    if notification.case_id is None:
        return notification.payload.get("reference") or _("a waiting report")
    return Case.objects.values_list("reference", flat=True).get(pk=notification.case_id)


def register() -> None:
    for kind, words in (
        ("due_soon", gettext_lazy("Due: %(label)s, %(reference)s")),
        ("missed", gettext_lazy("Missed: %(label)s, %(reference)s")),
        ("escalated", gettext_lazy("Missed and not explained: %(label)s, %(reference)s")),
    ):
        register_kind(kind, words)


def register_kind(kind: str, subject: str | Promise) -> None:
    """A kind of notification about a case, and what it says: no names, no places, no details."""
    subjects.register(kind, subject)
    composers.register(kind, compose)
