"""`{% load components %}`: signs, sources, containers and form fields. Arguments: docs of each template."""

import secrets
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from asbcases.components import fields
from asbcases.components.signs import BANNERS, FLAGS, STATES, Sign, sign_for
from asbcases.components.stylesheet import brand_address, brand_key

register = template.Library()

Rows = Iterable[Any]
NOTHING_SAID = dict.fromkeys(
    ("next", "kind", "state", "risk", "detail", "clause", "interpretation", "why"), ""
)
"""Of a cell of the band. A template that looks for a word in vain takes longer than for one that is empty."""


def _sign_context(sign: Sign, text: str) -> dict[str, Any]:
    return {"icon_name": sign.icon, "css": sign.css, "quiet": sign.css == "quiet", "text": text or sign.words}


@register.simple_tag
def brand_attribute(landlord: Any) -> str:
    key = brand_key(getattr(landlord, "brand_colour", ""))
    return format_html(' data-brand="{}"', key) if key else ""


@register.simple_tag
def brand_stylesheet(landlord: Any) -> str:
    key = brand_key(getattr(landlord, "brand_colour", ""))
    return format_html('<link rel="stylesheet" href="{}">', brand_address(key)) if key else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    return _sign("icon", name=name)


@register.simple_tag
def state(kind: str, text: str = "") -> SafeString:
    return _sign("state", **_sign_context(sign_for(STATES, kind), text))


@register.simple_tag
def state_edge(kind: str, prefix: str) -> str:
    edge = sign_for(STATES, kind).edge
    return f"{prefix}{edge}" if edge else ""


@register.simple_tag
def flag(kind: str, text: str = "") -> SafeString:
    return _sign("flag", **_sign_context(sign_for(FLAGS, kind), text))


@register.inclusion_tag("components/flags.html")
def flags(items: Rows, small: bool = False) -> dict[str, Any]:
    return {"flags": items, "small": small}


@register.simple_tag
def risk(band: str) -> SafeString:
    """The bars and the word of low, medium or high risk to a person."""
    return _sign("risk", band=band)


@register.simple_tag
def risk_line(band: str) -> SafeString:
    """The same for a line of a list, where it has to say that it is the risk."""
    return _sign("risk_line", band=band)


@register.simple_tag
def clause(text: str) -> SafeString:
    return _sign("clause", text=text)


@register.simple_tag
def our_reading(why: str = "") -> SafeString:
    """A random id, since fragments rendered by another process may join the same page."""
    return _inline("our_reading", why=why, id=f"why-{secrets.token_hex(5)}")


@register.simple_tag
def source(clause: str = "", interpretation: bool = False, why: str = "") -> SafeString:
    """Set off by one space from the words it belongs to; nothing where there is nothing to say."""
    draw = _inline if interpretation else _sign  # the mark of our reading has an id of its own each time
    drawn = draw("source", clause=clause, interpretation=interpretation, why=why)
    return format_html(" {}", drawn) if drawn else drawn


@register.inclusion_tag("components/reasons.html")
def reasons(items: Rows) -> dict[str, Any]:
    return {"reasons": items}


@register.inclusion_tag("components/receipt.html")
def receipt(rows: Rows = (), **words: Any) -> dict[str, Any]:
    """Words: about, note, clause, interpretation, why, open."""
    return {"rows": rows, **words}


@register.inclusion_tag("components/promised.html")
def promised(rows: Rows, caption: str) -> dict[str, Any]:
    return {"rows": rows, "caption": caption}


@register.inclusion_tag("components/count_strip.html")
def count_strip(items: Rows, label: str) -> dict[str, Any]:
    return {"items": items, "label": label}


@register.inclusion_tag("components/work_table.html")
def work_table(groups: Rows, caption: str) -> dict[str, Any]:
    return {"groups": groups, "caption": caption}


@register.inclusion_tag("components/views_list.html")
def views_list(heading: str, items: Rows) -> dict[str, Any]:
    return {"heading": heading, "items": items}


@register.inclusion_tag("components/summary_band.html")
def summary_band(cells: Rows) -> dict[str, Any]:
    return {"cells": [NOTHING_SAID | cell for cell in cells]}


@register.inclusion_tag("components/subnav.html")
def subnav(items: Rows, label: str) -> dict[str, Any]:
    return {"items": items, "label": label}


@register.inclusion_tag("components/deadlines_panel.html")
def deadlines_panel(rows: Rows, heading: str, **words: Any) -> dict[str, Any]:
    """Words: id, summary, empty_text, folded (rows behind folded_label) or folded_url (where they are).

    ``later``: rows that can wait, behind ``later_label``.
    """
    return {"rows": rows, "heading": heading, "id": "deadlines", **words}


