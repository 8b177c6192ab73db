"""What the product has told this person."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cases.models import Case
from cases.notifications import subject_of
from cases.permissions import hidden_among, hidden_from, visible_to
from landlords.access import staff_page
from landlords.permissions import Permission, Role, can
from timeline import clock
from timeline.actors import Actor
from timeline.models import Notification

MOST_SHOWN = 100


def notices_for(*, by: Actor) -> QuerySet[Notification]:
    """What this person has been told, without what is about cases they may not open (any more)."""
    hidden = hidden_from(by).values("pk")
    return _addressed_to(by).filter(Q(case_id__isnull=True) | ~Q(case_id__in=hidden))


def _addressed_to(by: Actor) -> QuerySet[Notification]:
    """Those to this person, and those to a team they answer for: its managers, and on unowned work its officers."""
    mine = Q(user_id=by.user_id)
    if can(by, Permission.RECORD_CONTACT):
        to_team = Q(user_id__isnull=True) & (Q(team_id=by.team_id) if by.team_id else Q())
        mine |= to_team if by.role == Role.MANAGER else to_team & ~Q(kind="escalated")
    return Notification.objects.filter(mine)


def unread(*, by: Actor) -> QuerySet[Notification, Any]:
    """Of each, its ``case_id`` and whether that is restricted (``hushed``); at most 100: beyond that none helps."""
    hushed = Exists(Case.objects.filter(pk=OuterRef("case_id"), restricted=True))
    found = _addressed_to(by).filter(read_at__isnull=True).order_by()
    return found.annotate(hushed=hushed).values("case_id", "hushed")[:MOST_SHOWN]


def count_shown(found: list[dict[str, Any]], *, by: Actor) -> int:
    """How many of those ``unread`` are not about a case this person may not open."""
    hidden = hidden_among({one["case_id"] for one in found if one["hushed"]}, by=by)
    return sum(one["case_id"] not in hidden for one in found)


@require_GET
@staff_page()
def notices(request: Any) -> HttpResponse:
    found = list(notices_for(by=request.actor).order_by("-created_at", "-pk")[:MOST_SHOWN])
    cases = visible_to(request.actor, Case.objects.filter(pk__in={n.case_id for n in found if n.case_id}))
    references = dict(cases.values_list("pk", "reference"))
    rows = [
        {
            "kind": notice.kind,
            "words": subject_of(notice, references.get(notice.case_id or 0, "")).rstrip(", "),
            "at": notice.created_at,
            "reference": references.get(notice.case_id or 0, ""),
            "unread": notice.read_at is None,
            "in_doubt": notice.email_state in ("in_doubt", "failed"),
            "email": notice.get_email_state_display(),
        }
        for notice in found
    ]
    return render(request, "desk/notices.html", {"rows": rows})


@require_POST
@staff_page()
def mark_notices_read(request: Any) -> HttpResponse:
    notices_for(by=request.actor).filter(read_at__isnull=True).update(read_at=clock.now())
    return redirect("notices")
