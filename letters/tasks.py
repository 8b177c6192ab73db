"""Hints for the worker: send the letters that are queued, make the files to print. Losing or doubling one changes
nothing.
"""

from celery import shared_task

from letters.outbox.printing import make_due
from letters.outbox.relay import deliver_due


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def deliver_letters() -> None:
    """Send what is due, of every landlord; what is left over is taken at the next."""
    deliver_due()


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def make_print_files() -> None:
    """Make the files that somebody waits for, and those that a dead process left behind."""
    make_due()
