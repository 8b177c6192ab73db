"""How the gates of closing stand, in words, each with the place where it is mended."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.gates.engine import Looked, Reason

ON_THIS_PAGE = {"ground": "#id_ground_0", "reason": "#id_reason"}
"""What the closing page itself asks on every case."""


@dataclass(frozen=True)
class Panel:
    """``refused``: somebody has just tried to close the case."""

    looked: Looked
    title: str
    lead: str
    refused: bool


def panel_of(looked: Looked, *, tried: bool, whole: bool, yes_no: Collection[str]) -> Panel:
    """``whole``: a ground is chosen, so nothing more can come. ``yes_no``: the questions with two answers."""
    missing = len(looked.unmet)
    refused = tried and bool(missing)
    placed = replace(
        looked,
        unmet=[_placed(one, yes_no) for one in looked.unmet],
        reminders=[_placed(one, yes_no) for one in looked.reminders],
    )
    return Panel(placed, _title(missing, whole or refused), _lead(missing, whole, refused), refused)


def _title(missing: int, whole: bool) -> str:
    if not missing:
        return _("Nothing is missing") if whole else _("Nothing is missing so far")
    if not whole:
        told = ngettext(
            "%(number)d thing is missing, whatever the ground",
            "%(number)d things are missing, whatever the ground",
            missing,
        )
        return told % {"number": missing}
    told = ngettext(
        "This case cannot be closed yet: %(number)d thing is missing",
        "This case cannot be closed yet: %(number)d things are missing",
        missing,
    )
    return told % {"number": missing}


def _lead(missing: int, whole: bool, refused: bool) -> str:
    if refused:
        return _("Nothing has changed on the case. What you wrote is kept below.")
    if not whole:
        return _("Choose a ground and check it: each ground may ask for more.")
    return _("What you wrote is kept below.") if missing else _("You can close the case.")


def _placed(reason: Reason, yes_no: Collection[str]) -> Reason:
    """With the place on this page where it is answered."""
    if reason.need == "detail":
        return replace(reason, page=f"#id_asked_{reason.of}{'_0' if reason.of in yes_no else ''}")
    return replace(reason, page=ON_THIS_PAGE.get(reason.need, reason.page))
