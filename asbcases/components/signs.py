"""States and flags: each is a shape, a word and a colour, never a colour alone.

Solid needs somebody; an outline is dealt with. Lateness and flags never share a sign.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Sign:
    """`css` and `edge` are class suffixes; `edge` marks the side of a row that needs somebody."""

    icon: str
    css: str
    words: Promise
    edge: str = ""


STATES: dict[str, Sign] = {
    "on_time": Sign("clock", "ok", _("On time")),
    "due_soon": Sign("triangle", "soon", _("Due soon"), edge="soon"),
    "missed": Sign("cross", "missed", _("Missed"), edge="missed"),
    "missed_explained": Sign("page", "told", _("Missed, explained")),
    "met": Sign("tick", "met", _("Met")),
    "reminder": Sign("bell", "reminder", _("Not done")),
    "impossible": Sign("slash", "impossible", _("Not possible")),
}

FLAGS: dict[str, Sign] = {
    "hate": Sign("shield", "", _("Hate")),
    "domestic_abuse": Sign("shield", "", _("Domestic abuse")),
    "restricted": Sign("lock", "", _("Restricted")),
    "contact_safely": Sign("speech", "quiet", _("Contact safely")),
    "both_sides": Sign("alert", "", _("Both sides")),
    "confidential": Sign("lock", "quiet", _("Confidential")),
    "safeguarding": Sign("shield", "", _("Safeguarding")),
    "take_care": Sign("alert", "", _("Take care: risk to staff")),
}

BANNERS: dict[str, Sign] = {
    "success": Sign("tick", "success", _("Success")),
    "error": Sign("cross", "error", _("There is a problem")),
    "plain": Sign("info", "plain", _("Notice")),
}


def sign_for(signs: dict[str, Sign], kind: str) -> Sign:
    """Look a sign up; ValueError naming the known kinds, so that a misspelt template fails in its test."""
    if kind not in signs:
        raise ValueError(f"unknown kind {kind!r}; expected one of {', '.join(signs)}")
    return signs[kind]
