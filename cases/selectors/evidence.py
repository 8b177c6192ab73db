"""Evidence of a case, evidence on no case yet, and what of it nobody has looked at."""

import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cases.confided import known_on
from cases.evidence.schema import EvidenceRules, EvidenceSection
from cases.models import Case, Evidence, EvidenceReview
from cases.models.evidence import EvidenceKind
from policies.schema import Policy
from policies.selectors import policy_of, version_in_force
from policies.working_time import LONDON, due
from timeline import clock
from timeline.models import Access

RECORDINGS = Q(kind=EvidenceKind.RECORDING) | Q(content_type__startswith="audio/")
"""Sound counts as a recording whatever it was filed as."""


def unreviewed(
    case: Case | OuterRef,
    *,
    of: str = "everything",
    at: datetime.datetime | None = None,
    by: int | None = None,
) -> QuerySet[Evidence]:
    """What somebody still has to look at, oldest first; ``of="recordings"`` only sound. ``at``: as it was then.

    ``by``: only the findings of this user count.
    """
    findings = EvidenceReview.objects.filter(evidence=OuterRef("pk"))
    if by is not None:
        findings = findings.filter(reviewed_by_user_id=by)
    found = Evidence.objects.filter(case=case)
    if at is not None:
        findings, found = findings.filter(reviewed_at__lte=at), found.filter(received_at__lte=at)
    found = found.filter(RECORDINGS) if of == "recordings" else found
    return found.filter(~Exists(findings)).order_by("received_at", "id")


def evidence_of(case: Case) -> list[Evidence]:
    """With its findings, newest first."""
    return known_on(case, _with_findings(Evidence.objects.filter(case=case)).order_by("-received_at", "-id"))


def unmatched() -> QuerySet[Evidence]:
    """On no case yet, longest waiting first."""
    return _with_findings(Evidence.objects.filter(case__isnull=True)).order_by("received_at", "id")


def count_unmatched() -> int:
    return Evidence.objects.filter(case__isnull=True).count()


def one_of(case: Case | None, key: Any) -> Evidence:
    """Raises Evidence.DoesNotExist for what is not on this case (or, for None, not waiting for one)."""
    found = _with_findings(Evidence.objects.filter(case=case) if case else unmatched()).get(key=key)
    return known_on(case, [found])[0] if case else found


def rules_of(policy: Policy) -> EvidenceRules:
    return policy.section(EvidenceSection).evidence


def policy_today() -> Policy:
    """The active landlord's policy for what is on no case and so under no older version."""
    return policy_of(version_in_force(clock.now().astimezone(LONDON).date()))


def match_by(evidence: Evidence, policy: Policy) -> datetime.datetime:
    """By when it should be on a case: ours, or the landlord's where its file says so."""
    inbox = rules_of(policy).inbox
    return due(inbox.dated, evidence.received_at, policy.calendar, policy.core.day_ends).due_at


def opened_by(evidence: Evidence) -> list[Access]:
    """Who has looked at, listened to or downloaded it, wherever it lay then, newest first."""
    return list(Access.objects.filter(opened=evidence.key).order_by("-at", "-id")[:50])


def mark_of(evidence: Evidence) -> str:
    """What stands for it where its title may not: in the access table and in the payload of events."""
    return evidence.key.hex[:8]


def counted(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With ``evidence_count``, and ``evidence_unseen``: when each piece that nobody has looked at came in."""
    per_case = Evidence.objects.filter(case=OuterRef("pk")).order_by().values("case")
    number = per_case.annotate(number=Count("pk")).values("number")
    waiting = unreviewed(OuterRef("pk")).values("received_at")
    return cases.annotate(
        evidence_count=Coalesce(Subquery(number), 0), evidence_unseen=ArraySubquery(waiting)
    )


def _with_findings(found: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return found.select_related("person", "incident").prefetch_related("reviews")
