"""My work, and the list of cases with its search."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from cases.gates.schema import ApprovalsSection
from cases.pages import duties
from cases.pages.flags import short_flags
from cases.pages.forms.filters import CaseFilter, WorkFilter
from cases.pages.work_rows import groups_of
from cases.selectors.approvals import approvals_to_look_at
from cases.selectors.listing import COUNTED_UP_TO, CasePage, Exact, Listed, list_cases, named_by
from cases.selectors.work import PAGE, Part, Work, my_work, next_promise
from landlords.access import staff_page
from landlords.permissions import Permission, Role, can
from policies.schema import Policy
from policies.selectors import policy_of, version_in_force
from policies.wording import clock as clock_words
from policies.wording import long_date
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor

Item = dict[str, Any]


@require_GET
@staff_page(Permission.RECORD_CONTACT)
def my_work_page(request: Any) -> HttpResponse:
    policy = _policy_today()
    form = WorkFilter(request.GET, policy=policy)
    page = _page_number(request)
    work = my_work(form.wanted(page), by=request.actor, calendar=policy.calendar)
    groups = groups_of(work, by=request.actor, calendar=policy.calendar)
    context = {
        "filter_form": form,
        "now_words": _now_words(),
        "strip": _strip(work, request, request.actor),
        "groups": groups,
        "first": next((row for group in groups for row in group["rows"]), None),
        "work": work,
        "pages": _pages(work, page, request),
        "look_again": _look_again(request.actor, policy),
        "next_promise": None if work.rows else _next(request.actor),
    }
    return render(request, "cases/my_work.html", context)


@require_GET
@staff_page(Permission.SEE_CASES)
def case_list(request: Any) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    exact = named_by(words, by=request.actor) if words else None
    if exact is not None:
        return redirect(_address(exact))
    form = CaseFilter(request.GET, policy=_policy_today())
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    found = list_cases(form.wanted(older_than=older, newer_than=newer), by=request.actor)
    context = {
        "filter_form": form,
        "form": form,
        "search_query": words,
        "rows": [_line(listed) for listed in found.rows],
        "total_words": _total(found),
        "may_see_concerns": can(request.actor, Permission.READ_SAFEGUARDING),
        "newer_url": _with(request, newer=found.newer) if found.newer else "",
        "older_url": _with(request, older=found.older) if found.older else "",
    }
    return render(request, "cases/list.html", context)


def _policy_today() -> Policy:
    return policy_of(version_in_force(clock.now().astimezone(LONDON).date()))


def _page_number(request: Any) -> int:
    page = request.GET.get("page", "1")
    return max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1


def _now_words() -> str:
    local = clock.now().astimezone(LONDON)
    return _("%(day)s, %(time)s.") % {"day": long_date(local.date()), "time": clock_words(local.time())}


def _next(by: Actor) -> Item | None:
    deadline = next_promise(by=by)
    if deadline is None or deadline.due_at is None:
        return None
    return {"task": duties.task(deadline), "due": duties.by_end(deadline.due_at), "label": deadline.label}


STRIP_WORDS = {Part.MISSED: gettext_lazy("Missed"), Part.NO_TIME: gettext_lazy("Without a time")}
STRIP: tuple[tuple[Part, str, str], ...] = (
    (Part.MISSED, "missed", "cross"),
    (Part.TODAY, "soon", "triangle"),
    (Part.SOON, "", "clock"),
    (Part.LATER, "", ""),
    (Part.NO_TIME, "", ""),
)


def _strip(work: Work, request: Any, by: Actor) -> list[Item]:
    """Counts of promises that filter the list, then the cases behind them."""
    chosen = request.GET.get("show", "")
    items = [_counted(work, request, *counted, chosen=chosen) for counted in STRIP]
    cases = reverse("cases")
    mine = urlencode({"state": "open", "officer": str(request.membership.key)})
    items.append({"url": f"{cases}?{mine}", "count": work.open_cases, "label": _("My open cases")})
    if by.role == Role.MANAGER:
        team = {"team": request.membership.team.key} if request.membership.team else {}
        nobody = urlencode({"state": "open", "officer": "nobody", **team})
        items.append({"url": f"{cases}?{nobody}", "count": work.with_nobody, "label": _("Nobody has them")})
    return items


def _look_again(by: Actor, policy: Policy) -> list[Item]:
    """What a manager approved, or could have, whose day to look again has come. Nobody else is asked."""
    if by.role != Role.MANAGER:
        return []
    section = policy.section(ApprovalsSection)
    return [
        {
            "label": rule.label if (rule := section.rule(one.what)) else one.what,
            "approval": one,
            "url": reverse("approve", args=[one.case.reference, one.what]),
        }
        for one in approvals_to_look_at(by)
    ]


def _counted(work: Work, request: Any, part: Part, kind: str, icon: str, *, chosen: str) -> Item:
    key = part.name.lower()
    return {
        "url": _with(request, show="" if key == chosen else key),
        "count": work.promises[part],
        "label": STRIP_WORDS.get(part, part.label),
        "kind": kind,
        "icon": icon,
        "current": key == chosen,
    }


def _pages(work: Work, page: int, request: Any) -> Item:
    first = (page - 1) * PAGE
    shown = ngettext(
        "%(shown)s of %(total)d piece of work", "%(shown)s of %(total)d pieces of work", work.total
    )
    span = f"{first + 1}–{first + len(work.rows)}" if work.total > PAGE else str(len(work.rows))
    return {
        "shown": shown % {"shown": span, "total": work.total} if work.rows else "",
        "newer_url": _with(request, page=str(page - 1)) if page > 1 else "",
        "older_url": _with(request, page=str(page + 1)) if first + len(work.rows) < work.total else "",
    }


def _with(request: Any, **changes: str) -> str:
    """This address with some of its choices changed; a change of anything begins at the first page."""
    kept = {
        name: value
        for name, value in request.GET.items()
        if value and name not in ("page", "older", "newer", *changes)
    }
    return "?" + urlencode({**kept, **{name: value for name, value in changes.items() if value}})


def _address(exact: Exact) -> str:
    if exact.case is not None:
        return reverse("case", args=[exact.case.reference])
    assert exact.waiting is not None
    return reverse("waiting-report", args=[exact.waiting.reference])


def _line(listed: Listed) -> Item:
    case = listed.case
    return {
        "case": case,
        "complainants": ", ".join(listed.complainants),
        "flags": short_flags(case, listed.safe_contact, take_care=listed.take_care),
        "risk": listed.risk,
        "missed": listed.missed,
        "next_due": duties.by_end(listed.next_due, short=True) if listed.next_due else "",
        "opened": duties.moment_words(case.opened_at),
    }


def _total(found: CasePage) -> str:
    if found.total > COUNTED_UP_TO:
        return _("%(number)s+ cases") % {"number": f"{COUNTED_UP_TO:,}"}
    return ngettext("%(number)s case", "%(number)s cases", found.total) % {"number": f"{found.total:,}"}
