"""Approvals that somebody should look at again: a reminder, never a refusal."""

from django.db.models import OuterRef, QuerySet, Subquery

from cases.lifecycle import OPEN_STATES
from cases.models import Approval, Case
from cases.permissions import visible_to
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor


def approvals_to_look_at(by: Actor) -> list[Approval]:
    """On the open cases this person may see, the longest waiting first."""
    cases = visible_to(by, Case.objects.filter(status__in=OPEN_STATES))
    return list(_due().filter(case__in=cases.values("pk")).select_related("case"))


def look_again_on(case: Case) -> list[Approval]:
    """Of one case."""
    return list(_due().filter(case=case)) if case.is_open else []


def _due() -> QuerySet[Approval]:
    """The newest answer on its subject, a yes, whose date to look again has come."""
    newest = Approval.objects.filter(case=OuterRef("case"), what=OuterRef("what"))
    today = clock.now().astimezone(LONDON).date()
    return Approval.objects.filter(
        pk=Subquery(newest.order_by("-decided_at", "-pk").values("pk")[:1]),
        answer=Approval.Answer.YES,
        look_again_at__lte=today,
    ).order_by("look_again_at", "pk")
