"""When something happened: never in the future, and with a reason where it is written down late."""

import datetime

from django.utils.translation import gettext as _

from landlords.permissions import Refused
from timeline import clock

LATE_AFTER = datetime.timedelta(days=1)
"""What happened longer ago than this is entered late, and somebody says why."""


def is_late(moment: datetime.datetime) -> bool:
    return clock.now() - moment > LATE_AFTER


def wrong_with(moment: datetime.datetime, late_reason: str) -> list[str]:
    """Why nothing can be recorded as having happened then; empty where it can."""
    if moment > clock.now():
        return [_("The date and time cannot be in the future.")]
    if is_late(moment) and not late_reason.strip():
        return [_("It happened more than a day ago. Say why it is entered late.")]
    return []


def check_when(moment: datetime.datetime, late_reason: str) -> None:
    """Raises Refused with what ``wrong_with`` says."""
    if reasons := wrong_with(moment, late_reason):
        raise Refused(*reasons)


def with_reason(text: str, late_reason: str, *more: str) -> str:
    """The words of an entry, then why it is entered late and whatever else has to be said with it."""
    late = _("Entered late: %(reason)s") % {"reason": late_reason.strip()} if late_reason.strip() else ""
    return "\n".join(part for part in (text.strip(), *more, late) if part)
