"""Telling the officer of a letter that needs somebody to look. It names nobody, as no notification does."""

from django.utils.translation import gettext_lazy

from cases.models import Case
from cases.notifications import register_kind
from landlords.models import Membership
from letters.about import About
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


def tell_officer(kind: str, sending: Sending, letter: Letter, about: About) -> None:
    """Once for each sending and kind: to whoever has the case, else to the managers of its team; about a report, to
    whoever wrote it.
    """
    if isinstance(about, Case):
        owner = about.owner if about.owner and about.owner.is_active else None
        _tell(
            kind,
            sending,
            letter,
            case_id=about.pk,
            user_id=owner.user_id if owner else None,
            team_id=about.team_id,
        )
    else:
        wrote = Membership.objects.filter(user=letter.begun_by_user_id).first()
        user_id = wrote.user_id if wrote and wrote.is_active else None
        team_id = wrote.team_id if wrote else None
        _tell(kind, sending, letter, user_id=user_id, team_id=team_id, reference=about.reference)


def _tell(
    kind: str,
    sending: Sending,
    letter: Letter,
    *,
    user_id: int | None,
    team_id: int | None,
    case_id: int | None = None,
    reference: str = "",
) -> None:
    now = clock.now()
    payload = {"label": str(letter_kinds[letter.kind].label)}
    Notification.objects.get_or_create(
        landlord_id=sending.landlord_id,
        once_key=f"{kind}:{sending.pk}",
        defaults={
            "kind": kind,
            "case_id": case_id,
            "user_id": user_id,
            "team_id": team_id,
            "payload": payload | ({"reference": reference} if reference else {}),
            "created_at": now,
            "email_next_at": now,
        },
    )
