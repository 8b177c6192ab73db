"""Hints for the worker: look for what has fallen due. Losing or doubling one changes nothing."""

import logging

from celery import shared_task

from cases.services.evidence import sweep_leftovers
from cases.sweep import landlords_with_clocks_due, sweep_landlord

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_deadlines() -> None:
    """Sweep every landlord that has a clock to look at; what fails for one does not stop the others."""
    for landlord_id in landlords_with_clocks_due():
        try:
            sweep_landlord(landlord_id)
        except Exception:
            log.exception("the sweep of landlord %s failed; it is tried again at the next", landlord_id)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_evidence() -> None:
    """Mend what a process left behind that died while it took in a file."""
    sweep_leftovers()
