"""Telling the officer of a letter that needs somebody to look. It names nobody, as no notification does."""

from django.utils.translation import gettext_lazy

from cases.models import Case
from cases.notifications import register_kind
from letters.kinds import letter_kinds
from letters.models import Letter, Sending
from timeline import clock
from timeline.models import Notification

FAILED, IN_DOUBT, CAME_BACK = "letter_failed", "letter_in_doubt", "letter_came_back"


def register() -> None:
    for kind, words in (
        (FAILED, gettext_lazy("Letter could not be sent: %(label)s, %(reference)s")),
        (IN_DOUBT, gettext_lazy("Not known whether this letter went: %(label)s, %(reference)s")),
        (CAME_BACK, gettext_lazy("Letter came back: %(label)s, %(reference)s")),
    ):
        register_kind(kind, words)


def tell_officer(kind: str, sending: Sending, letter: Letter, case: Case) -> None:
    """Once for each sending and kind: to whoever has the case, else to the managers of its team."""
    owner = case.owner if case.owner and case.owner.is_active else None
    now = clock.now()
    Notification.objects.get_or_create(
        landlord_id=sending.landlord_id,
        once_key=f"{kind}:{sending.pk}",
        defaults={
            "kind": kind,
            "case_id": case.pk,
            "user_id": owner.user_id if owner else None,
            "team_id": case.team_id,
            "payload": {"label": str(letter_kinds[letter.kind].label)},
            "created_at": now,
            "email_next_at": now,
        },
    )
