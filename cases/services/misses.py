"""Explaining a miss, and confirming that it was none. Neither erases it."""

from django.db import transaction
from django.utils.translation import gettext as _

from cases.choices import MissReason
from cases.models import Breach
from cases.services.locking import locked
from landlords.permissions import Permission, Refused, check
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


@transaction.atomic
def explain_miss(breach: Breach, *, reason: str, explanation: str, by: Actor) -> Breach:
    """Record why a promise was missed. It still counts as missed; it is no longer escalated.

    Plus Dane requires it ("Reporting ASB": an explanation will be recorded). Raises Refused when already
    explained, or with nothing said.
    """
    breach = _locked(breach)
    check(by, Permission.EXPLAIN_MISS)
    if breach.explained_at is not None:
        raise Refused(_("This miss is already explained, by %(name)s.") % {"name": breach.explained_by})
    if not explanation.strip():
        raise Refused(_("Say why it was missed."))
    breach.reason = MissReason(reason)
    breach.explanation = explanation
    breach.explained_at = clock.now()
    breach.explained_by = by.name
    breach.save(update_fields=["reason", "explanation", "explained_at", "explained_by"])
    deadline = breach.deadline
    deadline.needs_explanation = False
    deadline.next_sweep_at = None
    deadline.save(update_fields=["needs_explanation", "next_sweep_at"])
    _record("miss_explained", breach, by, text=explanation)
    return breach


@transaction.atomic
def confirm_met(breach: Breach, *, by: Actor) -> Breach:
    """A manager confirms that the duty was done in time and only entered late; the miss then counts as met.

    Raises Refused where nothing was recorded late, or the same person confirms twice.
    """
    breach = _locked(breach)
    check(by, Permission.CONFIRM_MET)
    if breach.recorded_late_at is None:
        raise Refused(_("Nothing dated in time has been recorded for this promise."))
    if breach.confirmed_at is not None:
        raise Refused(_("This is already confirmed, by %(name)s.") % {"name": breach.confirmed_by})
    breach.confirmed_at = clock.now()
    breach.confirmed_by = by.name
    breach.save(update_fields=["confirmed_at", "confirmed_by"])
    deadline = breach.deadline
    deadline.needs_explanation = False
    deadline.save(update_fields=["needs_explanation"])
    _record("miss_confirmed_met", breach, by)
    return breach


def _locked(breach: Breach) -> Breach:
    found = Breach.objects.select_related("deadline__case").get(pk=breach.pk)
    assert found.deadline.case is not None
    locked(found.deadline.case)
    return Breach.objects.select_for_update(of=("self",)).select_related("deadline").get(pk=breach.pk)


def _record(verb: str, breach: Breach, by: Actor, *, text: str = "") -> None:
    deadline = breach.deadline
    record(
        verb,
        by=by,
        case_id=deadline.case_id,
        subject=("deadline", deadline.pk),
        payload={"label": deadline.label},
        text=text,
    )