@register.inclusion_tag("components/timeline.html")
def timeline(days: Rows) -> dict[str, Any]:
    return {"days": days}


@register.inclusion_tag("components/match_list.html")
def match_list(name: str, legend: str, items: Rows, hidden_legend: bool = False) -> dict[str, Any]:
    return {"name": name, "legend": legend, "items": items, "hidden_legend": hidden_legend}


@register.inclusion_tag("components/promise_panel.html")
def promise_panel(when: str, lead: str, rows: Rows = (), **words: Any) -> dict[str, Any]:
    """Words: reference and heading draw the band with the page's h1 above the promise."""
    return {"when": when, "lead": lead, "rows": rows, **words}


@register.inclusion_tag("components/next_steps.html")
def next_steps(steps: Rows) -> dict[str, Any]:
    return {"steps": steps}


@register.inclusion_tag("components/check_answers.html")
def check_answers(rows: Rows) -> dict[str, Any]:
    return {"rows": rows}


@register.inclusion_tag("components/emergency.html")
def emergency() -> dict[str, Any]:
    return {}


@register.inclusion_tag("components/banner.html")
def banner(text: str, kind: str = "plain", heading: str = "") -> dict[str, Any]:
    """Kinds: success, error, plain; any other level of Django's messages is shown plain."""
    name = kind if kind in BANNERS else "plain"
    sign = BANNERS[name]
    return {"kind": name, "icon": sign.icon, "label": sign.words, "text": text, "heading": heading}


@register.inclusion_tag("components/pager.html")
def pager(newer_url: str = "", older_url: str = "", **words: Any) -> dict[str, Any]:
    """Words: shown, newer_label, older_label."""
    return {"newer_url": newer_url, "older_url": older_url, **words}


@register.inclusion_tag("components/filters.html")
def filters(form: forms.BaseForm, clear_url: str = "") -> dict[str, Any]:
    return {"form": form, "clear_url": clear_url}


@register.simple_tag
def field(bound: BoundField, **look: Any) -> SafeString:
    return fields.render_field(bound, fields.Look(**look))


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms_shown: forms.BaseForm) -> dict[str, Any]:
    return {"problems": [problem for form in forms_shown if form for problem in fields.problems(form)]}


@register.simple_block_tag
def panel(content: SafeString, heading: str, **words: Any) -> SafeString:
    """Words: id (unique on the page, required), aside, or link_url with link_label."""
    return _wrap("panel", content, heading=heading, **words)


@register.simple_block_tag
def section(content: SafeString, heading: str, **words: Any) -> SafeString:
    """Words: id (unique on the page, required), number."""
    return _wrap("section", content, heading=heading, **words)


@register.simple_block_tag
def outcome(content: SafeString, heading: str, aside: str = "") -> SafeString:
    return _wrap("outcome", content, heading=heading, aside=aside)


@register.simple_block_tag
def read_aloud(content: SafeString, heading: str) -> SafeString:
    return _wrap("read_aloud", content, heading=heading)


@register.simple_block_tag
def note(content: SafeString, kind: str = "") -> SafeString:
    return _wrap("note", content, kind=kind)


@register.simple_block_tag
def empty_state(content: SafeString, title: str) -> SafeString:
    return _wrap("empty_state", content, title=title)


@register.simple_block_tag
def record_box(content: SafeString, heading: str, tabs: Rows) -> SafeString:
    return _wrap("record_box", content, heading=heading, tabs=tabs)


def _inline(component: str, /, **context: Any) -> SafeString:
    """Without the line end of its file, which a browser would show as a space before the next full stop."""
    return mark_safe(render_to_string(f"components/{component}.html", context).strip())  # noqa: S308 a rendered template


def _sign(component: str, /, **words: Any) -> SafeString:
    """A sign that stands many times on a page: drawn once for each language and set of words."""
    return _drawn(component, get_language(), **{name: _plain(word) for name, word in words.items()})


@lru_cache(maxsize=4096)
def _drawn(component: str, language: str | None, /, **words: str | bool) -> SafeString:
    return _inline(component, **words)


def _plain(word: Any) -> str | bool:
    """Text without any promise that it is safe, so that what is kept was escaped."""
    return word if isinstance(word, bool) else f"{word or ''}" + ""


def _wrap(component: str, content: SafeString, **context: Any) -> SafeString:
    return render_to_string(f"components/{component}.html", {"content": content, **context})
