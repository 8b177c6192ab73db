"""Hints for the worker: deliver what is waiting. Losing or doubling one changes nothing."""

import logging

from celery import shared_task

from timeline.outbox import deliver_for, landlords_with_mail

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def deliver_notifications() -> None:
    """Send the e-mail copies of notifications; what fails for one landlord does not stop the others."""
    for landlord_id in landlords_with_mail():
        try:
            deliver_for(landlord_id)
        except Exception:
            log.exception("delivery for landlord %s failed; it is tried again at the next", landlord_id)
