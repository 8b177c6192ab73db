"""The manager's overview: what was missed, what will be, who has how much to do, and what was kept."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.models import Deadline
from cases.pages import duties
from landlords.access import staff_page
from landlords.permissions import Permission, can
from policies.calendars import WorkingCalendar
from policies.rules import describe, parse_rule
from policies.schema import Policy
from policies.selectors import policy_of, version_in_force
from policies.services import local_today
from policies.wording import long_date
from reporting.figures import Figure, Line, met_in_time
from reporting.reach import Reach, reach_of
from reporting.selectors import (
    MOST_SHOWN,
    Counts,
    Load,
    Misses,
    end_of_soon,
    mail_in_doubt,
    misses_to_confirm,
    misses_to_explain,
    standing,
)
from timeline import clock

Item = dict[str, Any]


@require_GET
@staff_page(Permission.SEE_OVERVIEW)
def overview(request: Any) -> HttpResponse:
    reach = reach_of(request.actor)
    policy = policy_of(version_in_force(local_today()))
    stands = standing(reach, policy.calendar)
    figures = met_in_time(reach, policy)
    context = {
        "team": request.membership.team if reach.team_id else None,
        "now": clock.now(),
        "warnings": _warnings(policy),
        "strip": _strip(stands.counts, request),
        "names_cases": reach.names_cases,
        "to_explain": _table(misses_to_explain(reach), reach, policy.calendar),
        "to_confirm": _table(misses_to_confirm(reach), reach, policy.calendar),
        "loads": [_load(load, reach, request) for load in stands.loads],
        "soon_ends": end_of_soon(policy.calendar),
        "figures": figures,
        "tables": _tables(figures.by_kind, figures.by_level, figures.by_team),
        "whole": {"this": _told(figures.whole.this), "last": _told(figures.whole.last)},
    }
    return render(request, "desk/overview.html", context)


def _strip(counted: Counts, request: Any) -> list[Item]:
    by = request.actor
    return [
        _item("#misses", counted.missed, _("Missed, not done"), "missed", "cross"),
        _item("#misses", counted.to_explain, _("Misses to explain"), "missed", ""),
        _item("#workload", counted.today, _("Due today"), "soon", "triangle"),
        _item("#workload", counted.soon, _("Next 2 working days"), "", "clock"),
        _item(
            reverse("waiting-reports") if can(by, Permission.DECIDE_ROUTE) else "",
            counted.to_decide,
            _("Reports to decide"),
        ),
        _item(
            _open_cases(request, {}) if can(by, Permission.SEE_CASES) else "",
            counted.open_cases,
            _("Open cases"),
        ),
    ]


def _item(url: str, count: int, label: str, kind: str = "", icon: str = "") -> Item:
    return {"url": url, "count": count, "label": label, "kind": kind, "icon": icon}


def _open_cases(request: Any, chosen: dict[str, str]) -> str:
    """The list of cases, with the filters that give the number that leads there."""
    reach = reach_of(request.actor)
    team = {"team": request.membership.team.key} if reach.team_id else {}
    return f"{reverse('cases')}?{urlencode({'state': 'open', **team, **chosen})}"


def _table(misses: Misses, reach: Reach, calendar: WorkingCalendar) -> Item:
    return {
        "rows": [_miss(deadline, reach, calendar) for deadline in misses.rows],
        "total": misses.total,
        "hidden": misses.hidden,
        "oldest_only": misses.total - misses.hidden > MOST_SHOWN,
        "most_shown": MOST_SHOWN,
    }


def _miss(deadline: Deadline, reach: Reach, calendar: WorkingCalendar) -> Item:
    case = deadline.case
    assert case is not None
    sign = duties.sign(deadline, calendar)
    address = [case.reference, deadline.key]
    found = deadline.needs_explanation
    return {
        "case": case,
        "title": duties.title(deadline),
        "rule": describe(parse_rule(deadline.rule)),
        "clause": deadline.clause,
        "state": sign.kind,
        "state_text": sign.text,
        "due": deadline.due_at,
        "met_at": deadline.met_at,
        "explain_url": reverse("explain-miss", args=address)
        if found and can(reach.by, Permission.EXPLAIN_MISS)
        else "",
        "confirm_url": reverse("confirm-met", args=address) if can(reach.by, Permission.CONFIRM_MET) else "",
    }


def _load(load: Load, reach: Reach, request: Any) -> Item:
    officer = load.officer
    chosen = {"officer": str(officer.key) if officer else "nobody"}
    promises = load.missed + load.soon + load.later
    return {
        "name": officer.user.name if officer else _("Nobody has them"),
        "about": (officer.team or officer.get_role_display()) if officer else "",
        "url": _open_cases(request, chosen) if reach.names_cases else "",
        "load": load,
        "share": _share(load, promises) if promises else None,
    }


def _share(load: Load, promises: int) -> Item:
    """The parts of a bar of 100, in the order they are drawn."""
    missed = round(100 * load.missed / promises)
    later_from = round(100 * (load.missed + load.soon) / promises)
    return {
        "missed": missed,
        "soon": later_from - missed,
        "soon_from": missed,
        "later": 100 - later_from,
        "later_from": later_from,
    }


def _tables(by_kind: list[Line], by_level: list[Line], by_team: list[Line]) -> list[Item]:
    """A division into one part says nothing that the whole does not."""
    tables = [
        ("kind", _("Met in time"), _("Promise"), by_kind),
        ("level", _("By level"), _("Level"), by_level),
        ("team", _("By team"), _("Team"), by_team),
    ]
    return [
        {"id": f"met-{key}", "heading": heading, "column": column, "lines": [_line(line) for line in lines]}
        for key, heading, column, lines in tables
        if key == "kind" or len(lines) > 1
    ]


def _line(line: Line) -> Item:
    return {
        "label": line.label or _("No level: good neighbourhood"),
        "this": _told(line.this),
        "last": _told(line.last),
    }


def _told(figure: Figure) -> Item:
    """ "94%" and "74 of 79": a percentage never stands without its numbers."""
    if figure.percent is None:
        return {"figure": figure, "percent": "", "numbers": _("None due")}
    numbers = _("%(met)d of %(total)d") % {"met": figure.met, "total": figure.total}
    return {"figure": figure, "percent": f"{figure.percent}%", "numbers": numbers}


def _warnings(policy: Policy) -> list[Item]:
    today, review_due = local_today(), policy.core.document.review_due
    found: list[Item] = []
    if review_due and review_due < today:
        words = _("Your policy is past its review date, %(day)s. Cases still follow it.")
        found.append(_warning(words % {"day": long_date(review_due)}, "policy", _("See the policy")))
    if policy.calendar.runs_out_soon(today):
        words = _(
            "Bank holidays are known only until %(day)s. Later dates cannot be worked out: ask whoever looks "
            "after this system to add the next year."
        )
        found.append(_warning(words % {"day": long_date(policy.calendar.horizon)}))
    if doubtful := mail_in_doubt():
        words = _(
            "E-mails of the last 7 days that failed, or may not have arrived, unread here too: %(count)d."
        )
        found.append(_warning(words % {"count": doubtful}, "notices", _("See the notices")))
    return found


def _warning(text: str, page: str = "", label: str = "") -> Item:
    return {"text": text, "url": reverse(page) if page else "", "label": label}
