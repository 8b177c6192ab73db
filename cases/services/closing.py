"""Ending a case on a recorded ground, and taking it up again. Nothing ever closes by itself."""

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import deadlines
from cases.choices import DeadlineState
from cases.models import Case
from cases.services.locking import locked
from cases.services.opening import governing_of
from landlords.permissions import Permission, Refused, check
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


class ClosingGround(models.TextChoices):
    RESOLVED = "resolved", gettext_lazy("The behaviour has stopped and the complainant agrees")
    NOTHING_MORE = "nothing_more", gettext_lazy("We have done everything we can")
    AT_REQUEST = "at_request", gettext_lazy("The complainant asked us to close it")
    NO_CONTACT = "no_contact", gettext_lazy("We could not reach the complainant")
    NOT_OURS = "not_ours", gettext_lazy("Another agency is dealing with it")


@transaction.atomic
def close_case(case: Case, *, ground: str, reason: str, by: Actor) -> Case:
    """Close an open case. Running clocks stop; misses stay, with their explanation still owed.

    Raises Refused when it is not open, the ground is unknown, or no reason is given.
    """
    case = locked(case)
    check(by, Permission.CLOSE_CASE)
    if not case.is_open:
        raise Refused(_("This case is not open."))
    if ground not in ClosingGround.values:
        raise Refused(_("Choose why the case is closed."))
    if not reason.strip():
        raise Refused(_("Say why the case is closed, as you would explain it to the complainant."))
    _stop_clocks(case)
    case.close()
    case.closed_at = clock.now()
    case.closing_ground = ground
    case.save(update_fields=["status", "closed_at", "closing_ground"])
    record("case_closed", by=by, case_id=case.pk, payload={"ground": ground}, text=reason)
    return case


@transaction.atomic
def reopen_case(case: Case, *, reason: str, by: Actor) -> Case:
    """Take a closed case up again. The complainants' recurring contact is owed from now on as before."""
    case = locked(case)
    check(by, Permission.CLOSE_CASE)
    if case.status != "closed":
        raise Refused(_("This case is not closed."))
    if not reason.strip():
        raise Refused(_("Say why the case is reopened."))
    case.reopen()
    case.closed_at = None
    case.closing_ground = ""
    case.save(update_fields=["status", "closed_at", "closing_ground"])
    governing = governing_of(case)
    for party in case.parties.filter(role="complainant").select_related("person"):
        deadlines.restart_contact_interval(case, party, governing, spoke_at=clock.now())
    record("case_reopened", by=by, case_id=case.pk, text=reason)
    return case


def _stop_clocks(case: Case) -> None:
    for deadline in case.deadlines.select_for_update().filter(state=DeadlineState.RUNNING):
        if deadline.met_by == "case_closed":
            deadlines.meet(deadline, at=clock.now())
        else:
            deadlines.withdraw(deadline)
