"""The list of safeguarding concerns over all cases."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from cases.pages.flags import short_flags
from cases.pages.safeguarding.forms import ConcernFilter
from cases.selectors.evidence import policy_today
from cases.selectors.safeguarding import PAGE, Concern, ConcernPage, concerns
from landlords.access import staff_page
from landlords.permissions import Permission


@require_GET
@staff_page(Permission.READ_SAFEGUARDING)
def concerns_page(request: Any) -> HttpResponse:
    form = ConcernFilter(request.GET, policy=policy_today())
    wanted = form.wanted(request.GET.get("page", "1"))
    found = concerns(wanted, by=request.actor)
    context = {
        "filter_form": form,
        "rows": [_row(one) for one in found.rows],
        "total_words": _total(found),
        "waiting_words": _waiting(found),
        "before_url": _page(request, wanted.page - 1) if wanted.page > 1 else "",
        "more_url": _page(request, wanted.page + 1) if wanted.page * PAGE < found.total else "",
    }
    return render(request, "cases/safeguarding/list.html", context)


def _row(concern: Concern) -> dict[str, Any]:
    return {
        "case": concern.case,
        "flags": short_flags(concern.case),
        "first": concern.first,
        "last_done": concern.last_done,
        "waiting": concern.waiting,
    }


def _total(found: ConcernPage) -> str:
    words = ngettext("%(number)d case with a concern", "%(number)d cases with a concern", found.total)
    return words % {"number": found.total}


def _waiting(found: ConcernPage) -> str:
    if not found.waiting:
        return ""
    words = ngettext(
        "on %(number)d of them nothing is on record since the newest note",
        "on %(number)d of them nothing is on record since the newest note",
        found.waiting,
    )
    return words % {"number": found.waiting}


def _page(request: Any, number: int) -> str:
    """This address at another page."""
    kept = {name: value for name, value in request.GET.items() if value}
    return "?" + urlencode(kept | {"page": number})
