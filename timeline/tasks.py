"""Hints for the worker: deliver what is waiting. Losing or doubling one changes nothing."""

from celery import shared_task

from timeline.outbox import deliver_for, landlords_with_mail


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def deliver_notifications() -> None:
    """Send the e-mail copies of notifications, landlord by landlord."""
    for landlord_id in landlords_with_mail():
        deliver_for(landlord_id)
