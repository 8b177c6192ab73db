"""`{% load gates %}`: what a step needs and how each need stands, each missing one with the page that mends it."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

MEND: dict[str, str | Promise] = {
    "record-decision": gettext_lazy("Record the decision"),
    "approve": gettext_lazy("Give or refuse it"),
    "give-notice": gettext_lazy("Record the notice"),
    "set-aside": gettext_lazy("Set it aside"),
    "use-tool": gettext_lazy("Record it"),
    "tools": gettext_lazy("See the tools"),
    "record-contact": gettext_lazy("Record contact"),
    "ask-of-person": gettext_lazy("Record what was asked"),
    "plan": gettext_lazy("Open the plan"),
    "risk": gettext_lazy("Assess the risk"),
    "evidence": gettext_lazy("Look at the evidence"),
    "reassign": gettext_lazy("Give to somebody"),
    "recategorise": gettext_lazy("Change the level"),
}
"""What the link to a page is called; any other says that it goes where this is mended."""


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
    return MEND.get(page.partition("?")[0], gettext_lazy("Put this right"))


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
