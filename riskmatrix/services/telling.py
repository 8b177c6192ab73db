"""Telling the managers of a case's team that somebody on it is at high risk."""

from cases.models import Case
from cases.notifications import managers_for
from riskmatrix.findings import needs_acting
from riskmatrix.models import Assessment
from timeline import clock
from timeline.actors import Actor
from timeline.models import Notification

KIND = "high_risk"


def tell_managers(case: Case, assessment: Assessment, *, by: Actor) -> None:
    """Once for each assessment whose confirmed band is high; not whoever assessed, who knows.

    In the caller's transaction: nobody is told of what was not saved. It names nobody, as no notification does.
    """
    if not needs_acting(assessment.confirmed_band):
        return
    now = clock.now()
    for manager in managers_for(case.team_id, but=by.user_id).order_by("pk"):
        Notification.objects.get_or_create(
            landlord_id=case.landlord_id,
            once_key=f"{KIND}:{assessment.pk}:{manager.user_id}",
            defaults={
                "kind": KIND,
                "case_id": case.pk,
                "user_id": manager.user_id,
                "created_at": now,
                "email_next_at": now,
            },
        )
