"""Housekeeping of the front door."""

from celery import shared_task
from django.core.management import call_command


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def clear_ended_sessions() -> None:
    """Delete sessions past their end, and with them the answers of abandoned public forms (30 minutes)."""
    call_command("clearsessions")
