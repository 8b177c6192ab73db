"""Hints for the worker: look for what has fallen due. Losing or doubling one changes nothing."""

from celery import shared_task

from cases.sweep import landlords_with_clocks_due, sweep_landlord


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_deadlines() -> None:
    """Sweep every landlord that has a clock to look at."""
    for landlord_id in landlords_with_clocks_due():
        sweep_landlord(landlord_id)
