"""`{% load gates %}`: what a step needs and how each need stands, each missing one with the page that mends it."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.pages.parts import mending_links

register = template.Library()


@register.inclusion_tag("components/gates.html")
def gates(looked: Any, title: str, reference: str, **words: Any) -> dict[str, Any]:
    """Words: lead (under the title), refused (draws the edge of a refusal), id (unique on the page)."""
    rows = {
        "missing": [_row(one, reference) for one in looked.unmet],
        "reminders": [_row(one, reference) for one in looked.reminders],
        "there": [_row(one, reference) for one in looked.met],
    }
    return {"title": title, "id": "gates", **words, **rows}


def _row(reason: Any, reference: str) -> dict[str, Any]:
    url = _mended_at(reason, reference)
    label = _label(reason.page) if url else ""
    return {"reason": reason, "url": url, "label": label, "note": _note(reason)}


def _note(reason: Any) -> str:
    if reason.waived:
        return _("Set aside by a manager on this case.")
    return _("Our own safety rule, not the policy’s.") if reason.ours else ""


def _label(page: str) -> str | Promise:
    if page.startswith("#"):
        return gettext_lazy("Answer it below")
    name = page.partition("?")[0]
    return mending_links[name] if name in mending_links else gettext_lazy("Put this right")


def _mended_at(reason: Any, reference: str) -> str:
    """Empty where nothing can be mended. A page may carry a query; "#…" is a place on this very page."""
    if not reason.page or reason.page.startswith("#"):
        return str(reason.page)
    name, _mark, query = reason.page.partition("?")
    key = [reason.page_key] if reason.page_key else []
    try:
        found = reverse(name, args=[reference, *key])
    except NoReverseMatch:
        return ""
    return f"{found}?{query}" if query else found
