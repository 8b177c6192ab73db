"""Hints for the worker: send the letters that are queued. Losing or doubling one changes nothing."""

from celery import shared_task

from letters.outbox.relay import deliver_due


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def deliver_letters() -> None:
    """Send what is due, of every landlord; what is left over is taken at the next."""
    deliver_due()
