"""The policy as the system holds it: every rule it goes by, and whose words it is."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from asbcases.desk.policy_rules import chapters
from landlords.access import staff_page
from policies.schema import Document
from policies.selectors import policy_of, version_in_force
from policies.services import local_today


@require_GET
@staff_page()
def policy(request: Any) -> HttpResponse:
    """``?show=ours`` leaves only what is our reading, for the landlord to confirm or mend."""
    version = version_in_force(local_today())
    held = policy_of(version)
    every = chapters(held)
    only_ours = request.GET.get("show") == "ours"
    readings = [chapter.only_ours for chapter in every]
    context = {
        "core": held.core,
        "version": version,
        "past_review": _past_review(held.core.document),
        "chapters": [chapter for chapter in readings if chapter.entries] if only_ours else every,
        "only_ours": only_ours,
        "rules_count": sum(len(chapter.entries) for chapter in every),
        "ours_count": sum(len(chapter.entries) for chapter in readings),
    }
    return render(request, "desk/policy.html", context)


def _past_review(document: Document) -> bool:
    return document.review_due is not None and document.review_due < local_today()
